"""Papers that a job made, until whoever asked has taken them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table of what may be forgotten; nothing that is there is touched."""
    op.create_table(
        "made_paper",
        sa.Column("job_id", Id, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name=op.f("fk_made_paper_job_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_made_paper")),
    )


def downgrade() -> None:
    """Take it away again, with what it holds."""
    op.drop_table("made_paper")
