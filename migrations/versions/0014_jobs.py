"""Work that takes longer than a request, and the processes that do it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.String(length=27)
RUNNER = sa.String(length=200)
INDEXED = ("person_id", "subject", "state", "ended_at")


def upgrade() -> None:
    """Two tables of what may be forgotten; nothing that is there is touched."""
    op.create_table(
        "job",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("given", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=True),
        sa.Column("done", Id, nullable=False),
        sa.Column("total", Id, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=True),
        sa.Column("runner", RUNNER, nullable=True),
        sa.Column("heartbeat_at", TIME, nullable=True),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("version", Id, nullable=True),
        sa.Column("notice", sa.String(length=100), nullable=True),
        sa.Column("params", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_job_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    for name in INDEXED:
        op.create_index(op.f(f"ix_job_{name}"), "job", [name], unique=False)
    op.create_table(
        "job_worker",
        sa.Column("runner", RUNNER, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("runner", name=op.f("pk_job_worker")),
    )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    op.drop_table("job_worker")
    for name in reversed(INDEXED):
        op.drop_index(op.f(f"ix_job_{name}"), table_name="job")
    op.drop_table("job")
