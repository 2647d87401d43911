"""Everything done to case material is told, in order, and nobody can quietly untell it."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from extractor.errors import NotFoundError
from haven import Haven, Settings
from haven.audit import Action, Outcome
from tests.databases import raw
from tests.haven.casework import REVIEWER, open_case

READS = {
    Action.CASE_READ: lambda h, c, d, e: h.cases.get(c, by="reader"),
    Action.NOTES_READ: lambda h, c, d, e: h.cases.notes(c, by="reader"),
    Action.DOCUMENT_READ: lambda h, c, d, e: h.files.get(d, by="reader"),
    Action.DOCUMENT_DOWNLOADED: lambda h, c, d, e: h.files.content(d, by="reader"),
    Action.PAGE_IMAGE_READ: lambda h, c, d, e: h.files.image_read(d, 1, by="reader"),
    Action.EXTRACTION_READ: lambda h, c, d, e: h.extractions.latest(d, by="reader"),
    Action.RECORD_READ: lambda h, c, d, e: h.extractions.record(e, by="reader"),
    Action.PAGE_READ: lambda h, c, d, e: h.extractions.page(e, 1, by="reader"),
    Action.REVIEW_READ: lambda h, c, d, e: h.review.state(c, by="reader"),
    Action.RECORD_DOWNLOADED: lambda h, c, d, e: h.review.export(c, by="reader"),
    Action.SUBJECTS_READ: lambda h, c, d, e: h.subjects.of_case(c, by="reader"),
}


@pytest.mark.parametrize("action", list(READS))
def test_every_read_is_told(haven: Haven, action: Action) -> None:
    work = open_case(haven)
    work.accept_all()
    work.confirm()
    extraction = haven.extractions.latest(work.document_id, by=REVIEWER)
    READS[action](haven, work.case_id, work.document_id, extraction.id)
    entry = haven.audit.entries(by="auditor", actor="reader")[0]
    assert (entry.action, entry.outcome, entry.case_id) == (action, Outcome.DONE, work.case_id)


def test_refused_reads_are_told_without_what_was_asked(haven: Haven) -> None:
    for asked in ("0" * 32, "Ramon Dela Cruz"):
        with pytest.raises(NotFoundError):
            haven.cases.get(asked, by="reader")
    told = haven.audit.entries(by="auditor", actor="reader")
    assert [entry.object_id for entry in told] == ["invalid", "0" * 32]
    assert {entry.outcome for entry in told} == {Outcome.REFUSED}
    assert told[0].facts == {"code": "D501"}


def test_log_holds_no_content(haven: Haven, settings: Settings) -> None:
    work = open_case(haven)
    work.accept_all()
    work.confirm()
    haven.subjects.search("Ramon Dela Cruz", by=REVIEWER)
    haven.audit.note(Action.PERMISSION_DENIED, by="x", facts={"why": "Ramon Dela Cruz asked"})
    with raw(settings) as connection:
        rows = str(connection.execute(text("SELECT * FROM audit_entry")).all())
    for word in ("Ramon", "Reyes", "EAC", "statement"):
        assert word not in rows


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE audit_entry SET actor = 'somebody' WHERE number = 3",
        "UPDATE audit_entry SET outcome = 'REFUSED' WHERE number = 3",
        "DELETE FROM audit_entry WHERE number = 3",
        "UPDATE audit_entry SET number = 99 WHERE number = 3",
    ],
)
def test_forgery_breaks_the_chain(haven: Haven, settings: Settings, forgery: str) -> None:
    open_case(haven)
    open_case(haven)
    assert haven.audit.verify().ok
    _past_the_triggers(settings, forgery)
    report = haven.audit.verify()
    assert (report.ok, report.first_bad) == (False, 3)


def test_cut_tail_shows_against_an_earlier_report(haven: Haven, settings: Settings) -> None:
    open_case(haven)
    earlier = haven.audit.verify()
    assert haven.audit.verify(earlier).ok
    _past_the_triggers(settings, f"DELETE FROM audit_entry WHERE number = {earlier.entries}")
    assert haven.audit.verify().ok  # by itself a shorter chain is a whole one
    assert not haven.audit.verify(earlier).ok


def test_chain_holds_under_many_writers(haven: Haven) -> None:
    def work() -> None:
        for _ in range(5):
            haven.cases.create(by="u")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report = haven.audit.verify()
    assert (report.ok, report.entries) == (True, 20)


def test_entries_are_paged(haven: Haven) -> None:
    for _ in range(4):
        haven.cases.create(by="u")
    first = haven.audit.entries(by="a", actor="u", limit=3)
    rest = haven.audit.entries(by="a", actor="u", limit=3, before=first[-1].number)
    assert [entry.number for entry in (*first, *rest)] == [4, 3, 2, 1]


def _past_the_triggers(settings: Settings, statement: str) -> None:
    """What only somebody with the whole database in hand can do."""
    with raw(settings) as connection:
        if settings.embedded:
            connection.execute(text("DROP TRIGGER audit_entry_no_update"))
            connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER audit_entry_append_only ON audit_entry"))
        connection.execute(text(statement))
