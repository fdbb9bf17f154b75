"""Run migrations on the connection that the caller opened, within the caller's transaction.

`app.storage.schema.config_for` puts the connection into the configuration; nothing is read from
files or from the environment. `target_metadata` may be put there too, to compare or autogenerate.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("target_metadata"),
    include_object=context.config.attributes.get("include_object"),
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
