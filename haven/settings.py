"""Where the store lives and which key opens it, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy import make_url

__all__ = ["Settings"]

HOME_VARIABLE = "DECLARANT_HOME"
DATABASE_VARIABLE = "DECLARANT_DATABASE_URL"
KEY_FILE_VARIABLE = "DECLARANT_KEY_FILE"
KEY_VARIABLE = "DECLARANT_KEY"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the store needs to be told.

    `key` holds master keys given by environment; when it is None they are read from
    `key_file`. Neither value is ever shown by `repr`.
    """

    home: Path
    database_url: str = field(repr=False)
    key_file: Path
    key: str | None = field(default=None, repr=False)
    busy_timeout_s: float = 15.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Settings from the `DECLARANT_*` variables, with defaults for a single machine."""
        given = os.environ if environment is None else environment
        home = Path(given.get(HOME_VARIABLE) or "var").absolute()
        return cls(
            home=home,
            database_url=given.get(DATABASE_VARIABLE) or f"sqlite:///{home / 'haven.sqlite3'}",
            key_file=Path(given.get(KEY_FILE_VARIABLE) or home / "key").absolute(),
            key=given.get(KEY_VARIABLE) or None,
        )

    @property
    def embedded(self) -> bool:
        """Whether the store is the embedded SQLite of a single machine."""
        return self.database_url.startswith("sqlite")

    def database_exists(self) -> bool:
        """Whether the file of an embedded store is there."""
        name = make_url(self.database_url).database
        return self.embedded and name is not None and Path(name).exists()
