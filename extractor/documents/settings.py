"""How case files are read; the server makes its own, everybody else takes the defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum

from extractor.documents.limits import Limits


class Engines(StrEnum):
    """Which OCR engines read a page: both, so that doubt is seen, or one alone."""

    BOTH = "both"
    RAPIDOCR = "rapidocr"
    TESSERACT = "tesseract"


class Confinement(StrEnum):
    """How the reader process is confined; AUTO takes the strongest that works here."""

    AUTO = "auto"
    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    LIMITS_ONLY = "limits-only"


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """Settings of the documents room.

    `require_confinement` refuses to read where neither bubblewrap nor Landlock works; the
    server sets it. `ocr_workers` of 0 means one for each core.
    """

    engines: Engines = Engines.BOTH
    confinement: Confinement = Confinement.AUTO
    require_confinement: bool = False
    ocr_workers: int = 0
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_environment(cls) -> ReadingSettings:
        """Settings from DECLARANT_ENGINES, _CONFINEMENT, _REQUIRE_CONFINEMENT, _OCR_WORKERS."""
        environment = os.environ
        return cls(
            engines=Engines(environment.get("DECLARANT_ENGINES", Engines.BOTH)),
            confinement=Confinement(environment.get("DECLARANT_CONFINEMENT", Confinement.AUTO)),
            require_confinement=environment.get("DECLARANT_REQUIRE_CONFINEMENT") in ("1", "true"),
            ocr_workers=int(environment.get("DECLARANT_OCR_WORKERS", "0")),
        )

    def workers(self) -> int:
        """How many OCR workers to keep."""
        return self.ocr_workers or len(os.sched_getaffinity(0))
