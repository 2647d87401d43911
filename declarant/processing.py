"""`declarant process` and `declarant schema`: files in, records out."""

from __future__ import annotations

import errno
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from extractor.errors import DeclarantError, DiskFullError, UsageError
from extractor.record import Record

__all__ = ["inputs_below", "register"]

_Outcome = tuple[str | None, str | None]
"""A record as JSON, or one line that says why there is none."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(process)
    app.command()(schema)


def schema() -> None:
    """Print the JSON Schema of the record."""
    typer.echo(json.dumps(Record.model_json_schema(), indent=1))


def process(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="INPUT...", help="Files or folders, read recursively.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder for one JSON file each; else JSON lines on stdout.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Files read at the same time.")] = 1,
) -> None:
    """Read case files and write one record each.

    Exit status 0: every input has a record; 1: some failed, each named with its reason on
    standard error; 2: the call itself is wrong.
    """
    files = inputs_below(inputs)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    os.environ.setdefault("DECLARANT_THREADS", str(max(1, cores // jobs)))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    names = _names(files)
    failed = 0
    for path, name, (record, reason) in zip(files, names, _outcomes(files, jobs), strict=True):
        problem = reason or _delivered(record or "", out, name)
        if problem:
            failed += 1
            sys.stderr.write(f"{path}: {problem}\n")
    raise typer.Exit(1 if failed else 0)


def inputs_below(inputs: list[Path]) -> list[Path]:
    """Every file that the inputs name, folders recursively, hidden files left out.

    Raises:
        UsageError: an input does not exist, or a folder holds no file.
    """
    files: list[Path] = []
    for path in inputs:
        if not path.exists():
            raise UsageError(f"{path} does not exist.")
        files += [path] if not path.is_dir() else sorted(_visible(path))
    if not files:
        raise UsageError("The folder holds no file.")
    return files


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _names(files: list[Path]) -> list[str]:
    """Output names; files of one name in several folders are numbered, so none is lost."""
    seen: dict[str, int] = {}
    names = []
    for path in files:
        seen[path.name] = seen.get(path.name, 0) + 1
        count = seen[path.name]
        names.append(f"{path.name}.json" if count == 1 else f"{path.name}.{count}.json")
    return names


def _outcomes(files: list[Path], jobs: int) -> Iterator[_Outcome]:
    """Outcomes in input order, with progress on a terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("Reading", total=len(files))
        for outcome in _run(files, jobs):
            progress.advance(task)
            yield outcome


def _run(files: list[Path], jobs: int) -> Iterator[_Outcome]:
    if jobs == 1 or len(files) == 1:
        yield from map(_outcome, files)
        return
    workers = min(jobs, len(files))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_outcome, files)


def _outcome(path: Path) -> _Outcome:
    from extractor.pipeline import process as run  # noqa: PLC0415 - `schema` needs no model

    try:
        return run(path).record.model_dump_json(), None
    except DeclarantError as error:
        return None, error.line()
    except OSError as error:
        return None, _os_reason(error)


def _os_reason(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError("The disk is full.").line()
    return f"D400 {os.strerror(error.errno) if error.errno else 'The file cannot be read'}."


def _delivered(record: str, out: Path | None, name: str) -> str | None:
    """Write one record whole or not at all; the reason if it could not be."""
    try:
        if out is None:
            sys.stdout.write(record + "\n")
            sys.stdout.flush()
        else:
            _write_whole(out / name, record)
    except OSError as error:
        return _os_reason(error)
    return None


def _write_whole(target: Path, content: str) -> None:
    descriptor, scratch = tempfile.mkstemp(dir=target.parent, prefix=".declarant-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(content + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        Path(scratch).replace(target)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
