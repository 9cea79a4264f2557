"""The evidence behind a figure of the six ones."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """A column that older rows leave empty."""
    op.add_column("park_figure", sa.Column("evidence", sa.String(length=2000), nullable=True))


def downgrade() -> None:
    """Take it away again, with what it holds."""
    op.drop_column("park_figure", "evidence")
