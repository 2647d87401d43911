"""What every measure loses to page breaks when a statement is printed with running heads and feet.

    python -m benchmarks.page_breaks [--part test] [--texts 52] [--lines 22] [--weights DIR]

Each text is set double spaced on pages with a head and a foot, saved as a digital PDF and read
back. Its marks are carried over to what was read (`models.evaluation.transfer`). Three columns:
the text as it was typed, the pages with all that stands between them, and their prose
(`extractor.prose`), from which the record is made.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from pathlib import Path

from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from extractor.documents.reading import read_case_file
from extractor.documents.settings import ReadingSettings
from extractor.documents.words import CaseText
from extractor.evaluation import predicted_record
from extractor.prose import prose_of
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import read_part
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.evaluation.transfer import transferred
from models.runtime import Runtime, shipped_runtime

_LEADING = 26
"""Points: double spaced, as courts ask for, so that many sentences run over a page."""
_PADDING = 6
"""Of the frame that the lines stand in."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="test")
    parser.add_argument("--texts", type=int, default=52)
    parser.add_argument("--lines", type=int, default=22, help="lines of text a page")
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    runtime = Runtime(options.weights, threads=2) if options.weights else shipped_runtime()
    texts = read_part(Path("annotations/corpus"), options.part)
    texts = texts[:: max(1, len(texts) // options.texts)][: options.texts]
    typed, paged, prose = Measures(), Measures(), Measures()
    pages = cuts = 0
    for text in texts:
        back = _read_back(text.text, options.lines)
        whole = prose_of(back)
        pages, cuts = pages + len(back.pages), cuts + len(whole.between)
        for measures, one in (
            (typed, text),
            (paged, transferred(text, back.text)),
            (prose, transferred(text, whole.case.text)),
        ):
            _measure(measures, one, runtime)
    print(f"{len(texts)} texts, {pages} pages, {cuts} places left out between them")
    figures = [measures.figures() for measures in (typed, paged, prose)]
    for name in figures[0]:
        print(f"{name:36} " + " ".join(f"{column[name]:6.3f}" for column in figures))


def _measure(measures: Measures, text: AnnotatedText, runtime: Runtime) -> None:
    measures.add(predicted_record(text, runtime), gold_record(text))


def _read_back(text: str, lines: int) -> CaseText:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.pdf"
        path.write_bytes(print_pdf(text, lines))
        return read_case_file(path, ReadingSettings.from_environment())


def print_pdf(text: str, lines: int) -> bytes:
    """The text as a digital PDF, a head and a foot on every page."""
    style = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=_LEADING)
    buffer = io.BytesIO()
    story = [Paragraph(_escaped(block), style) for block in text.split("\n\n")]
    below = letter[1] - inch - lines * _LEADING - 2 * _PADDING
    SimpleDocTemplate(buffer, pagesize=letter, bottomMargin=below).build(
        story, onFirstPage=_head_and_foot, onLaterPages=_head_and_foot
    )
    return buffer.getvalue()


def _escaped(block: str) -> str:
    return block.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def _head_and_foot(canvas: Canvas, document: object) -> None:
    del document
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(72, 752, "Declaration of the applicant in support of Form I-914")
    canvas.drawRightString(540, 34, f"Page {canvas.getPageNumber()}")
    canvas.drawString(72, 34, f"EX-{canvas.getPageNumber() + 140:06d}")


if __name__ == "__main__":
    main()
