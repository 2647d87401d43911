"""Files that people send, checked and stored and queued; nothing is parsed here.

Invariant: every file sent is either kept or named as refused with its reason; one that is
refused costs no other its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from fastapi import UploadFile

from api.jobs.keeping import ensure_read
from api.site import Site
from extractor.documents.kinds import media_type
from extractor.errors import EmptyInputError, InputError, UsageError
from haven.views import DocumentSummary

__all__ = ["Refused", "Sent", "keep", "sorted_out"]

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not kept, and why."""

    filename: str
    error: InputError


@dataclass(frozen=True, slots=True)
class Sent:
    """Files as they were sent: the good ones with their media types, and the others."""

    good: tuple[tuple[UploadFile, str], ...]
    refused: tuple[Refused, ...]


def sorted_out(files: Sequence[UploadFile]) -> Sent:
    """The files told apart by their bytes; the typed error if none of them is any good."""
    given = [file for file in files if file.filename]
    good: list[tuple[UploadFile, str]] = []
    refused: list[Refused] = []
    for file in given:
        try:
            good.append((file, _checked(file)))
        except InputError as error:
            refused.append(Refused(_plain_name(file.filename or ""), error))
    if len(refused) == 1 and not good:
        raise refused[0].error
    return Sent(tuple(good), tuple(refused))


def keep(site: Site, case_id: str, sent: Sent, *, by: str) -> list[DocumentSummary]:
    """Keep the good files in the case and queue their reading."""
    if not sent.good and not sent.refused:
        raise UsageError("No file was sent.", advice="Choose at least one file.")
    kept = []
    for file, kind in sent.good:
        name = _plain_name(file.filename or "")
        document = site.haven.files.add(case_id, file.file, filename=name, media_type=kind, by=by)
        ensure_read(site.haven, site.queue, document, by=by)
        kept.append(document)
    return kept


def _checked(file: UploadFile) -> str:
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
