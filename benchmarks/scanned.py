"""What every measure loses when a statement is printed, scanned and read back.

    python -m benchmarks.scanned [--part test] [--texts 8] [--dpi 200] [--weights DIR]

Each text is set in a typewriter or book face, drawn at the given resolution, turned by up to
one degree, greyed and speckled, saved as a PDF of pictures only, and read through the whole
pipeline. Its marks are carried over to what was read (`models.evaluation.transfer`), so a
misread name is still to be found.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from extractor.documents.reading import read_case_file
from extractor.documents.settings import ReadingSettings
from extractor.evaluation import predicted_record
from models.corpora.marked import read_part
from models.evaluation.gold import gold_record
from models.evaluation.measures import Measures
from models.evaluation.transfer import transferred
from models.runtime import Runtime, shipped_runtime

_FACES = Path("/usr/share/fonts/truetype/dejavu")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="test")
    parser.add_argument("--texts", type=int, default=8)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    runtime = Runtime(options.weights, threads=2) if options.weights else shipped_runtime()
    texts = read_part(Path("annotations/corpus"), options.part)
    texts = texts[:: max(1, len(texts) // options.texts)][: options.texts]
    typed, scanned = Measures(), Measures()
    for number, text in enumerate(texts):
        typed.add(predicted_record(text, runtime), gold_record(text))
        back = transferred(text, _read_back(text.text, number, options.dpi))
        scanned.add(predicted_record(back, runtime), gold_record(back))
    before, after = typed.figures(), scanned.figures()
    for name, value in before.items():
        print(f"{name:36} {value:6.3f} {after[name]:6.3f} {after[name] - value:+.3f}")


def _read_back(text: str, seed: int, dpi: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        path.write_bytes(scan(print_pdf(text, typewriter=seed % 2 == 1), dpi, seed))
        return read_case_file(path, ReadingSettings.from_environment()).text


def print_pdf(text: str, *, typewriter: bool) -> bytes:
    """The text as a digital PDF, a paragraph for each blank-line block."""
    face = "DejaVuSansMono" if typewriter else "DejaVuSans"
    pdfmetrics.registerFont(TTFont(face, str(_FACES / f"{face}.ttf")))
    style = ParagraphStyle("body", fontName=face, fontSize=10 if typewriter else 11, leading=15)
    buffer = io.BytesIO()
    story: list[object] = []
    for block in text.split("\n\n"):
        escaped = block.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
        story += [Paragraph(escaped, style), Spacer(1, 8)]
    SimpleDocTemplate(buffer, pagesize=letter).build(story)
    return buffer.getvalue()


def scan(pdf: bytes, dpi: int, seed: int) -> bytes:
    """The PDF as pictures: turned a little, greyed, with noise of the sensor."""
    chance = random.Random(seed)
    noise = np.random.default_rng(seed)
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=dpi / 72).to_pil().convert("L")
        image = image.rotate(
            chance.uniform(-1, 1), fillcolor=255, resample=Image.Resampling.BICUBIC
        )
        grey = np.asarray(image, dtype=np.float32) * 0.85 + 25
        grey += noise.normal(0, 8, grey.shape)
        pages.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    buffer = io.BytesIO()
    pages[0].save(buffer, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=80)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
