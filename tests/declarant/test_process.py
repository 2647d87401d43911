"""`declarant process` as the contract says: one record an input, one line a failure."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.record import Record

STATEMENT = (
    "I, Amparo Quintanilla, declare that José Barahona took my passport in May 2019 "
    "and made me work in his restaurant in Houston without pay."
)


def declarant(
    *arguments: str | Path, limit: int | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    def confine() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "declarant.main", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=confine,
        env={**os.environ, **environment},
    )


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "statement.txt"
    path.write_text(STATEMENT, encoding="utf-8")
    return path


def test_a_record_a_line_on_standard_output(statement: Path) -> None:
    done = declarant("process", statement)
    assert done.returncode == 0, done.stderr
    record = Record.model_validate_json(done.stdout)
    assert record.source.filename == "statement.txt"
    assert record.text.strip() == STATEMENT
    assert done.stderr == ""


def test_failures_are_named_and_the_others_still_written(statement: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "program.pdf").write_bytes(b"MZ" + bytes(range(256)) * 8)
    (folder / "good.txt").write_text(STATEMENT, encoding="utf-8")
    out = tmp_path / "out"
    done = declarant("process", folder, statement, "--out", out, "--jobs", "2")
    assert done.returncode == 1
    assert sorted(p.name for p in out.iterdir()) == ["good.txt.json", "statement.txt.json"]
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 2
    assert any("empty.pdf" in line and "D201" in line for line in lines)
    assert any("program.pdf" in line and "D202" in line for line in lines)
    assert STATEMENT[:20] not in done.stderr


def test_a_wrong_call_is_status_two(tmp_path: Path) -> None:
    assert declarant("process", tmp_path / "absent.pdf").returncode == 2
    assert declarant("process").returncode == 2
    assert declarant("process", tmp_path, "--jobs", "0").returncode == 2


def test_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(STATEMENT, encoding="utf-8")
    done = declarant("process", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_file_that_cannot_be_written_whole_is_not_written(
    statement: Path, tmp_path: Path
) -> None:
    if not Path("/dev/full").exists():
        pytest.fail("this test needs /dev/full")
    out = tmp_path / "out"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "declarant.main", "process", str(statement)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "D402" in done.stderr
    assert not out.exists()


def test_the_schema_is_json_and_names_the_contract() -> None:
    schema = json.loads(declarant("schema").stdout)
    assert {"entities", "relations", "alleged_traffickers", "pages"} <= set(schema["properties"])
