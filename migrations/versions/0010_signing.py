"""Documents of things, signed papers, and samples for audit."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(length=64)
NAME = sa.String(length=200)
TEXT = sa.String(length=2000)
# Every table with the columns that have an index besides `revision_id`.
INDEXED = {
    "attachment": ("document_id", "fund_id", "park_id", "subject", "subject_id"),
    "signed_paper": (
        *("quarter", "fund_id", "park_id", "known_version"),
        *("json_id", "xlsx_id", "pdf_id", "supersedes_id"),
    ),
    "signature": ("person_id", "prepared_by_id"),
    "audit_sample": ("quarter", "known_version"),
    "audit_item": ("sample_id", "fund_id", "line_id"),
    "audit_finding": ("item_id", "person_id"),
}
SUBJECTS = (
    *("fund", "park", "company", "round", "deal", "holding", "mark", "exit"),
    *("commitment", "call_notice", "entry", "party_nature", "local_investment", "audit_item"),
)
KINDS = ("agreement", "voucher", "valuation", "resolution", "recognition", "report", "other")


def upgrade() -> None:
    """Add the tables; `migrations.upgrade` puts the guards on them."""
    op.create_table(
        "attachment",
        *_links("attachment", document_id="document"),
        *_scope("attachment"),
        sa.Column("subject", _kind("attachmentsubject", *SUBJECTS), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("kind", _kind("documentkind", *KINDS), nullable=False),
        sa.Column("title", NAME, nullable=False),
        sa.Column("file_name", NAME, nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        *_links("attachment", is_needed=False, replaces_id="attachment"),
        *_book_columns("attachment"),
    )
    only = sa.text("replaces_id IS NOT NULL")
    op.create_index(
        "ux_attachment_replaces_id",
        "attachment",
        ["replaces_id"],
        unique=True,
        sqlite_where=only,
        postgresql_where=only,
    )
    _create_papers()
    _create_samples()
    for table, columns in INDEXED.items():
        for column in (*columns, "revision_id"):
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    """Take them away again, with what they hold."""
    if op.get_bind().dialect.name == "postgresql":
        # The wall shows rows by way of each other's tables, and no table goes while a policy looks at it.
        for table in ("document", *INDEXED):
            op.execute(f"DROP POLICY IF EXISTS book_sight ON {table}")
    for table in reversed(INDEXED):
        op.drop_table(table)


def _create_papers() -> None:
    op.create_table(
        "signed_paper",
        sa.Column("quarter", CODE, nullable=False),
        *_scope("signed_paper"),
        *_links("signed_paper", known_version="revision"),
        sa.Column("known_hash", CODE, nullable=False),
        sa.Column("rendered_at", sa.String(length=27), nullable=False),
        *_links("signed_paper", json_id="document", xlsx_id="document"),
        *_links("signed_paper", is_needed=False, pdf_id="document", supersedes_id="signed_paper"),
        sa.Column("reason", TEXT, nullable=True),
        *_book_columns("signed_paper"),
    )
    op.create_table(
        "signature",
        sa.Column("role", _kind("paperrole", "prepared", "signed"), nullable=False),
        *_links("signature", paper_id="signed_paper", person_id="person", prepared_by_id="person"),
        *_book_columns("signature"),
        sa.UniqueConstraint("paper_id", "role", name=op.f("uq_signature_paper_id_role")),
        sa.CheckConstraint(
            "(role = 'prepared') = (person_id = prepared_by_id)", name=op.f("ck_signature_two_people")
        ),
    )


def _create_samples() -> None:
    op.create_table(
        "audit_sample",
        sa.Column("quarter", CODE, nullable=False),
        sa.Column("basis", _kind("basis", "committed", "paid_in"), nullable=False),
        *_links("audit_sample", known_version="revision"),
        sa.Column("seed", CODE, nullable=False),
        sa.Column("method", CODE, nullable=False),
        sa.Column("wanted", Id, nullable=False),
        sa.Column("lines", Id, nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        *_book_columns("audit_sample"),
    )
    op.create_table(
        "audit_item",
        *_links("audit_item", sample_id="audit_sample", fund_id="fund"),
        sa.Column("line_table", CODE, nullable=False),
        sa.Column("line_id", Id, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("is_certain", sa.Boolean(), nullable=False),
        *_book_columns("audit_item"),
    )
    op.create_table(
        "audit_finding",
        *_links("audit_finding", item_id="audit_item", person_id="person"),
        sa.Column("step", _kind("auditstep", "passed", "doubted", "answered", "closed"), nullable=False),
        sa.Column("words", TEXT, nullable=True),
        *_book_columns("audit_finding"),
    )


def _kind(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _scope(table: str) -> list[sa.schema.SchemaItem]:
    """Whose it is to see."""
    return _links(table, is_needed=False, fund_id="fund", park_id="park")


def _links(table: str, *, is_needed: bool = True, **targets: str) -> list[sa.schema.SchemaItem]:
    """Columns that point at rows of other tables."""
    columns = [sa.Column(column, Id, nullable=not is_needed) for column in targets]
    keys = [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]
    return [*columns, *keys]


def _book_columns(table: str) -> list[sa.schema.SchemaItem]:
    """What every row of the book has."""
    return [
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=True),
        *_links(table, revision_id="revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
