"""Files that people send, checked and stored and queued; nothing is parsed here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from fastapi import UploadFile

from api.jobs.keeping import ensure_read
from api.site import Site
from extractor.documents.kinds import media_type
from extractor.errors import EmptyInputError, UsageError
from haven.views import DocumentSummary

__all__ = ["checked", "receive"]

_LONGEST_NAME = 200


def receive(
    site: Site, case_id: str, files: Sequence[UploadFile], *, by: str
) -> list[DocumentSummary]:
    """Keep the files in the case and queue their reading."""
    given = [file for file in files if file.filename]
    if not given:
        raise UsageError("No file was sent.", advice="Choose at least one file.")
    kinds = [checked(file) for file in given]  # all are checked before one is kept
    kept = []
    for file, kind in zip(given, kinds, strict=True):
        name = _plain_name(file.filename or "")
        document = site.haven.files.add(case_id, file.file, filename=name, media_type=kind, by=by)
        ensure_read(site.haven, site.queue, document, by=by)
        kept.append(document)
    return kept


def checked(file: UploadFile) -> str:
    """The media type by the bytes; the typed error if declarant does not read such files."""
    if not file.size:
        raise EmptyInputError("The file is empty.")
    kind = media_type(file.file.read())
    file.file.seek(0)
    return kind.value


def _plain_name(untrusted_name: str) -> str:
    """The last part of the name without control characters."""
    name = PurePosixPath(untrusted_name.replace("\\", "/")).name
    shown = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    return shown[-_LONGEST_NAME:] or "case-file"
