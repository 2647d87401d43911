"""Files that were not read: confirmed only knowingly; an earlier reading goes on standing."""

from __future__ import annotations

import pytest

from extractor.errors import UnreadFilesError
from haven import Haven
from haven.views import CaseStatus
from tests.haven import records
from tests.haven.casework import REVIEWER, open_case


def test_unread_files_are_confirmed_only_knowingly(haven: Haven) -> None:
    work = open_case(haven)
    work.add_unread(b"one")
    work.accept_all()
    before = work.state
    assert before.unread_files == 1
    for said in (0, 2):
        with pytest.raises(UnreadFilesError) as refused:
            work.confirm(said)
        assert refused.value.code == "D505"
    assert work.state == before, "the refusal loses nothing"
    assert haven.subjects.of_case(work.case_id, by=REVIEWER) == []
    confirmed = work.confirm(1)
    done, *refusals = [
        (entry.outcome, entry.object_id, entry.facts)
        for entry in haven.audit.entries(by=REVIEWER, case_id=work.case_id)
        if entry.action == "CONFIRMED"
    ]
    assert done == ("DONE", confirmed.id, {"unread_files": 1})
    assert [facts for _, _, facts in refusals] == [{"code": "D505"}] * 2
    exported = haven.review.export(work.case_id, by=REVIEWER)
    assert exported["confirmation"]["unread_files"] == 1


def test_a_file_that_fails_after_the_tick_is_told_of_first(haven: Haven) -> None:
    work = open_case(haven)
    work.add_unread(b"one")
    work.accept_all()
    work.add_unread(b"two")
    with pytest.raises(UnreadFilesError):
        work.confirm(1)
    assert haven.cases.get(work.case_id, by=REVIEWER).status is CaseStatus.IN_REVIEW
    work.confirm(2)


def test_the_last_good_reading_stands_when_a_newer_one_fails(haven: Haven) -> None:
    work = open_case(haven)
    work.extract(records.record(version="2"))
    good = haven.files.get(work.document_id, by=REVIEWER)
    assert not good.outdated
    haven.extractions.fail(work.document_id, "D304", by="system:test")
    after = haven.files.get(work.document_id, by=REVIEWER)
    assert after.outdated
    assert after.extraction is not None
    assert (after.reading, after.extraction.reason) == (good.reading, "D304")
    assert work.state.unread_files == 0
