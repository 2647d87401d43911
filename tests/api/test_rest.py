"""The JSON API from upload to the confirmed record."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from extractor.record import Record
from tests.api.packets import packet


def test_a_program_reviews_a_case(client: TestClient) -> None:
    case = client.post("/api/v1/cases", json={"receipt_number": "EAC1590000001", "form": "I-914"})
    case_id = case.json()["id"]
    sent = client.post(f"/api/v1/cases/{case_id}/files", files=[("files", ("a.pdf", packet()))])
    assert sent.status_code == 202
    document = sent.json()[0]
    assert document["state"] == "DONE"
    record = Record.model_validate(client.get(f"/api/v1/documents/{document['id']}/record").json())
    assert record.source.sha256 == document["sha256"]

    state: dict[str, Any] = client.get(f"/api/v1/cases/{case_id}/review").json()
    for finding in state["findings"]:
        decision = {"kind": "ACCEPT", "finding": finding["key"]}
        body = {"expected_version": state["version"], "decision": decision}
        state = client.post(f"/api/v1/cases/{case_id}/decisions", json=body).json()
    stale = client.post(f"/api/v1/cases/{case_id}/decisions", json=body)
    assert stale.status_code == 409
    confirmed = client.post(
        f"/api/v1/cases/{case_id}/confirm", json={"expected_version": state["version"]}
    )
    assert confirmed.status_code == 200
    assert "Victor Salcedo" in client.get(f"/api/v1/cases/{case_id}/confirmed").text
    assert client.get(f"/api/v1/cases/{case_id}").json()["status"] == "CONFIRMED"


def test_what_is_no_decision_is_refused_without_being_quoted(client: TestClient) -> None:
    case_id = client.post("/api/v1/cases", json={}).json()["id"]
    body = {"expected_version": 0, "decision": {"kind": "ACCEPT", "finding": 7, "who": "Rosa"}}
    answer = client.post(f"/api/v1/cases/{case_id}/decisions", json=body)
    assert answer.status_code == 400
    assert "Rosa" not in answer.text
    assert client.post("/api/v1/cases", json={"form": "Rosa"}).status_code == 422


def test_the_api_describes_itself(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/cases/{case_id}/files" in described["paths"]
    assert not [path for path in described["paths"] if not path.startswith("/api/")]
