"""Who gets in, what a stranger's page can do, and what headers and logs give away."""

from __future__ import annotations

import datetime
import logging

import pytest
from fastapi.testclient import TestClient

from api.headers import CONTENT_SECURITY_POLICY
from api.signin.current import COOKIE, csrf_token
from api.signin.link import local_user, sign_in_path
from api.site import Site
from haven.views import UserRole

HTML = {"Accept": "text/html"}
BEHIND_SIGN_IN = [
    "/",
    "/cases/new",
    "/audit",
    "/cases/x",
    "/cases/x/review",
    "/cases/x/record.json",
]


@pytest.mark.parametrize("path", BEHIND_SIGN_IN)
def test_a_stranger_is_sent_to_sign_in(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path, headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in"


def test_a_stranger_gets_401_from_the_api(stranger: TestClient) -> None:
    answer = stranger.get("/api/v1/cases")
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "D601"


def test_a_link_works_once(stranger: TestClient, site: Site) -> None:
    path = sign_in_path(site.haven, site.settings)
    answer = stranger.get(path)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/", headers=HTML).status_code == 200
    stranger.cookies.clear()
    again = stranger.get(path)
    assert again.status_code == 401
    assert "set-cookie" not in again.headers


def test_signing_out_ends_the_session_on_the_server(client: TestClient) -> None:
    token = client.cookies[COOKIE]
    assert client.post("/sign-out").status_code == 303
    client.cookies.set(COOKIE, token)
    assert client.get("/api/v1/cases").status_code == 401


def test_a_session_that_is_too_old_is_over(stranger: TestClient, site: Site) -> None:
    user = local_user(site.haven)
    token = site.haven.people.start_session(user.id, lifetime=datetime.timedelta(seconds=-1))
    stranger.cookies.set(COOKIE, token)
    assert stranger.get("/api/v1/cases").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_change_from_another_page_is_refused(
    client: TestClient, site: Site, headers: dict[str, str]
) -> None:
    answer = client.post("/cases", data={"receipt_number": "EAC1590000009"}, headers=headers)
    assert answer.status_code == 403
    assert site.haven.cases.browse(by="test") == []


def test_a_form_without_script_shows_its_token_in_a_field(client: TestClient) -> None:
    token = client.headers.pop("X-CSRF-Token")
    refused = client.post("/cases", data={"petitioner": "A"})
    assert refused.status_code == 403
    answer = client.post("/cases", data={"petitioner": "A", "csrf_token": token})
    assert answer.status_code == 303


def test_a_program_with_a_bearer_token_needs_no_page(stranger: TestClient, site: Site) -> None:
    token = site.haven.people.start_session(local_user(site.haven).id)
    bearer = {"Authorization": f"Bearer {token}"}
    assert stranger.post("/api/v1/cases", json={}, headers=bearer).status_code == 201


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (UserRole.AUDITOR, "/api/v1/cases", 403),
        (UserRole.AUDITOR, "/audit", 200),
        (UserRole.ADJUDICATOR, "/audit", 403),
        (UserRole.ADJUDICATOR, "/api/v1/cases", 200),
        (UserRole.ADMINISTRATOR, "/api/v1/cases", 403),
        (UserRole.OPERATOR, "/api/v1/cases", 403),
    ],
)
def test_roles_open_only_their_doors(
    stranger: TestClient, site: Site, role: UserRole, path: str, status: int
) -> None:
    user = site.haven.people.add(name="U", email="u@example.org", roles={role}, by="test")
    stranger.cookies.set(COOKIE, site.haven.people.start_session(user.id))
    assert stranger.get(path).status_code == status


def test_headers_keep_case_material_in(client: TestClient) -> None:
    answer = client.get("/", headers=HTML)
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-frame-options"] == "DENY"
    assert client.get("/static/site.css").headers["cache-control"] == "public, no-cache"


def test_the_log_holds_neither_queries_nor_what_was_sent(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.get("/?status=SECRETVALUE", headers=HTML)
    client.post("/search", data={"sought": "SECRETVALUE"})
    client.post("/cases/x/decisions", data={"version": "SECRETVALUE"})
    said = " ".join(
        record.getMessage() for record in caplog.records if record.name.startswith("declarant")
    )
    assert "/search" in said
    assert "SECRETVALUE" not in said


def test_an_unexpected_error_tells_nothing(
    client: TestClient,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("the name of a person")

    monkeypatch.setattr(site.haven.cases, "browse", fail)
    answer = client.get("/", headers=HTML)
    assert answer.status_code == 500
    assert "D000" in answer.text
    assert "the name" not in answer.text
    assert "RuntimeError" in caplog.text


def test_the_token_of_a_page_does_not_open_the_session() -> None:
    assert csrf_token("a") != csrf_token("b")
    assert "a" * 20 not in csrf_token("a" * 20)
