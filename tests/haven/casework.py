"""Short ways to do in a test what a reviewer does on a page."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.record import Record
from haven import Haven
from haven.review import Accept, Decision, Finding, ReviewState
from haven.views import Confirmation
from tests.haven import records

REVIEWER = "reviewer-1"


@dataclass
class Casework:
    """One case with one document, and a reviewer at work on it."""

    haven: Haven
    case_id: str
    document_id: str

    @property
    def state(self) -> ReviewState:
        return self.haven.review.state(self.case_id, by=REVIEWER)

    def named(self, name: str) -> Finding:
        return next(f for f in self.state.findings if f.name == name)

    def decide(self, decision: Decision) -> ReviewState:
        version = self.state.version
        return self.haven.review.decide(
            self.case_id, decision, by=REVIEWER, expected_version=version
        )

    def accept_all(self) -> None:
        for finding in self.state.findings:
            self.decide(Accept(finding=finding.key))

    def confirm(self, unread_files: int = 0) -> Confirmation:
        version = self.state.version
        return self.haven.review.confirm(
            self.case_id, by=REVIEWER, expected_version=version, unread_files=unread_files
        )

    def add_unread(self, content: bytes) -> str:
        """Another file of the case, of which the reading failed."""
        document = self.haven.files.add(
            self.case_id, content, filename="f.pdf", media_type="application/pdf", by=REVIEWER
        )
        self.haven.extractions.fail(document.id, "D204", by="system:test")
        return document.id

    def extract(self, record: Record) -> None:
        words = [[["word", 1, 2]] for _ in record.pages]
        self.haven.extractions.save(self.document_id, record, words, by="system:test")


def open_case(haven: Haven, record: Record | None = None) -> Casework:
    """A case with an uploaded and extracted statement."""
    case = haven.cases.create(
        receipt_number="EAC-15-900-00001", petitioner="Analyn Reyes", by=REVIEWER
    )
    document = haven.files.add(
        case.id,
        records.CONTENT,
        filename="Reyes statement.pdf",
        media_type="application/pdf",
        by=REVIEWER,
    )
    casework = Casework(haven, case.id, document.id)
    casework.extract(records.record() if record is None else record)
    return casework
