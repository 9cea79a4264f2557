"""Quarters: what was filed, what is locked, who was reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.String(length=2000)
QUARTER = sa.String(length=7)
EVENT = sa.Enum("lock", "unlock", name="periodevent", native_enum=False, create_constraint=True, length=32)
# What each table points at, by column; the tables whose rows may be replaced are named below.
LINKS = {
    "quarter_filing": {"fund_id": "fund", "filed_by_id": "person"},
    "control_total": {"fund_id": "fund", "child_id": "fund"},
    "reminder": {"fund_id": "fund", "addressee_id": "party"},
    "period": {"fund_id": "fund", "proposer_id": "person"},
    "restatement": {"fund_id": "fund", "period_id": "period", "proposer_id": "person"},
}
REPLACEABLE = ("quarter_filing", "control_total")
BLANK = ("addressee_id",)


def upgrade() -> None:
    """Five tables of the book; `migrations.upgrade` puts the guards on them."""
    _create("quarter_filing", sa.Column("filed_on", sa.Date(), nullable=False), _text("note", blank=True))
    _create("control_total", _fen("called_fen"), _fen("distributed_fen"))
    _create("reminder", sa.Column("reminded_on", sa.Date(), nullable=False), _text("note", blank=True))
    _create("period", sa.Column("event", EVENT, nullable=False), _text("reason"))
    _create("restatement", _text("reason"))


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for table in reversed(LINKS):
        op.drop_table(table)


def _create(table: str, *columns: sa.Column[object]) -> None:
    links = LINKS[table]
    op.create_table(
        table,
        *(sa.Column(name, Id, nullable=name in BLANK) for name in links),
        sa.Column("quarter", QUARTER, nullable=False),
        *columns,
        *_spine(table),
        *(_points_at(table, name, target) for name, target in links.items()),
    )
    for column in (*links, "revision_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    if table in REPLACEABLE:
        only = sa.text("replaces_id IS NOT NULL")
        op.create_index(
            f"ux_{table}_replaces_id",
            table,
            ["replaces_id"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )


def _text(name: str, *, blank: bool = False) -> sa.Column[object]:
    return sa.Column(name, TEXT, nullable=blank)


def _fen(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _spine(table: str) -> list[sa.schema.SchemaItem]:
    """What every row of the book has, and what a replaceable one has beside."""
    replaceable: list[sa.schema.SchemaItem] = [
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("replaces_id", Id, nullable=True),
        _points_at(table, "replaces_id", table),
    ]
    return [
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("revision_id", Id, nullable=False),
        *(replaceable if table in REPLACEABLE else []),
        _points_at(table, "revision_id", "revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _points_at(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
