"""The one way through: file -> pages of words -> record."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from extractor.documents.reading import read_case_file
from extractor.documents.settings import ReadingSettings
from extractor.documents.words import CaseText, PageWords
from extractor.doubts import with_doubts
from extractor.language.circumstances import with_circumstances
from extractor.language.papers import Papers
from extractor.language.understanding import understand
from extractor.prose import prose_of
from extractor.record import ModelVersion, Record
from models.runtime import Runtime, shipped_runtime

__all__ = ["Processed", "process", "record_of"]


@dataclasses.dataclass(frozen=True)
class Processed:
    """A record and the words of its pages, with their boxes."""

    record: Record
    words: tuple[PageWords, ...]


def process(
    path: Path, *, filename: str | None = None, settings: ReadingSettings | None = None
) -> Processed:
    """Read one case file and say everything about it.

    Args:
        path: the file; it is opened only by the confined reader.
        filename: its name in the record, if the path is only a temporary one.
        settings: of the reader; by default those of the environment.

    Raises:
        InputError, SandboxError: why the file cannot be read.
        EnvironmentFaultError: what this machine lacks.
    """
    runtime = shipped_runtime()
    text = read_case_file(path, settings or ReadingSettings.from_environment())
    return Processed(record_of(text, runtime, filename=filename), text.pages)


def record_of(text: CaseText, runtime: Runtime, *, filename: str | None = None) -> Record:
    """The record of a file that has been read."""
    prose = prose_of(text)
    return prose.record_of_whole(_record_of_prose(prose.case, runtime, filename))


def _record_of_prose(text: CaseText, runtime: Runtime, filename: str | None) -> Record:
    found = understand(text.text, runtime, text.boxes, Papers.of_sections(text.sections))
    source = text.source
    if filename is not None:
        source = source.model_copy(update={"filename": filename})
    record = Record(
        source=source,
        model=ModelVersion(name=runtime.manifest["name"], version=runtime.manifest["version"]),
        pages=[page.page for page in text.pages],
        text=text.text,
        document_kind=text.document_kind,
        form=text.form,
        fields=text.fields,
        sections=list(text.sections),
        entities=found.entities,
        relations=found.relations,
        alleged_traffickers=found.alleged_traffickers,
        case=found.case,
        coverage=found.coverage,
        problems=list(text.problems),
    )
    return with_doubts(with_circumstances(record), text)
