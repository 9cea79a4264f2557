"""Second factors, invitations, sessions that are not through yet, and a log that says what was tried."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.String(length=27)
DIGEST = sa.String(length=64)
# Columns that older rows leave empty.
ADDED = {
    "web_session": (("waits_for", 32), ("address", 64), ("browser", 200)),
    "sign_in": (("event", 32), ("detail", 200)),
}
INDEXED = ("address", "tried_at")


def upgrade() -> None:
    """Add tables and nullable columns; nothing that is there is touched."""
    op.create_table(
        "second_factor",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("salt", DIGEST, nullable=False),
        sa.Column("key_name", DIGEST, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("confirmed_at", TIME, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("code_digest", DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")),
        sa.PrimaryKeyConstraint("person_id", "code_digest", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "invitation",
        sa.Column("code_digest", DIGEST, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("made_by_id", Id, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_invitation_made_by_id")),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"], unique=False)
    op.create_index(op.f("ix_invitation_made_by_id"), "invitation", ["made_by_id"], unique=False)
    for table, columns in ADDED.items():
        for name, length in columns:
            op.add_column(table, sa.Column(name, sa.String(length=length), nullable=True))
    for name in INDEXED:
        op.create_index(op.f(f"ix_sign_in_{name}"), "sign_in", [name], unique=False)


def downgrade() -> None:
    """Take them away again, with what they hold."""
    for name in INDEXED:
        op.drop_index(op.f(f"ix_sign_in_{name}"), table_name="sign_in")
    for table, columns in ADDED.items():
        for name, _length in columns:
            op.drop_column(table, name)
    op.drop_index(op.f("ix_invitation_made_by_id"), table_name="invitation")
    op.drop_index(op.f("ix_invitation_person_id"), table_name="invitation")
    for table in ("invitation", "recovery_code", "second_factor"):
        op.drop_table(table)
