"""The one call into the pipeline."""

from __future__ import annotations

from api.jobs.queue import Stage
from api.jobs.work import BY, Tell
from extractor import pipeline
from extractor.documents.words import words_to_json
from extractor.record import Record
from haven import Haven
from haven.views import DocumentSummary

__all__ = ["read_document"]


def read_document(
    haven: Haven, document: DocumentSummary, tell: Tell
) -> tuple[Record, list[object]]:
    """Read and understand one document of the store."""
    tell(Stage.READING)
    with haven.files.plain_copy(document.id, by=BY) as path:
        processed = pipeline.process(path, filename=document.filename)
    return processed.record, list(words_to_json(processed.words))
