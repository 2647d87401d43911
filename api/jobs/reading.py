"""The one call into the pipeline."""

from __future__ import annotations

from api.confined import CONFINED
from api.jobs.queue import Stage, Step
from api.jobs.work import BY, Tell
from extractor import pipeline
from extractor.documents.reading import OnPage, read_case_file
from extractor.documents.words import words_to_json
from extractor.record import Record
from haven import Haven
from haven.views import DocumentSummary
from models.runtime import shipped_runtime

__all__ = ["read_document", "telling"]

_MOST_STEPS = 50
"""Each step is kept by the queue: of a long file not every page is told."""


def read_document(
    haven: Haven, document: DocumentSummary, tell: Tell
) -> tuple[Record, list[object]]:
    """Read and understand one document of the store."""
    tell(Step(Stage.READING))
    runtime = shipped_runtime()
    with haven.files.plain_copy(document.id, by=BY) as path:
        text = read_case_file(path, CONFINED, on_page=telling(tell))
    tell(Step(Stage.UNDERSTANDING))
    record = pipeline.record_of(text, runtime, filename=document.filename)
    return record, list(words_to_json(text.pages))


def telling(tell: Tell) -> OnPage:
    """Tell how many pages are read, of a long file now and then."""
    told = 0

    def on_page(read: int, pages: int) -> None:
        nonlocal told
        share = read * min(pages, _MOST_STEPS) // max(pages, 1)
        if share > told:
            told = share
            tell(Step(Stage.READING, read, pages))

    return on_page
