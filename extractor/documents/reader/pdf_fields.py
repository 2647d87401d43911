"""Form fields: their names and values, and their values as part of the page.

What a form draws in its fields is no part of the page's own text for pdfium, so the page is
flattened first. A value that nobody drew is laid into its field as words of its own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from extractor.documents.reader.geometry import PageFrame
from extractor.documents.reader.pdf_file import PdfFile
from extractor.documents.reader.pdf_words import Corners, PageText

_LINK, _POPUP, _WIDGET = 2, 16, 20
_CHECKBOX, _RADIO = 2, 3
_SPOKEN = (4, 5, 6)  # combo box, list box, text field: what is written is text
_LONGEST_VALUE = 100_000
_DISPLAY = 0
_LINE_HEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class FormField:
    """A filled field: its full name, its value, its place if its value is to be read there."""

    name: str
    value: str
    kind: int
    box: Corners


def read(document: PdfFile, page: object, frame: PageFrame) -> list[FormField]:
    """The filled fields of a page."""
    if document.form is None:
        return []
    pdfium.FORM_OnAfterLoadPage(page, document.form)  # before it, no box is ever checked
    fields = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if pdfium.FPDFAnnot_GetSubtype(annotation) == _WIDGET:
            field = _field(document.form, annotation, frame)
            if field is not None:
                fields.append(field)
        pdfium.FPDFPage_CloseAnnot(annotation)
    return fields


def _field(form: object, annotation: object, frame: PageFrame) -> FormField | None:
    kind = int(pdfium.FPDFAnnot_GetFormFieldType(form, annotation))
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, annotation)
    value = _value(form, annotation, kind)
    if not name or not value:
        return None
    r = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(r))
    box = frame.shown(r.left, min(r.bottom, r.top), r.right, max(r.bottom, r.top))
    return FormField(name, value, kind, box)


def _value(form: object, annotation: object, kind: int) -> str:
    if kind in (_CHECKBOX, _RADIO):
        if not pdfium.FPDFAnnot_IsChecked(form, annotation):
            return ""
        return _string(pdfium.FPDFAnnot_GetFormFieldExportValue, form, annotation) or "Yes"
    if kind not in _SPOKEN:
        return ""
    return _string(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)


def _string(ask: Callable[..., int], form: object, annotation: object) -> str:
    """A UTF-16 string that pdfium hands out in two steps: its length, then itself."""
    length = int(ask(form, annotation, None, 0))
    if not 2 < length <= 2 * _LONGEST_VALUE:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    ask(form, annotation, buffer, length)
    text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def flattened(document: PdfFile, page: object, index: int) -> object:
    """The page with its annotations drawn into it; the same page if it has none."""
    if not any(_is_drawn(page, i) for i in range(pdfium.FPDFPage_GetAnnotCount(page))):
        return page
    pdfium.FPDFPage_Flatten(page, _DISPLAY)
    return pdfium.FPDF_LoadPage(document.handle, index) or page


def _is_drawn(page: object, index: int) -> bool:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    drawn = pdfium.FPDFAnnot_GetSubtype(annotation) not in (_LINK, _POPUP)
    pdfium.FPDFPage_CloseAnnot(annotation)
    return bool(drawn)


def add_missing(fields: list[FormField], words: PageText) -> None:
    """Lay into the page the written values that the form does not draw, or only in part."""
    for field in fields:
        if field.kind not in _SPOKEN:
            continue
        drawn = [i for i, box in enumerate(words.boxes) if _inside(box, field.box)]
        if _letters(field.value) not in _letters("".join(words.texts[i] for i in drawn)):
            spoken = set(field.value.split())
            words.remove({i for i in drawn if words.texts[i] in spoken})
            _lay(field, words)


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _inside(box: Corners, outer: Corners) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _lay(field: FormField, words: PageText) -> None:
    """Words of a value, wrapped in its field as a form filler would wrap them."""
    left, top, right, bottom = field.box
    lines = max(1, round((bottom - top) / _LINE_HEIGHT))
    height = (bottom - top) / lines
    advance = min(0.5 * height, (right - left) * lines / max(len(field.value), 1))
    x, y = left, top
    for text in field.value.split():
        width = advance * len(text)
        if x > left and x + width > right and y + 2 * height <= bottom + 0.5:
            x, y = left, y + height
        words.add(text, (x, y, min(x + width, right), y + height))
        x = min(x + width + advance, right - 1.0)
