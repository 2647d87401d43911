"""Cases, files, extractions, users and jobs, on both back-ends."""

from __future__ import annotations

import datetime
import io
import threading

import pytest

from extractor.errors import ConflictError, EmptyInputError, NotFoundError, UsageError
from extractor.record import FormName, ModelVersion
from haven import Haven
from haven.views import CaseStatus, ExtractionStatus, JobKind, JobState, UserRole
from tests.haven import records
from tests.haven.casework import open_case

HOUR = datetime.timedelta(hours=1)
UNKNOWN = "0" * 32


def test_case_keeps_and_changes_its_facts(haven: Haven) -> None:
    case = haven.cases.create(receipt_number="EAC1590000001", form=FormName.I_914, by="u")
    assert (case.status, case.review_version, case.documents) == (CaseStatus.OPEN, 0, 0)
    changed = haven.cases.update(case.id, petitioner="Analyn Reyes", by="u")
    assert changed.receipt_number == "EAC1590000001"
    assert haven.cases.get(case.id, by="u").petitioner == "Analyn Reyes"
    assert [found.id for found in haven.cases.search("analyn  REYES", by="u")] == [case.id]
    haven.cases.update(case.id, petitioner="Analyn Cruz", by="u")
    assert haven.cases.search("Analyn Reyes", by="u") == []


def test_cases_are_found_however_the_receipt_is_written(haven: Haven) -> None:
    case = haven.cases.create(receipt_number="EAC-15-900-00001", by="u")
    assert [found.id for found in haven.cases.search("eac1590000001", by="u")] == [case.id]


def test_cases_are_browsed_newest_first_and_by_status(haven: Haven) -> None:
    ids = [haven.cases.create(by="u").id for _ in range(5)]
    first = haven.cases.browse(by="u", limit=3)
    rest = haven.cases.browse(by="u", limit=3, before=first[-1].created_at)
    assert [case.id for case in (*first, *rest)] == ids[::-1]
    assert haven.cases.browse(by="u", status=CaseStatus.CONFIRMED) == []


def test_cases_are_assigned_to_users_that_exist(haven: Haven) -> None:
    user = haven.people.add(name="Pat Doe", email="Pat@x.gov", roles=[UserRole.ADJUDICATOR], by="s")
    case = haven.cases.create(by="u")
    haven.cases.assign(case.id, user.id, by="u")
    assert [c.id for c in haven.cases.browse(by="u", assignee=user.id)] == [case.id]
    with pytest.raises(NotFoundError):
        haven.cases.assign(case.id, UNKNOWN, by="u")


def test_notes_are_kept_in_order(haven: Haven) -> None:
    case = haven.cases.create(by="u")
    haven.cases.add_note(case.id, "The uncle is said to have been paid.", by="u")
    haven.cases.add_note(case.id, "Asked for the passport copy.", by="v")
    notes = haven.cases.notes(case.id, by="u")
    assert [(note.author, note.text[:5]) for note in notes] == [("u", "The u"), ("v", "Asked")]


def test_file_comes_back_byte_for_byte(haven: Haven) -> None:
    case = haven.cases.create(by="u")
    content = bytes(range(256)) * 40_000  # more than two chunks
    document = haven.files.add(
        case.id, io.BytesIO(content), filename="b.bin", media_type="x/y", by="u"
    )
    assert (document.bytes, document.extraction) == (len(content), None)
    assert haven.files.content(document.id, by="u") == content
    with haven.files.plain_copy(document.id, by="u") as path:
        assert path.read_bytes() == content
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
    assert not path.exists()


def test_same_file_twice_is_one_document_of_a_case(haven: Haven) -> None:
    cases = [haven.cases.create(by="u") for _ in range(2)]
    added = [
        haven.files.add(case.id, b"same", filename=name, media_type="text/plain", by="u").id
        for case in cases
        for name in ("a.txt", "b.txt")
    ]
    assert added[0] == added[1] != added[2] == added[3]
    assert len(haven.files.of_case(cases[0].id, by="u")) == 1


def test_empty_file_is_refused(haven: Haven) -> None:
    case = haven.cases.create(by="u")
    with pytest.raises(EmptyInputError):
        haven.files.add(case.id, b"", filename="e.txt", media_type="text/plain", by="u")


def test_extractions_stand_side_by_side(haven: Haven) -> None:
    work = open_case(haven)
    work.extract(records.record([records.RAMON], version="2"))
    history = haven.extractions.history(work.document_id, by="u")
    assert [(e.version, e.findings, e.pages) for e in history] == [(2, 1, 1), (1, 2, 1)]
    assert haven.extractions.record(history[1].id, by="u") == records.record()
    page = haven.extractions.page(history[0].id, 1, by="u")
    assert page.words == [["word", 1, 2]]
    assert page.page == records.record().pages[0]
    with pytest.raises(NotFoundError):
        haven.extractions.page(history[0].id, 2, by="u")


def test_failed_extraction_leaves_the_last_good_one_in_review(haven: Haven) -> None:
    work = open_case(haven)
    failed = haven.extractions.fail(work.document_id, "D302", by="system:job")
    assert (failed.status, failed.reason, failed.version) == (ExtractionStatus.FAILED, "D302", 2)
    assert haven.files.get(work.document_id, by="u").extraction == failed
    assert len(work.state.findings) == 2
    with pytest.raises(NotFoundError):
        haven.extractions.record(failed.id, by="u")


def test_documents_of_another_model_are_outdated(haven: Haven) -> None:
    work = open_case(haven)
    unread = haven.files.add(
        work.case_id, b"more", filename="m.txt", media_type="text/plain", by="u"
    )
    same, newer = (ModelVersion(name="declarant-test", version=v) for v in "12")
    assert haven.extractions.outdated(same) == [unread.id]
    assert haven.extractions.outdated(newer) == [work.document_id, unread.id]


def test_words_must_fit_the_pages(haven: Haven) -> None:
    work = open_case(haven)
    with pytest.raises(UsageError):
        haven.extractions.save(work.document_id, records.record(), [[], []], by="u")


def test_sign_in_link_works_once(haven: Haven) -> None:
    user = haven.people.add(name="Pat Doe", email="pat@x.gov", roles=[UserRole.AUDITOR], by="s")
    token = haven.people.make_link(user.id, by="s")
    assert haven.people.redeem_link(token) == user
    for bad in (token, "unknown", haven.people.make_link(user.id, by="s", lifetime=-HOUR)):
        with pytest.raises(NotFoundError):
            haven.people.redeem_link(bad)


def test_sessions_end(haven: Haven) -> None:
    user = haven.people.add(
        name="Pat", email="p@x.gov", roles=[UserRole.ADMINISTRATOR], by="s", identity=("iss", "sub")
    )
    assert haven.people.by_identity("iss", "sub") == haven.people.by_email(" P@X.gov ") == user
    first, second, third = (haven.people.start_session(user.id) for _ in range(3))
    late = haven.people.start_session(user.id, lifetime=-HOUR)
    assert haven.people.session(first) == user
    assert haven.people.session(late) is None
    haven.people.end_session(first)
    assert haven.people.session(first) is None
    haven.people.end_sessions(user.id, by=user.id)
    assert haven.people.session(second) is None
    fourth = haven.people.start_session(user.id)
    haven.people.change(user.id, active=False, by="s")
    assert haven.people.session(third) is None
    assert haven.people.session(fourth) is None
    with pytest.raises(NotFoundError):
        haven.people.start_session(user.id)


def test_two_users_cannot_share_an_address(haven: Haven) -> None:
    haven.people.add(name="A", email="a@x.gov", roles=[], by="s")
    with pytest.raises(ConflictError):
        haven.people.add(name="B", email="A@x.gov", roles=[], by="s")
    assert [user.name for user in haven.people.everybody()] == ["A"]


def test_job_ends_in_exactly_one_state(haven: Haven) -> None:
    job = haven.jobs.start(JobKind.UPLOAD, by="u")
    haven.jobs.run(job.id)
    assert haven.jobs.done(job.id).state is JobState.DONE
    for move in (haven.jobs.run, haven.jobs.done, haven.jobs.requeue):
        with pytest.raises(ConflictError):
            move(job.id)
    with pytest.raises(ConflictError):
        haven.jobs.fail(job.id, "D204")


def test_backfill_is_resumed_not_repeated(haven: Haven) -> None:
    def start(path: str) -> str:
        return haven.jobs.start(JobKind.BACKFILL, by="s", batch_id="2026-1", source_path=path).id

    jobs = [start(f"/cases/{n}.pdf") for n in range(3)]
    assert [start(f"/cases/{n}.pdf") for n in range(3)] == jobs
    haven.jobs.run(jobs[0])
    haven.jobs.fail(jobs[0], "D204")
    haven.jobs.run(jobs[1])
    assert haven.jobs.progress("2026-1") == {
        JobState.QUEUED: 1,
        JobState.RUNNING: 1,
        JobState.DONE: 0,
        JobState.FAILED: 1,
    }
    assert [job.id for job in haven.jobs.of_batch("2026-1", JobState.FAILED)] == [jobs[0]]
    assert haven.jobs.requeue(jobs[0]).attempt == 2
    assert [job.id for job in haven.jobs.stale(-HOUR)] == [jobs[1]]
    haven.jobs.beat(jobs[1])
    assert haven.jobs.stale(HOUR) == []


def test_two_workers_never_both_finish_a_job(haven: Haven) -> None:
    job = haven.jobs.start(JobKind.UPLOAD, by="u")
    haven.jobs.run(job.id)
    won: list[str] = []

    def finish(name: str) -> None:
        try:
            haven.jobs.done(job.id)
        except ConflictError:
            return
        won.append(name)

    workers = [threading.Thread(target=finish, args=(str(n),)) for n in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(won) == 1
