"""Files of any layout on their way into the book, and what somebody last made of a layout's columns."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OF_DRAFT = (("tables", sa.Text()), ("mapping", sa.Text()), ("is_mapped", sa.Boolean()))


def upgrade() -> None:
    """Columns for a draft, and a table of what may be forgotten."""
    for name, kind in OF_DRAFT:
        op.add_column("import_draft", sa.Column(name, kind, nullable=True))
    op.create_table(
        "import_layout",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("used_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_layout_person_id")),
        sa.PrimaryKeyConstraint("person_id", "layout", name=op.f("pk_import_layout")),
    )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    op.drop_table("import_layout")
    for name, _ in reversed(OF_DRAFT):
        op.drop_column("import_draft", name)
