"""Attacks from inside the reader, on each way of confining it; bombs from outside."""

from __future__ import annotations

import json
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import casefiles
import pytest

from extractor.documents import checked, client
from extractor.documents.confinement import bubblewrap, calls, inside, launch
from extractor.documents.limits import MEBI, Limits
from extractor.documents.reading import read_case_file
from extractor.documents.settings import Confinement, ReadingSettings
from extractor.errors import (
    DamagedInputError,
    OversizedInputError,
    ReaderCrashedError,
    ReaderMemoryError,
    ReaderTimeoutError,
    SandboxError,
    SandboxUnavailableError,
)

WALLS = [
    pytest.param(how, marks=pytest.mark.skipif(not launch.works(how), reason="not on this machine"))
    for how in (Confinement.BUBBLEWRAP, Confinement.LANDLOCK)
]
SMALL = Limits(address_space=1024 * MEBI, cpu_seconds=2, wall_seconds=20)

_CONFINED = """
import json, os, sys, ctypes, socket, subprocess, threading
from extractor.documents.reader import main
task = json.loads(sys.argv[1])
main.confine(task)
def attack():
{attack}
try:
    attack()
    word = "BREACHED"
except BaseException as error:
    word = "HELD"
os.write(1, word.encode())
os._exit(0)
"""

ATTACKS = {
    "network": "socket.create_connection(('127.0.0.1', task['port']), timeout=2)",
    "network by number": "assert ctypes.CDLL(None).socket(2, 1, 0) >= 0",
    "unix socket": "socket.socket(socket.AF_UNIX)",
    "datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "reading outside": "open(task['secret']).read()",
    "reading shadow": "open('/etc/shadow').read()",
    "listing outside": "assert os.path.basename(task['secret']) in os.listdir(task['folder'])",
    "reading another process": "open(f'/proc/{task[\"parent\"]}/environ').read()",
    "writing outside": "open(task['folder'] + '/written', 'w').write('x')",
    "writing temporary": "open('/tmp/written', 'w').write('x')",
    "changing the secret": "open(task['secret'], 'a').write('x')",
    "deleting": "os.unlink(task['secret'])",
    "renaming": "os.rename(task['secret'], task['secret'] + '2')",
    "permissions": "os.chmod(task['secret'], 0o777)",
    "making a folder": "os.mkdir(task['folder'] + '/made')",
    "exec": "os.execv('/bin/sh', ['sh', '-c', 'echo BREACHED'])",
    "program": "subprocess.run(['/bin/sh', '-c', 'true'], check=True)",
    "fork": "os.fork()",
    "thread": "threading.Thread(target=print).start()",
    "kill": "os.kill(task['parent'], 0)",
    "ptrace": "assert ctypes.CDLL(None).ptrace(16, task['parent'], 0, 0) == 0",
    "memory": "held = [bytearray(1 << 26) for _ in range(64)]",
    "undoing limits": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "becoming root": "os.setuid(0); open('/etc/shadow').read()",
    "own input for writing": "os.write(0, b'x')",
}


@pytest.fixture
def listener() -> Iterator[int]:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def _run(attack: str, how: Confinement, folder: Path, port: int = 9) -> bytes:
    import os

    secret = folder / "secret"
    secret.write_text("the name of a witness")
    task = {
        "mode": "probe",
        "secret": str(secret),
        "folder": str(folder),
        "port": port,
        "parent": os.getpid(),
    }
    code = _CONFINED.format(attack="    " + attack)
    with secret.open("rb") as file, launch.start(task, SMALL, how, file, code) as process:
        out, _ = process.communicate(timeout=60)
    assert secret.read_text() == "the name of a witness"
    assert sorted(path.name for path in folder.iterdir()) == ["secret"]
    return out


@pytest.mark.parametrize("how", WALLS)
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_attack_is_held(how: Confinement, attack: str, tmp_path: Path, listener: int) -> None:
    assert b"BREACHED" not in _run(attack, how, tmp_path, listener)


@pytest.mark.parametrize("how", WALLS)
def test_endless_loop_ends(how: Confinement, tmp_path: Path) -> None:
    started = time.monotonic()
    assert _run("while True: pass", how, tmp_path) == b""
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("how", WALLS)
def test_confined_reader_can_still_work(how: Confinement, tmp_path: Path) -> None:
    assert _run("assert os.read(0, 100) == b'the name of a witness'", how, tmp_path) == b"BREACHED"
    path = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])
    case = read_case_file(path, ReadingSettings(confinement=how, require_confinement=True))
    assert "Dwight Hollister" in case.text


@pytest.mark.parametrize(
    "attack", [ATTACKS["reading outside"], ATTACKS["thread"], ATTACKS["unix socket"]]
)
def test_attacks_would_work_without_walls(attack: str, tmp_path: Path) -> None:
    limits_only = _run(attack, Confinement.LIMITS_ONLY, tmp_path)
    assert limits_only == b"BREACHED" or "thread" in attack.lower()


def test_starting_is_quick(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])
    read_case_file(path)
    started = time.monotonic()
    read_case_file(path)
    assert time.monotonic() - started < 1.5


class TestNoWalls:
    """Where nothing works the server refuses, and nobody is told it is safe."""

    @pytest.fixture(autouse=True)
    def _nothing_works(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        launch.works.cache_clear()
        monkeypatch.setattr(bubblewrap, "program", lambda: None)
        monkeypatch.setattr(inside, "landlock_version", lambda: 0)
        yield
        launch.works.cache_clear()

    def test_required(self, tmp_path: Path) -> None:
        path = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])
        with pytest.raises(SandboxUnavailableError):
            read_case_file(path, ReadingSettings(require_confinement=True))

    def test_asked_for_by_name(self) -> None:
        with pytest.raises(SandboxUnavailableError):
            launch.strongest(Confinement.BUBBLEWRAP, required=False)

    def test_not_required_is_said(self, tmp_path: Path) -> None:
        path = casefiles.pdf(tmp_path / "a.pdf", [casefiles.STATEMENT])
        case = read_case_file(path)
        assert "Dwight" in case.text
        assert any("confinement" in problem for problem in case.problems)


def test_without_libseccomp_nothing_counts_as_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    launch.works.cache_clear()
    monkeypatch.setattr(calls, "compiled", lambda: None)
    assert not launch.works(Confinement.LANDLOCK)
    launch.works.cache_clear()


def _settings(how: Confinement) -> ReadingSettings:
    limits = Limits(address_space=1024 * MEBI, cpu_seconds=3, wall_seconds=30)
    return ReadingSettings(confinement=how, limits=limits)


@pytest.fixture(scope="module")
def bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return casefiles.flate_bomb(tmp_path_factory.mktemp("bomb") / "bomb.pdf", 700)


@pytest.mark.parametrize("how", WALLS)
def test_flate_bomb(how: Confinement, bomb: Path) -> None:
    assert bomb.stat().st_size < 100_000
    with pytest.raises((SandboxError, DamagedInputError, OversizedInputError)):
        read_case_file(bomb, _settings(how))


def test_bomb_costs_its_own_page_only(tmp_path: Path, bomb: Path) -> None:
    import pikepdf

    path = tmp_path / "packet.pdf"
    good = casefiles.pdf(tmp_path / "good.pdf", [casefiles.STATEMENT] * 3)
    with pikepdf.open(good) as packet, pikepdf.open(bomb) as hostile:
        packet.pages.insert(1, hostile.pages[0])
        packet.save(path)
    case = read_case_file(path, _settings(Confinement.AUTO))
    assert len(case.pages) == 4
    assert case.text.count("Dwight Hollister") == 3
    assert case.problems == ("Page 2 could not be read.",)


def test_forms_fanning_out(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /XObject << /F 5 0 R >> /Font << /A 30 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/F Do\nendstream",
    ]
    for number in range(5, 29):
        inner = b"/F Do /F Do" if number < 28 else b"BT /A 9 Tf (x) Tj ET"
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject <<"
            b" /F %d 0 R >> /Font << /A 30 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
            % (number + 1, len(inner), inner)
        )
    objects += [b"null", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    path = casefiles.raw_pdf(tmp_path / "fan.pdf", objects)
    with pytest.raises((SandboxError, DamagedInputError, OversizedInputError)):
        read_case_file(path, _settings(Confinement.AUTO))


def test_too_many_pages(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "a.pdf", [["x"]] * 30)
    with pytest.raises(OversizedInputError):
        read_case_file(path, ReadingSettings(limits=Limits(pages=20)))


def test_too_many_bytes(tmp_path: Path) -> None:
    path = casefiles.pdf(tmp_path / "a.pdf", [["x"]])
    with pytest.raises(OversizedInputError):
        read_case_file(path, ReadingSettings(limits=Limits(file_bytes=100)))


def test_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * MEBI)
    with pytest.raises((OversizedInputError, ReaderMemoryError)):
        read_case_file(path)


def test_page_of_a_million_points_is_drawn_small(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000000 792] /Contents 4 0 R >>",
        b"<< /Length 3 >>\nstream\nq Q\nendstream",
    ]
    path = casefiles.raw_pdf(tmp_path / "wide.pdf", objects)
    case = read_case_file(path)
    assert len(case.pages) == 1


# What a reader that was taken over might say.
_PAGE = {
    "number": 1, "width": 612.0, "height": 792.0, "texts": ["a"], "boxes": [0, 0, 100, 100],
    "fields": [], "raster": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2},
        {"number": True},
        {"number": None},
        {"width": 0},
        {"width": 1e9},
        {"width": float("nan")},
        {"height": "tall"},
        {"texts": "abc"},
        {"texts": ["a", "b"]},
        {"texts": [1]},
        {"boxes": [0, 0, 100, 1.5]},
        {"boxes": [0, 0, 100, 10**13]},
        {"boxes": [0, 0, 100, True]},
        {"fields": [["a"]]},
        {"fields": [["a", 1]]},
        {"fields": "ab"},
        {"raster": [10**6, 10**6, 1]},
        {"raster": [10, 10, 4]},
        {"raster": [10, -10, 1]},
        {"raster": [10, 10]},
        {"turn": 45},
        {"squares": [0, 0, 100]},
    ],
)
def test_lies_are_refused(change: dict[str, object]) -> None:
    payload = json.dumps({**_PAGE, **change}).encode()
    with pytest.raises(ReaderCrashedError):
        checked.page(b"P", payload, 1, Limits())


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"null"])
def test_garbage_is_refused(payload: bytes) -> None:
    with pytest.raises(ReaderCrashedError):
        checked.page(b"P", payload, 1, Limits())


def test_words_are_cleaned_and_boxes_cut_to_the_page() -> None:
    change = {"texts": ["a\x00\x1b[31m b", "\u202e", "ok"], "boxes": [-5, -5, 9**9, 9**9] * 3}
    page = checked.page(b"P", json.dumps({**_PAGE, **change}).encode(), 1, Limits())
    assert page.texts == ("a[31mb", "ok")
    assert page.boxes == ((0.0, 0.0, 612.0, 792.0),) * 2


def test_pixels_must_be_as_many_as_announced() -> None:
    page = checked.page(b"P", json.dumps({**_PAGE, "raster": [4, 4, 1]}).encode(), 1, Limits())
    with pytest.raises(ReaderCrashedError):
        page.with_pixels(b"\x00" * 15)


class TestBadReaders:
    """Readers that stall, babble or die are told apart, and none is left running."""

    def _read(self, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = launch.start
        started: list[subprocess.Popen[bytes]] = []

        def start(*arguments: object) -> subprocess.Popen[bytes]:
            process = real(*arguments, code)  # type: ignore[arg-type]
            started.append(process)
            return process

        path = casefiles.pdf(tmp_path / "a.pdf", [["x"]])
        how = launch.strongest(Confinement.AUTO, required=False)
        monkeypatch.setattr(client.launch, "start", start)
        limits = Limits(wall_seconds=1.5)
        settings = ReadingSettings(confinement=how, limits=limits)
        try:
            read_case_file(path, settings)
        finally:
            assert all(process.poll() is not None for process in started)

    def test_silence(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ReaderTimeoutError):
            self._read("import time; time.sleep(60)", tmp_path, monkeypatch)

    def test_half_a_message(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = "import os; os.write(1, b'P\\0\\0\\0\\xff{')"
        with pytest.raises(ReaderCrashedError):
            self._read(code, tmp_path, monkeypatch)

    def test_too_long_a_message(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = "import os; os.write(1, b'P\\xff\\xff\\xff\\xff{')"
        with pytest.raises(ReaderCrashedError):
            self._read(code, tmp_path, monkeypatch)

    def test_death(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ReaderCrashedError):
            self._read("import os; os.abort()", tmp_path, monkeypatch)

    def test_unheard_of_letter(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = "import os; os.write(1, b'Z\\0\\0\\0\\x02{}')"
        with pytest.raises(ReaderCrashedError):
            self._read(code, tmp_path, monkeypatch)

    def test_pages_before_opening(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        code = "import os; os.write(1, b'X\\0\\0\\0\\x02{}')"
        with pytest.raises(ReaderCrashedError):
            self._read(code, tmp_path, monkeypatch)
