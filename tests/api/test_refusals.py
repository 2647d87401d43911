"""Files that cannot be read: one clear line and the right status, on the page and in the API."""

from __future__ import annotations

import errno
import io
import re

import pikepdf
import pytest
from fastapi.testclient import TestClient

from api.site import Site
from tests.api.packets import packet

HTML = {"Accept": "text/html"}
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"


def send(client: TestClient, content: bytes, name: str = "file.pdf") -> tuple[int, str]:
    """Status and text of the API's answer to one file."""
    case_id = client.post("/api/v1/cases", json={}).json()["id"]
    sent = client.post(f"/api/v1/cases/{case_id}/files", files=[("files", (name, content))])
    return sent.status_code, sent.text


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 422, "D201"),
        (PROGRAM, 415, "D202"),
        (b"PK\x03\x04 an archive", 415, "D202"),
        (b"%PDF-1.7 " + b"x" * (3 * 1024 * 1024), 413, "D205"),
    ],
)
def test_a_file_that_is_none_is_refused_at_once(
    client: TestClient, site: Site, content: bytes, status: int, code: str
) -> None:
    got, text = send(client, content)
    assert (got, code in text) == (status, True)
    page = client.post("/cases", files=[("files", ("file.pdf", content))], headers=HTML)
    assert page.status_code == status
    assert page.text.count("usa-alert__text") == 1
    assert code in page.text
    assert len(site.haven.cases.browse(by="test")) == 1, "no case is left behind by the page"


SEVERAL = [
    ("files", ("good.pdf", packet())),
    ("files", ("empty <b>.pdf", b"")),
    ("files", ("program.pdf", PROGRAM)),
]


@pytest.mark.parametrize("headers", [HTML, {"HX-Request": "true"}])
def test_of_several_files_the_good_are_kept_and_the_others_named(
    client: TestClient, site: Site, headers: dict[str, str]
) -> None:
    answer = client.post("/cases", files=SEVERAL, headers=headers)
    assert answer.status_code == 200
    assert ("<html" in answer.text) is (headers is HTML)
    (case,) = site.haven.cases.browse(by="test")
    assert f'href="/cases/{case.id}"' in answer.text
    for name, code in (("empty &lt;b&gt;.pdf", "D201"), ("program.pdf", "D202")):
        assert re.search(
            rf"<strong>{re.escape(name)}</strong>:[^<]*<span[^>]*>\({code}\)", answer.text
        )
    kept = site.haven.files.of_case(case.id, by="test")
    assert [(document.filename, document.reading is not None) for document in kept] == [
        ("good.pdf", True)
    ]
    more = client.post(f"/cases/{case.id}/files", files=SEVERAL[1:], headers=headers)
    assert more.status_code == 422
    assert more.text.count("<li><strong>") == 2
    nothing = client.post("/cases", files=SEVERAL[1:], headers=headers)
    assert nothing.status_code == 422
    assert len(site.haven.cases.browse(by="test")) == 1, "no case is left behind"


def test_the_api_names_refused_files_after_those_kept(client: TestClient) -> None:
    case_id = client.post("/api/v1/cases", json={}).json()["id"]
    sent = client.post(f"/api/v1/cases/{case_id}/files", files=SEVERAL)
    assert sent.status_code == 202
    kept, empty, program = sent.json()
    assert kept["state"] == "DONE"
    assert (empty["filename"], empty["error"]["code"]) == ("empty <b>.pdf", "D201")
    assert program["error"]["code"] == "D202"


def test_a_body_of_unknown_length_is_cut_off(client: TestClient) -> None:
    def endless() -> object:
        for _ in range(40):
            yield b"x" * 100_000

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/cases", content=endless(), headers=kind)
    assert answer.status_code == 413


def test_an_encrypted_pdf_fails_with_its_reason(client: TestClient) -> None:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(packet())) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="o", user="u"))
    status, text = send(client, stream.getvalue())
    assert status == 202
    assert '"state":"FAILED"' in text
    assert "D203" in text
    assert "Remove the password" in text


def test_a_damaged_pdf_fails_with_its_reason(client: TestClient) -> None:
    status, text = send(client, b"%PDF-1.7\nthis is cut off")
    assert status == 202
    assert '"code":"D2' in text


def test_a_full_disk_is_507_and_leaves_nothing(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(site.haven.files, "add", full)
    status, text = send(client, packet())
    assert status == 507
    assert "D402" in text


def test_the_api_tells_of_missing_things_with_404(client: TestClient) -> None:
    for path in ("cases/0", "documents/0", "documents/0/record", "cases/0/review"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 404, path
        assert answer.json()["error"]["code"] == "D501"
    page = client.get("/cases/0", headers=HTML)
    assert page.status_code == 404
    assert "<h1>Not found</h1>" in page.text
