"""A real server process for tests that kill it or look at it with a browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`declarant serve` with a home and a reader of the test's choice."""

    home: Path
    reader: str = "tests.api.packets:read_document"
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    clients: list[httpx.Client] = field(default_factory=list)

    def start(self) -> str:
        """Start it; the address of the sign-in link it prints."""
        self.log = (self.home.parent / "server.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "declarant.main", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=os.environ
            | {
                "DECLARANT_HOME": str(self.home),
                "DECLARANT_READER": self.reader,
                "DECLARANT_WORKERS": "1",
                "PYTHONUNBUFFERED": "1",
            }
            | self.environment,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        link = self._link()
        self._wait()
        return link

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self._end()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._end()

    def _end(self) -> None:
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self.log.close()
        while self.clients:
            self.clients.pop().close()

    def client(self, link: str) -> httpx.Client:
        """A signed-in client."""
        client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)
        self.clients.append(client)
        client.get(link).raise_for_status()
        client.headers["X-CSRF-Token"] = client.get("/api/v1/session").json()["csrf_token"]
        return client

    def _link(self) -> str:
        assert self.process.stdout
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                return found.group()
        raise AssertionError((self.home.parent / "server.log").read_text())

    def _wait(self) -> None:
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport) as client:
            client.get(f"http://127.0.0.1:{self.port}/sign-in").raise_for_status()
