"""`spacy.load("declarant_en")` after installing the small package, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STORY = "I, Ana Quispe, met Luis Tello in Quito. He took my passport and never paid me."


def test_spacy_loads_the_package(tmp_path: Path) -> None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
    package = shutil.copytree(ROOT / "models" / "declarant_en", tmp_path / "source")
    target = tmp_path / "site"  # built from a copy: pip leaves its build beside the source
    subprocess.run([*install, str(target), str(package)], check=True)
    program = (
        "import spacy; nlp = spacy.load('declarant_en'); "
        f"doc = nlp({STORY!r}); print([e.text for e in doc.ents], list(doc.spans))"
    )
    path = os.pathsep.join([str(target), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Luis Tello" in done.stdout
    assert "declarant" in done.stdout
