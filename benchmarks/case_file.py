"""Seconds and peak memory from file to record: `python -m benchmarks.case_file`.

Every run is a process of its own, cold: interpreter, libraries, weights, OCR and all.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measured import spread
from benchmarks.memory import PeakMemory

SAMPLE = Path(__file__).parents[1] / "api" / "sample" / "sample-case-file.pdf"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.case_file", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--weights", type=Path, help="other weights than those that ship")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.once:
        print(json.dumps(_processed(options.file, options.weights)))
    else:
        print(json.dumps(_measured(options), indent=2))
    return 0


def _processed(file: Path, weights: Path | None) -> dict[str, float]:
    """One run, in the process that is measured."""
    from extractor.documents.reading import read_case_file  # noqa: PLC0415 - part of the run
    from extractor.pipeline import process, record_of  # noqa: PLC0415
    from models.runtime import Runtime  # noqa: PLC0415

    start = time.perf_counter()
    if weights is None:
        record = process(file).record
    else:
        record = record_of(read_case_file(file), Runtime(weights))
    return {
        "seconds": time.perf_counter() - start,
        "pages": len(record.pages),
        "alleged_traffickers": len(record.alleged_traffickers),
    }


def _measured(options: argparse.Namespace) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.case_file", "--once", str(options.file)]
    if options.weights is not None:
        command += ["--weights", str(options.weights)]
    runs = [_run(command) for _ in range(options.runs)]
    return {
        "file": options.file.name,
        "pages": runs[0]["pages"],
        "alleged_traffickers": runs[0]["alleged_traffickers"],
        "runs": options.runs,
        "cpus": len(os.sched_getaffinity(0)),
        "whole_process_seconds": spread([run["whole"] for run in runs]),
        "file_to_record_seconds": spread([run["seconds"] for run in runs]),
        "peak_memory_mib": spread([run["mib"] for run in runs], 0),
    }


def _run(command: list[str]) -> dict[str, float]:
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    memory = PeakMemory(child.pid)
    memory.start()
    output, _ = child.communicate()
    whole = time.perf_counter() - start
    mib = memory.stop()
    if child.returncode != 0:
        raise SystemExit(f"the run ended with status {child.returncode}")
    run: dict[str, float] = json.loads(output)
    return {**run, "whole": whole, "mib": mib}


if __name__ == "__main__":
    sys.exit(main())
