"""Chains of segments as graphs, and which national codes speak for a segment."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = {"segment_edge": ("source_id", "target_id"), "segment_crosswalk": ("segment_id",)}


def upgrade() -> None:
    """Two tables of the book; `migrations.upgrade` puts the guards on them."""
    op.create_table("segment_edge", *_links("segment_edge"), *_spine("segment_edge"))
    op.create_table(
        "segment_crosswalk",
        sa.Column("national_code", sa.String(length=64), nullable=False),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column(
            "confirmation",
            sa.Enum(
                "confirmed",
                "unchecked",
                name="confirmation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        *_links("segment_crosswalk"),
        *_spine("segment_crosswalk"),
    )
    for table, links in TABLES.items():
        for column in (*links, "revision_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
        only = sa.text("replaces_id IS NOT NULL")
        op.create_index(
            f"ux_{table}_replaces_id",
            table,
            ["replaces_id"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for table in TABLES:
        op.drop_table(table)


def _links(table: str) -> list[sa.Column[int] | sa.ForeignKeyConstraint]:
    """The segments that a row points at."""
    names = TABLES[table]
    columns = [sa.Column(name, Id, nullable=False) for name in names]
    keys = [
        sa.ForeignKeyConstraint([name], ["segment.id"], name=op.f(f"fk_{table}_{name}")) for name in names
    ]
    return [*columns, *keys]


def _spine(table: str) -> list[sa.Column[int] | sa.Column[str] | sa.Column[bool] | sa.Constraint]:
    """What every replaceable row of the book has, and its paper."""
    return [
        sa.Column("basis", sa.String(length=2000), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("replaces_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=True),
        sa.Column("revision_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["replaces_id"], [f"{table}.id"], name=op.f(f"fk_{table}_replaces_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f(f"fk_{table}_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
