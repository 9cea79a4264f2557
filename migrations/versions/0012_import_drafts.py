"""Workbooks on their way into the book."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.String(length=27)
INDEXED = ("person_id", "made_at")


def upgrade() -> None:
    """A table of what may be forgotten."""
    op.create_table(
        "import_draft",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", Id, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("runner", sa.String(length=64), nullable=True),
        sa.Column("rows_read", Id, nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("version", Id, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_draft_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_draft")),
    )
    for name in INDEXED:
        op.create_index(op.f(f"ix_import_draft_{name}"), "import_draft", [name], unique=False)


def downgrade() -> None:
    """Take it away again, with the files in it."""
    op.drop_table("import_draft")
