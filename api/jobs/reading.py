"""The one call into the pipeline."""

from __future__ import annotations

from api.confined import CONFINED
from api.jobs.queue import Stage
from api.jobs.work import BY, Tell
from extractor import pipeline
from extractor.documents.reading import read_case_file
from extractor.documents.words import words_to_json
from extractor.record import Record
from haven import Haven
from haven.views import DocumentSummary
from models.runtime import shipped_runtime

__all__ = ["read_document"]


def read_document(
    haven: Haven, document: DocumentSummary, tell: Tell
) -> tuple[Record, list[object]]:
    """Read and understand one document of the store."""
    tell(Stage.READING)
    runtime = shipped_runtime()
    with haven.files.plain_copy(document.id, by=BY) as path:
        text = read_case_file(path, CONFINED)
    tell(Stage.UNDERSTANDING)
    record = pipeline.record_of(text, runtime, filename=document.filename)
    return record, list(words_to_json(text.pages))
