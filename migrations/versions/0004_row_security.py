"""Row-level security on PostgreSQL, behind the queries."""

from alembic import op

from funds.models.row_security import install_row_security, remove_row_security

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Put the wall up; `migrations.upgrade` puts it around what later revisions bring."""
    install_row_security(op.get_bind())


def downgrade() -> None:
    """Take it down."""
    remove_row_security(op.get_bind())
