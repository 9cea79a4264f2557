"""Runs the migrations on the connection that `migrations.upgrade` hands over, inside its transaction."""

from alembic import context

from funds.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the transaction is ours
)
context.run_migrations()
