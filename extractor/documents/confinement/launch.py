"""Start the reader behind the strongest walls that work on this machine.

Bubblewrap works or not depending on the kernel and on the container around us, so it is
tried once for real: only a probe that answered counts.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import extractor
from extractor.documents.confinement import bubblewrap, calls, inside
from extractor.documents.limits import Limits
from extractor.documents.settings import Confinement
from extractor.errors import SandboxUnavailableError

_PATHS = "import sys; sys.path[:0] = sys.argv[2:]; "
_READER = "from extractor.documents.reader import main; main.main()"
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
_PROBE_SECONDS = 20


def _module_paths() -> list[str]:
    package = Path(extractor.__file__).resolve().parent
    paths = sysconfig.get_paths()
    return list(dict.fromkeys([str(package.parent), paths["purelib"], paths["platlib"]]))


def _readable() -> list[str]:
    """Folders with code: the reader's own, Python's, the packages', and the fonts."""
    package = Path(extractor.__file__).resolve().parent
    paths = sysconfig.get_paths()
    code = [str(package), paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"]]
    prefix = Path(sys.base_prefix).resolve()
    return list(dict.fromkeys([*code, str(prefix / "lib"), str(_python()), *_FONTS]))


def _python() -> Path:
    base = getattr(sys, "_base_executable", "") or sys.executable
    return Path(base).resolve()


def start(
    task: Mapping[str, Any],
    limits: Limits,
    how: Confinement,
    stdin: BinaryIO | int,
    code: str = _READER,
) -> subprocess.Popen[bytes]:
    """Start a reader of one task; the file comes to it as standard input.

    Tests put the code of an attack in place of the reader's own.
    """
    bpf = calls.compiled()
    order = {
        **task,
        "address_space": limits.address_space,
        "cpu_seconds": limits.cpu_seconds,
        "landlock": how is Confinement.LANDLOCK,
        "confined": how is not Confinement.LIMITS_ONLY,
        "readable": [*_readable(), "/usr/lib", "/lib", "/lib64", "/usr/lib64"],
        "bpf": base64.b64encode(bpf or b"").decode("ascii"),
    }
    inner = [str(_python()), "-I", "-S", "-B", "-c", _PATHS + code]
    inner += [json.dumps(order), *_module_paths()]
    return subprocess.Popen(
        _wrapped(inner) if how is Confinement.BUBBLEWRAP else inner,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
        close_fds=True,
    )


def _wrapped(inner: list[str]) -> list[str]:
    bwrap = bubblewrap.program()
    if bwrap is None:
        raise SandboxUnavailableError("Bubblewrap is not installed.")
    return bubblewrap.command(bwrap, _readable(), inner)


@cache
def works(how: Confinement) -> bool:
    """Whether a reader answers from behind these walls."""
    if how is Confinement.LIMITS_ONLY:
        return True
    if calls.compiled() is None:
        return False
    if how is Confinement.BUBBLEWRAP and bubblewrap.program() is None:
        return False
    if how is Confinement.LANDLOCK and inside.landlock_version() < 1:
        return False
    return _answers(how)


def _answers(how: Confinement) -> bool:
    with start({"mode": "probe"}, Limits(), how, subprocess.DEVNULL) as process:
        try:
            answer, _ = process.communicate(timeout=_PROBE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return False
    return process.returncode == 0 and answer.startswith(b"D")


def strongest(asked: Confinement, *, required: bool) -> Confinement:
    """The walls to use; SandboxUnavailableError when those asked for do not stand here."""
    if asked is Confinement.AUTO:
        for how in (Confinement.BUBBLEWRAP, Confinement.LANDLOCK):
            if works(how):
                return how
        asked = Confinement.LIMITS_ONLY
    if asked is Confinement.LIMITS_ONLY and required:
        raise SandboxUnavailableError("Untrusted files cannot be confined on this machine.")
    if not works(asked):
        raise SandboxUnavailableError(f"Confinement by {asked.value} does not work here.")
    return asked
