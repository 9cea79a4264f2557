"""The life of a project before, at and after its closing, and what was agreed beside the money."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.String(length=2000)
TABLE = "project_stage"
TERMS = ("buyback", "anti_dilution", "landing")
STATE = sa.Enum(
    "initiated",
    "decided",
    "closed",
    "managed",
    "exited",
    name="projectstate",
    native_enum=False,
    create_constraint=True,
    length=32,
)


def upgrade() -> None:
    """One table of the book and three blank columns; `migrations.upgrade` puts the guards on them."""
    for column in TERMS:
        op.add_column("deal_fact", sa.Column(column, TEXT, nullable=True))
    op.create_table(
        TABLE,
        sa.Column("fund_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("stage", STATE, nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("decision_no", sa.String(length=200), nullable=True),
        sa.Column("words", TEXT, nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("replaces_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("revision_id", Id, nullable=False),
        _points_at("fund_id", "fund"),
        _points_at("company_id", "company"),
        _points_at("replaces_id", TABLE),
        _points_at("revision_id", "revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in ("fund_id", "company_id", "revision_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column], unique=False)
    only = sa.text("replaces_id IS NOT NULL")
    op.create_index(
        f"ux_{TABLE}_replaces_id",
        TABLE,
        ["replaces_id"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    op.drop_table(TABLE)
    for column in reversed(TERMS):
        op.drop_column("deal_fact", column)


def _points_at(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{TABLE}_{column}"))
