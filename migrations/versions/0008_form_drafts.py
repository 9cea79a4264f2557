"""What somebody has typed and not yet recorded."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A table of what may be forgotten."""
    op.create_table(
        "form_draft",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("seen_version", Id, nullable=True),
        sa.Column("saved_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_form_draft_person_id")),
        sa.PrimaryKeyConstraint("person_id", "form", "key", name=op.f("pk_form_draft")),
    )
    op.create_index(op.f("ix_form_draft_saved_at"), "form_draft", ["saved_at"], unique=False)


def downgrade() -> None:
    """Take it away again, with what was typed."""
    op.drop_table("form_draft")
