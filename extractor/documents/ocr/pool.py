"""Long-lived OCR workers, one for each core, shared by everything in this process."""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

import extractor
from extractor.documents.checked import Raster, clean_word
from extractor.documents.ocr import tesseract
from extractor.documents.ocr.reading import OcrPage, OcrWord
from extractor.documents.ocr.worker import LENGTH, receive
from extractor.documents.settings import Engines
from extractor.errors import ReaderCrashedError

_MODULE = "extractor.documents.ocr.worker"
_PAGES = 60
"""Pages that one worker reads: the engines keep memory for every new shape of a line (a worker
grew from 1.1 to 1.5 GiB over 40 pages of all sizes, to 2 over 125), and loading them anew costs
two seconds."""


class _Worker:
    """One worker process and the pipe to it."""

    def __init__(self, engines: Engines) -> None:
        threads = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        root = str(Path(extractor.__file__).resolve().parent.parent)
        self._process = subprocess.Popen(
            [sys.executable, "-m", _MODULE, engines.value],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **threads, "PYTHONPATH": root},
        )
        self.pages = 0

    def read(self, raster: Raster, dpi: int) -> OcrPage:
        """Hand over a page and wait for its words."""
        self.pages += 1
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ReaderCrashedError("The OCR worker has no pipe.")
        size = {"width": raster.width, "height": raster.height, "channels": raster.channels}
        header = json.dumps({**size, "dpi": dpi}).encode()
        try:
            stdin.write(LENGTH.pack(len(header)) + header)
            stdin.write(raster.pixels)
            stdin.flush()
            answer = receive(stdout)
        except (OSError, EOFError):
            answer = None
        if answer is None:
            raise ReaderCrashedError("The OCR worker died over a page.")
        return _page(json.loads(answer))

    def end(self) -> None:
        """Let the worker go."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


def _page(answer: dict[str, object]) -> OcrPage:
    words, rules, pictures = (answer.pop(name) for name in ("words", "rules", "pictures"))
    kept = [OcrWord(clean_word(w[0]), tuple(w[1]), *w[2:]) for w in words]  # type: ignore[attr-defined]
    return OcrPage(
        words=tuple(word for word in kept if word.text),
        rules=tuple(tuple(rule) for rule in rules),  # type: ignore[attr-defined]
        pictures=tuple(tuple(picture) for picture in pictures),  # type: ignore[attr-defined]
        **answer,  # type: ignore[arg-type]
    )


class OcrPool:
    """Workers that start when the first page comes and stay for the next ones."""

    def __init__(self, engines: Engines, size: int) -> None:
        if engines is not Engines.RAPIDOCR:
            tesseract.require()
        self._engines = engines
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="ocr")
        atexit.register(self.close)

    def submit(self, raster: Raster, dpi: int) -> Future[OcrPage]:
        """The reading of a page, to be waited for."""
        return self._threads.submit(self._read, raster, dpi)

    def _read(self, raster: Raster, dpi: int) -> OcrPage:
        worker = self._take()
        try:
            page = worker.read(raster, dpi)
        except BaseException:
            self._drop(worker)
            raise
        if worker.pages < _PAGES:
            self._idle.put(worker)
        else:
            self._drop(worker)
        return page

    def _take(self) -> _Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            worker = _Worker(self._engines)
            with self._lock:
                self._all.add(worker)
            return worker

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()

    def close(self) -> None:
        """End every worker."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            workers, self._all = self._all, set()
        for worker in workers:
            worker.end()


@cache
def shared(engines: Engines, size: int) -> OcrPool:
    """The workers of this process."""
    return OcrPool(engines, size)
