"""One cache of compiled statements for the engines of a session: each test opens its own, all ask the same."""

from typing import Any

from sqlalchemy import Connection, Engine, event

MOST = 4_000


class SharedStatements(dict[Any, Any]):
    """Compiled statements by kind of database instead of by engine."""

    def get(self, key: Any, default: Any = None) -> Any:
        """What was compiled for another engine of the same kind serves this one."""
        return super().get(_by_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(_by_kind(key), compiled)


def _by_kind(key: Any) -> Any:
    dialect, *rest = key
    return type(dialect), dialect.server_version_info, *rest


def share_statements() -> SharedStatements:
    """Let every connection of every engine from now on use one cache, which is returned."""
    shared = SharedStatements()

    @event.listens_for(Engine, "engine_connect")
    def use_shared(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)

    return shared
