"""The uploaded files, encrypted in parts."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from extractor.errors import EmptyInputError
from haven.encryption import Place, Term, TermKind
from haven.plain import private_folder, write_private
from haven.reading import summary_of_document
from haven.store import Store, new_id, now
from haven.tables import CaseRow, ContentRow, DocumentRow
from haven.trail import Action
from haven.views import DocumentSummary

__all__ = ["Files"]

_CHUNK_BYTES = 4 * 1024 * 1024


class Files:
    """Keeps the files of cases as they came in."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        case_id: str,
        content: bytes | BinaryIO,
        *,
        filename: str,
        media_type: str,
        by: str,
    ) -> DocumentSummary:
        """Keep a file; the same bytes twice in a case are the same document."""
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        length, sha256 = _measure(stream)
        with self._store.act(Action.DOCUMENT_ADDED, by, case_id=case_id) as act:
            case = self._store.find(act.session, CaseRow, case_id, lock=True)
            row = self._same(act.session, case_id, sha256)
            if row is None:
                row = self._row(act.session, case_id, (filename, media_type), (length, sha256), by)
                self._write_chunks(act.session, row, stream)
                case.updated_at = now()
            act.object_id = row.id
            return summary_of_document(self._store, act.session, row)

    def get(self, document_id: str, *, by: str) -> DocumentSummary:
        """One document, with its latest extraction."""
        with self._store.act(Action.DOCUMENT_READ, by, document_id) as act:
            row = self._store.find(act.session, DocumentRow, document_id)
            act.case_id = row.case_id
            return summary_of_document(self._store, act.session, row)

    def of_case(self, case_id: str, *, by: str) -> list[DocumentSummary]:
        """The documents of a case, in the order they came."""
        with self._store.act(Action.DOCUMENT_READ, by, case_id, case_id) as act:
            self._store.find(act.session, CaseRow, case_id)
            query = select(DocumentRow).where(DocumentRow.case_id == case_id)
            rows = act.session.scalars(query.order_by(DocumentRow.created_at, DocumentRow.id))
            return [summary_of_document(self._store, act.session, row) for row in rows.all()]

    def content(self, document_id: str, *, by: str) -> bytes:
        """The file's bytes: this is a download, and is told as one."""
        with self._store.act(Action.DOCUMENT_DOWNLOADED, by, document_id) as act:
            row = self._store.find(act.session, DocumentRow, document_id)
            act.case_id = row.case_id
            return b"".join(self._chunks(act.session, row))

    @contextmanager
    def plain_copy(self, document_id: str, *, by: str) -> Iterator[Path]:
        """A decrypted copy in a private folder, for the sandbox to read; gone afterwards.

        It lies in memory where the machine allows it, so that no disk ever holds the plain file.
        """
        with private_folder() as folder:
            path = folder / "file"
            with self._store.act(Action.DOCUMENT_READ, by, document_id) as act:
                row = self._store.find(act.session, DocumentRow, document_id)
                act.case_id = row.case_id
                write_private(path, self._chunks(act.session, row))
            yield path

    def image_read(self, document_id: str, page: int, *, by: str) -> None:
        """Tell the audit log that a page image is being shown."""
        with self._store.act(Action.PAGE_IMAGE_READ, by, document_id) as act:
            row = self._store.find(act.session, DocumentRow, document_id)
            act.case_id, act.facts["page"] = row.case_id, page

    def _same(self, session: Session, case_id: str, sha256: str) -> DocumentRow | None:
        fingerprint = self._store.vault.index(Term(TermKind.FILE, sha256))
        return session.scalar(
            select(DocumentRow).where(
                DocumentRow.case_id == case_id, DocumentRow.fingerprint == fingerprint
            )
        )

    def _row(
        self,
        session: Session,
        case_id: str,
        named: tuple[str, str],
        measured: tuple[int, str],
        by: str,
    ) -> DocumentRow:
        document_id, vault = new_id(), self._store.vault
        (filename, media_type), (length, sha256) = named, measured
        vault.make_key(session, document_id)
        name_place, sum_place = _place(document_id, "filename"), _place(document_id, "sha256")
        row = DocumentRow(
            id=document_id,
            case_id=case_id,
            filename=vault.seal_text(session, document_id, name_place, filename),
            sha256=vault.seal_text(session, document_id, sum_place, sha256),
            fingerprint=vault.index(Term(TermKind.FILE, sha256)),
            media_type=media_type[:128],
            length=length,
            chunks=-(-length // _CHUNK_BYTES),
            created_by=by,
            created_at=now(),
        )
        session.add(row)
        session.flush()
        return row

    def _write_chunks(self, session: Session, row: DocumentRow, stream: BinaryIO) -> None:
        for number in range(row.chunks):
            plain = stream.read(_CHUNK_BYTES)
            sealed = self._store.vault.seal(session, row.id, _part(row, number), plain)
            values = {"document_id": row.id, "number": number, "content": sealed}
            session.execute(insert(ContentRow).values(values))

    def _chunks(self, session: Session, row: DocumentRow) -> Iterator[bytes]:
        """The file in order; a missing, moved or foreign part does not open."""
        for number in range(row.chunks):
            query = select(ContentRow.content).where(
                ContentRow.document_id == row.id, ContentRow.number == number
            )
            sealed = session.scalar(query)
            yield self._store.vault.open(session, row.id, _part(row, number), sealed or b"")


def _place(document_id: str, column: str) -> Place:
    return Place(DocumentRow.__tablename__, document_id, column)


def _part(row: DocumentRow, number: int) -> Place:
    return Place(ContentRow.__tablename__, row.id, "content", number, row.chunks)


def _measure(stream: BinaryIO) -> tuple[int, str]:
    """Length and SHA-256 of a stream, which is then at its beginning again."""
    digest, length = hashlib.sha256(), 0
    start = stream.tell()
    while chunk := stream.read(_CHUNK_BYTES):
        digest.update(chunk)
        length += len(chunk)
    if not length:
        raise EmptyInputError("The file has no bytes.")
    stream.seek(start)
    return length, digest.hexdigest()
