"""DOCX in the reader: the text of a Word file, page by page as its breaks say.

The archive is unpacked with a cap on every part, and the XML is read without entities,
without network and without huge trees. Deleted text of tracked changes is left out. A
scanned page that was pasted in as a picture follows the text as a page of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree
from PIL import Image

from extractor.documents.reader import images, wire
from extractor.documents.reader.wire import Failure, ReaderError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _CHOICE, f"{_W}pPr"}
_SIGNS = {f"{_W}tab": "\t", f"{_W}lastRenderedPageBreak": "\f", f"{_W}noBreakHyphen": "-"}
_MEDIA = "word/media/"
_SCANNED = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
_SCAN_SIDE = 500
_NUMBER = re.compile(r"(\d+)")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def read(data: bytes, task: dict[str, Any]) -> None:
    """Send the text of a Word file; a form feed stands where a page ends."""
    archive = _opened(data)
    body = _part(archive, _main_part(archive), task)
    lines = [*_headers(archive, task), *_blocks(body)]
    for name in _NOTES:
        if name in archive.namelist():
            lines += _blocks(_part(archive, name, task))
    text = "\n".join(lines).strip("\n")
    pictures = _pictures(archive, task)
    if len(text) > task["text_characters"] or len(pictures) > task["pages"]:
        raise ReaderError(Failure.OVERSIZED)
    if not text.strip() and not pictures:
        raise ReaderError(Failure.EMPTY)
    if pictures:
        wire.send_json(b"O", {"pages": len(pictures), "repaired": False})
    if text.strip() and task["first"] == 1:
        wire.send_json(b"T", {"text": text})
    for number in range(task["first"], len(pictures) + 1):
        _send_picture(archive, pictures[number - 1], number, task)
    wire.send_json(b"D", None)


def _pictures(archive: zipfile.ZipFile, task: dict[str, Any]) -> list[str]:
    """Pictures that are scanned pages pasted into the file, or too broken to tell; no logos."""
    names = [info for info in archive.infolist() if info.filename.startswith(_MEDIA)]
    found = []
    for info in sorted(names, key=lambda info: _natural(info.filename)):
        if info.file_size > task["unpacked_bytes"]:
            raise ReaderError(Failure.OVERSIZED)
        if _may_be_page(archive, info.filename, task):
            found.append(info.filename)
    return found


def _may_be_page(archive: zipfile.ZipFile, name: str, task: dict[str, Any]) -> bool:
    try:
        return min(_picture(archive, name, task).size) >= _SCAN_SIDE
    except ReaderError as error:
        # Drawings of other kinds are no scans; what is one will be named as a page lost.
        return error.failure is Failure.OVERSIZED or name.lower().endswith(_SCANNED)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdigit() else 0, part) for part in _NUMBER.split(name)]


def _picture(archive: zipfile.ZipFile, name: str, task: dict[str, Any]) -> Image.Image:
    try:
        with archive.open(name) as part:
            return images.opened(part.read(task["unpacked_bytes"]), task)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        raise ReaderError(Failure.DAMAGED) from None


def _send_picture(archive: zipfile.ZipFile, name: str, number: int, task: dict[str, Any]) -> None:
    try:
        images.send_frame(_picture(archive, name, task), 1, number, task)
    except ReaderError as error:
        images.send_lost(number, error.failure)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise ReaderError(Failure.DAMAGED) from None
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise ReaderError(Failure.ENCRYPTED)
    return archive


def _main_part(archive: zipfile.ZipFile) -> str:
    names = [n for n in archive.namelist() if n.startswith("word/document") and n.endswith(".xml")]
    if not names:
        raise ReaderError(Failure.UNSUPPORTED)
    return "word/document.xml" if "word/document.xml" in names else names[0]


def _part(archive: zipfile.ZipFile, name: str, task: dict[str, Any]) -> etree._Element:
    """One part of the archive as a tree, unpacked no further than allowed."""
    most = int(task["unpacked_bytes"])
    try:
        with archive.open(name) as part:
            raw = part.read(most + 1)
        if len(raw) > most:
            raise ReaderError(Failure.OVERSIZED)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(raw, parser)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, ValueError):
        raise ReaderError(Failure.DAMAGED) from None
    except etree.XMLSyntaxError:
        raise ReaderError(Failure.DAMAGED) from None
    if b"<!DOCTYPE" in raw[:4096]:
        raise ReaderError(Failure.DAMAGED)  # an honest Word file declares no entities
    return root


def _headers(archive: zipfile.ZipFile, task: dict[str, Any]) -> list[str]:
    names = sorted(n for n in archive.namelist() if n.startswith("word/header"))
    lines = [line for name in names for line in _blocks(_part(archive, name, task))]
    return list(dict.fromkeys(line for line in lines if line.strip()))


def _blocks(element: etree._Element) -> Iterator[str]:
    """Paragraphs as lines; the cells of a table row stand on one line, a tab between."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in _own(child, f"{_W}tr"):
                cells = [" ".join(_blocks(cell)) for cell in _own(row, f"{_W}tc")]
                yield "\t".join(" ".join(cell.split()) for cell in cells)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child)


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, wrapped ones included, but none of a table inside it.

    A table inside a cell is part of that cell's words: were its rows taken again, each level
    of nesting would double the text.
    """
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _own(child, tag)


def _paragraph(element: etree._Element) -> Iterator[str]:
    boxes: list[etree._Element] = []
    text = "".join(_runs(element, boxes))
    yield from text.split("\n")
    for box in boxes:
        yield from _blocks(box)


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\f" if child.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag not in _SKIPPED:
            yield from _runs(child, boxes)
