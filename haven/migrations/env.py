"""Run by Alembic: uses the connection, and the transaction, that haven.migrating opened."""

from __future__ import annotations

from alembic import context

from haven.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    compare_type=True,
    render_as_batch=True,
)
context.run_migrations()
