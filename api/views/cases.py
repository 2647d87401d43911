"""The forms and lists of the case pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form

from api.site import Site
from api.uploads import Sent, keep
from api.views.progress import Progress, progress_of
from extractor.record import FormName
from haven.views import DocumentSummary, Job

__all__ = ["CaseForm", "DocumentRow", "case_form", "document_rows"]


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What is known of a case when it is opened."""

    receipt_number: str | None
    form: FormName | None
    petitioner: str | None

    def open_with(self, site: Site, sent: Sent, *, by: str) -> str:
        """Open the case with the good ones of its files."""
        case = site.haven.cases.create(
            receipt_number=self.receipt_number, form=self.form, petitioner=self.petitioner, by=by
        )
        if sent.good:
            keep(site, case.id, sent, by=by)
        return case.id


def _case_form(
    receipt_number: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "",
    petitioner: Annotated[str, Form()] = "",
) -> CaseForm:
    return CaseForm(
        receipt_number=receipt_number.strip().upper() or None,
        form=FormName(form) if form in list(FormName) else None,
        petitioner=petitioner.strip() or None,
    )


case_form = Depends(_case_form)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A file of a case and how far its reading is."""

    document: DocumentSummary
    progress: Progress | None


def document_rows(
    site: Site, case_id: str, documents: Sequence[DocumentSummary]
) -> list[DocumentRow]:
    """The files of a case, each with the progress of its latest job."""
    jobs: dict[str | None, Job] = {job.document_id: job for job in site.haven.jobs.of_case(case_id)}
    return [_row(site, document, jobs.get(document.id)) for document in documents]


def _row(site: Site, document: DocumentSummary, job: Job | None) -> DocumentRow:
    return DocumentRow(document, progress_of(job, site.queue) if job else None)
