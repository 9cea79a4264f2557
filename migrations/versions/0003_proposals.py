"""What waits for a second person, and how it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(length=64)
TEXT = sa.String(length=2000)
OUTCOME = sa.Enum(
    "approved",
    "refused",
    "withdrawn",
    name="proposaloutcome",
    native_enum=False,
    create_constraint=True,
    length=32,
)
INDEXED = {
    "proposal": ("about", "content_digest", "kind", "proposer_id", "revision_id", "seen_version"),
    "proposal_subject": ("fund_id", "park_id", "proposal_id", "revision_id"),
    "proposal_end": ("ended_by_id", "proposer_id", "revision_id"),
}


def upgrade() -> None:
    """Add the tables; `migrations.upgrade` puts the guards on them."""
    op.create_table(
        "proposal",
        sa.Column("kind", CODE, nullable=False),
        sa.Column("about", CODE, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("payload", sa.String(length=20_000), nullable=False),
        sa.Column("content_digest", CODE, nullable=False),
        sa.Column("seen_version", Id, nullable=False),
        sa.Column("is_city_wide", sa.Boolean(), nullable=False),
        sa.Column("proposer_id", Id, nullable=False),
        *_book_columns("proposal"),
        _points_at("proposal", "seen_version", "revision"),
        _points_at("proposal", "proposer_id", "person"),
    )
    op.create_table(
        "proposal_subject",
        sa.Column("proposal_id", Id, nullable=False),
        sa.Column("fund_id", Id, nullable=True),
        sa.Column("park_id", Id, nullable=True),
        *_book_columns("proposal_subject"),
        _points_at("proposal_subject", "proposal_id", "proposal"),
        _points_at("proposal_subject", "fund_id", "fund"),
        _points_at("proposal_subject", "park_id", "park"),
    )
    op.create_table(
        "proposal_end",
        sa.Column("proposal_id", Id, nullable=False),
        sa.Column("outcome", OUTCOME, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("proposer_id", Id, nullable=False),
        sa.Column("ended_by_id", Id, nullable=False),
        *_book_columns("proposal_end"),
        _points_at("proposal_end", "proposal_id", "proposal"),
        _points_at("proposal_end", "proposer_id", "person"),
        _points_at("proposal_end", "ended_by_id", "person"),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_proposal_end_proposal_id")),
        sa.CheckConstraint(
            "(outcome = 'withdrawn') = (ended_by_id = proposer_id)", name=op.f("ck_proposal_end_two_people")
        ),
    )
    for table, columns in INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for table in reversed(INDEXED):
        for column in INDEXED[table]:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)


def _book_columns(table: str) -> list[sa.schema.SchemaItem]:
    """What every row of the book has."""
    return [
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("revision_id", Id, nullable=False),
        _points_at(table, "revision_id", "revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _points_at(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
