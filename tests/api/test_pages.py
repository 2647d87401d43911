"""The pages over a real store: upload, review, confirm."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.jobs.queue import Stage, Step
from api.site import Site
from haven.views import CaseStatus, JobState
from tests.api.conftest import InlineQueue
from tests.api.packets import packet

HTML = {"Accept": "text/html"}


def upload(client: TestClient, content: bytes = b"", name: str = "case.pdf") -> str:
    """The id of a new case with one file."""
    sent = {"files": (name, content or packet(), "application/octet-stream")}
    answer = client.post("/cases", data={"receipt_number": "eac1590000001"}, files=sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


def decide(client: TestClient, case_id: str, version: int, **values: object) -> int:
    """Make a decision as the page does; the version after it."""
    answer = client.post(
        f"/cases/{case_id}/decisions",
        data={"version": version, **values},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200, answer.text
    found = re.search(r'data-version="(\d+)"', answer.text)
    assert found
    return int(found.group(1))


def test_a_file_goes_from_upload_to_the_confirmed_record(client: TestClient, site: Site) -> None:
    case_id = upload(client)
    assert "EAC1590000001" in client.get("/", headers=HTML).text
    page = client.get(f"/cases/{case_id}", headers=HTML).text
    assert "2 pages" in page
    assert "8 U.S.C. 1367" in page
    review = client.get(f"/cases/{case_id}/review", headers=HTML).text
    assert "Victor Salcedo" in review
    assert review.count('class="word') > 50
    assert all(f"<summary>{fact}" in review for fact in ("Without inspection", "Labor or services"))
    for finding in site.haven.review.state(case_id, by="test").findings:
        state = site.haven.review.state(case_id, by="test")
        decide(client, case_id, state.version, kind="ACCEPT", finding=finding.key)
    state = site.haven.review.state(case_id, by="test")
    answer = client.post(f"/cases/{case_id}/confirm", data={"version": state.version})
    assert answer.headers["location"] == f"/cases/{case_id}/record"
    record = client.get(f"/cases/{case_id}/record", headers=HTML).text
    assert "Elvira Montes" in record
    assert all(f"<summary>{fact}" in record for fact in ("Without inspection", "Labor or services"))
    told = record[record.index('<dl class="told">') :]
    assert "<mark>" in told[: told.index("</dl>")]
    assert "hx-get" not in told
    exported = client.get(f"/cases/{case_id}/record.json")
    assert "attachment" in exported.headers["content-disposition"]
    assert "Rafael Montes" in exported.text
    assert site.haven.cases.get(case_id, by="test").status is CaseStatus.CONFIRMED


def test_files_that_were_never_read_are_named(client: TestClient, site: Site) -> None:
    case_id = upload(client, name="first.pdf")
    (document,) = site.haven.files.of_case(case_id, by="test")
    site.haven.extractions.fail(document.id, "D304", by="test")
    review, record = f"/cases/{case_id}/review", f"/cases/{case_id}/record"
    assert "could not be read" not in client.get(review, headers=HTML).text
    other = site.haven.files.add(
        case_id, b"%PDF-1.7", filename="second.pdf", media_type="application/pdf", by="test"
    )
    site.haven.extractions.fail(other.id, "D304", by="test")
    page = client.get(review, headers=HTML).text
    assert "1 file of this case could not be read" in page
    assert "second.pdf" in page
    assert client.get(record, headers=HTML).status_code == 200


def test_unread_files_are_ticked_before_the_case_is_confirmed(
    client: TestClient, site: Site
) -> None:
    case_id = upload(client)
    other = site.haven.files.add(
        case_id, b"%PDF-1.7", filename="second.pdf", media_type="application/pdf", by="test"
    )
    site.haven.extractions.fail(other.id, "D304", by="test")
    for finding in site.haven.review.state(case_id, by="test").findings:
        version = site.haven.review.state(case_id, by="test").version
        decide(client, case_id, version, kind="ACCEPT", finding=finding.key)
    sent = {"version": site.haven.review.state(case_id, by="test").version}
    refused = client.post(f"/cases/{case_id}/confirm", data=sent, headers=HTML)
    assert (refused.status_code, "D505" in refused.text) == (409, True)
    assert "second.pdf" not in refused.text
    panel = client.get(f"/cases/{case_id}/panel").text
    assert re.search(r'name="unread_files" value="1" required', panel)
    assert "I know that 1 file was not read" in panel
    through_the_api = {"expected_version": sent["version"], "unread_files": 2}
    answer = client.post(f"/api/v1/cases/{case_id}/confirm", json=through_the_api)
    assert answer.json()["error"]["code"] == "D505"
    done = client.post(f"/cases/{case_id}/confirm", data={**sent, "unread_files": 1})
    assert done.headers["location"] == f"/cases/{case_id}/record"
    assert "knowing that 1 file was not read" in client.get("/audit", headers=HTML).text


def test_every_decision_can_be_made_and_undone(client: TestClient, site: Site) -> None:
    case_id = upload(client)

    def findings() -> dict[str, str]:
        state = site.haven.review.state(case_id, by="test")
        return {finding.name: finding.key for finding in state.findings}

    def version() -> int:
        return site.haven.review.state(case_id, by="test").version

    names = findings()
    decide(
        client,
        case_id,
        version(),
        kind="CORRECT",
        finding=names["Victor Salcedo"],
        name="Víctor Salcedo",
        aliases="Don Víctor",
        roles=["EXPLOITER", "HARBORER"],
        means=["WAGE_WITHHOLDING", "CONFINEMENT"],
        identifier=["0"],
        relationship="employer",
        new_type="EMAIL",
        new_value="v@example.org",
    )
    state = site.haven.review.state(case_id, by="test")
    victor = next(f for f in state.findings if f.name == "Víctor Salcedo")
    assert {role.role for role in victor.roles} == {"EXPLOITER", "HARBORER"}
    assert "Don Víctor" in victor.aliases
    assert {i.value for i in victor.identifiers} == {"(775) 555-0142", "v@example.org"}
    assert victor.relationship_to_declarant == "employer"

    names = findings()
    decide(
        client,
        case_id,
        version(),
        kind="MERGE",
        finding=names["Elvira Montes"],
        other=names["Mrs. Montes"],
    )
    assert "Mrs. Montes" not in findings()
    decide(
        client,
        case_id,
        version(),
        kind="SPLIT",
        finding=findings()["Elvira Montes"],
        name="Somebody Else",
        mention=["0"],
    )
    assert "Somebody Else" in findings()
    document = site.haven.files.of_case(case_id, by="test")[0]
    assert document.extraction is not None
    text = site.haven.extractions.record(document.extraction.id, by="test").text
    start = text.index("Chato")
    form = client.get(
        f"/cases/{case_id}/add",
        params={"document": document.id, "start": start, "end": start + 5},
    )
    assert 'value="Chato"' in form.text
    decide(
        client,
        case_id,
        version(),
        kind="ADD",
        document=document.sha256,
        start=start,
        end=start + 5,
        name="Chato",
        type="PERSON",
        roles="ENFORCER",
        means="THREATS",
    )
    assert "Chato" in findings()
    last = site.haven.review.state(case_id, by="test").decisions[-1]
    decide(client, case_id, version(), kind="UNDO", decision=last.id)
    assert "Chato" not in findings()


def test_an_outdated_decision_is_refused_and_changes_nothing(
    client: TestClient, site: Site
) -> None:
    case_id = upload(client)
    state = site.haven.review.state(case_id, by="test")
    first, second = state.findings[0].key, state.findings[1].key
    decide(client, case_id, state.version, kind="ACCEPT", finding=first)
    answer = client.post(
        f"/cases/{case_id}/decisions",
        data={"version": state.version, "kind": "REJECT", "finding": second},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 409
    assert "D502" in answer.text
    assert "<html" not in answer.text
    assert site.haven.review.state(case_id, by="test").undecided() == len(state.findings) - 1


def test_a_case_with_somebody_undecided_is_not_confirmed(client: TestClient, site: Site) -> None:
    case_id = upload(client)
    version = site.haven.review.state(case_id, by="test").version
    answer = client.post(f"/cases/{case_id}/confirm", data={"version": version}, headers=HTML)
    assert answer.status_code == 409
    assert "<h1>That did not work</h1>" in answer.text


def test_dialogs_show_what_is_known(client: TestClient, site: Site) -> None:
    case_id = upload(client)
    finding = site.haven.review.state(case_id, by="test").findings[0]
    for what in ("correct", "merge", "split"):
        answer = client.get(f"/cases/{case_id}/findings/{finding.key}/{what}")
        assert answer.status_code == 200, answer.text
        assert finding.name in answer.text
    assert client.get(f"/cases/{case_id}/findings/{finding.key}/delete").status_code == 404
    assert client.get(f"/cases/{case_id}/findings/nobody/merge").status_code == 404


def test_page_images_are_drawn_and_their_reading_is_audited(client: TestClient, site: Site) -> None:
    case_id = upload(client)
    document = site.haven.files.of_case(case_id, by="test")[0]
    base = f"/cases/{case_id}/documents/{document.id}/pages"
    image = client.get(f"{base}/2/image.png")
    assert image.content.startswith(b"\x89PNG")
    assert image.headers["cache-control"] == "no-store"
    for number in (-1, 3, 10**30):
        assert client.get(f"{base}/{number}").status_code == 404
    other = site.haven.cases.create(by="test")
    stray = f"/cases/{other.id}/documents/{document.id}/pages/1"
    assert client.get(stray).status_code == 404
    actions = {entry.action for entry in site.haven.audit.entries(by="test", case_id=case_id)}
    assert "PAGE_IMAGE_READ" in actions


def test_search_finds_a_receipt_number_without_an_address_that_holds_it(
    client: TestClient,
) -> None:
    upload(client)
    answer = client.post("/search", data={"sought": "EAC1590000001"}, headers=HTML)
    assert "/cases/" in answer.text
    assert "EAC1590000001" not in str(answer.url)


def test_progress_is_shown_until_the_job_ends(
    client: TestClient, queue: InlineQueue, site: Site
) -> None:
    queue.hold = True
    case_id = upload(client)
    job = site.haven.jobs.of_case(case_id)[0]
    waiting = client.get(f"/jobs/{job.id}")
    assert "hx-trigger" in waiting.text
    site.haven.jobs.run(job.id)
    assert "Reading the pages" in client.get(f"/jobs/{job.id}").text
    queue.at = Step(Stage.READING, 3, 40)
    shown = client.get(f"/jobs/{job.id}").text
    assert "3 of 40 pages read" in shown
    assert 'value="14"' in shown
    site.haven.jobs.fail(job.id, "D203")
    ended = client.get(f"/jobs/{job.id}")
    assert "D203" in ended.text
    assert ended.headers["HX-Refresh"] == "true"
    queue.hold = False
    client.post(f"/documents/{job.document_id}/read")
    assert site.haven.jobs.get(job.id).state is JobState.DONE


@pytest.mark.parametrize("path", ["/audit", "/cases/new", "/?status=OPEN", "/?status=none"])
def test_plain_pages_answer(client: TestClient, path: str) -> None:
    upload(client)
    assert client.get(path, headers=HTML).status_code == 200
