"""Tokens of people for the API, and requests that were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.String(length=27)
DIGEST = sa.String(length=64)
INDEXED = {"api_token": ("fund_id", "park_id", "person_id"), "api_request": ("made_at",)}


def upgrade() -> None:
    """Add two tables that may be forgotten; nothing that is there is touched."""
    op.create_table(
        "api_token",
        sa.Column("token_digest", DIGEST, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("may_write", sa.Boolean(), nullable=False),
        sa.Column("park_id", Id, nullable=True),
        sa.Column("fund_id", Id, nullable=True),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.Column("used_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id")),
        sa.ForeignKeyConstraint(["park_id"], ["park.id"], name=op.f("fk_api_token_park_id")),
        sa.ForeignKeyConstraint(["fund_id"], ["fund.id"], name=op.f("fk_api_token_fund_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_api_token")),
    )
    op.create_table(
        "api_request",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body_digest", DIGEST, nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_request_person_id")),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_api_request")),
    )
    for table, columns in INDEXED.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for table, columns in INDEXED.items():
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("api_request", "api_token"):
        op.drop_table(table)
