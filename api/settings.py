"""How the site is served, read once from the environment."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from haven.settings import Settings

__all__ = ["SiteSettings"]

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """Settings of the site; `workers` reader processes, 0 for one a core."""

    store: Settings
    max_upload_bytes: int = 300 * MEBIBYTE
    session_lifetime: datetime.timedelta = datetime.timedelta(hours=8)
    link_lifetime: datetime.timedelta = datetime.timedelta(hours=1)
    workers: int = 0
    secure_cookies: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Settings from the `DECLARANT_*` variables."""
        given = os.environ if environment is None else environment
        return cls(
            store=Settings.from_environment(given),
            max_upload_bytes=int(given.get("DECLARANT_MAX_UPLOAD_BYTES") or 300 * MEBIBYTE),
            workers=int(given.get("DECLARANT_WORKERS") or 0),
            secure_cookies=given.get("DECLARANT_SECURE_COOKIES") in {"1", "true"},
        )

    @property
    def jobs_url(self) -> str:
        """Where the queue keeps its tables: beside the store, or in its PostgreSQL."""
        if self.store.embedded:
            return f"sqlite:///{self.store.home / 'jobs.sqlite3'}"
        scheme, rest = self.store.database_url.split("://", 1)
        return f"{scheme.split('+')[0]}://{rest}"

    def worker_count(self) -> int:
        """How many reader processes to keep: reading one file already uses every core for OCR."""
        return self.workers or max(1, (os.cpu_count() or 2) // 2)
