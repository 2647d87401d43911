"""Draws the sample case file: `python -m api.sample.draw OUT.pdf`.

Needs reportlab (`pip install 'declarant[dev]'`). The same texts always give the same file.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import pikepdf
from reportlab import rl_config
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from api.sample.application import application
from api.sample.forms import draw_form
from api.sample.sheets import draw_scan, typed_pdf
from api.sample.supplement import supplement_b

__all__ = ["draw", "main"]


def draw(out: Path) -> None:
    """Write the whole packet."""
    rl_config.useA85 = 0  # JPEGs as they are, not a quarter longer.
    with pikepdf.open(io.BytesIO(_forms_and_scan())) as packet:
        for name in ("certificate", "police_report", "letter"):
            with pikepdf.open(io.BytesIO(typed_pdf(name))) as paper:
                packet.pages.extend(paper.pages)
        _unwrap(packet)
        packet.docinfo["/Title"] = "Sample case file (invented people)"
        packet.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )


def _forms_and_scan() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1, pageCompression=1)
    draw_form(canvas, application())
    draw_form(canvas, supplement_b())
    draw_scan("declaration", canvas)
    canvas.save()
    return out.getvalue()


def _unwrap(packet: pikepdf.Pdf) -> None:
    """Values without the line breaks that only their appearance needs."""
    for field in packet.Root.AcroForm.Fields:
        value = field.get("/V")
        if isinstance(value, pikepdf.String):
            field.V = pikepdf.String(" ".join(str(value).split()))


def main(arguments: list[str] | None = None) -> int:
    """Draw it to the place given."""
    parser = argparse.ArgumentParser(prog="python -m api.sample.draw", description=__doc__)
    parser.add_argument("out", type=Path)
    draw(parser.parse_args(arguments).out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
