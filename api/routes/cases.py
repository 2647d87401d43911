"""Case list, new case, case page, progress of its files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from starlette.responses import RedirectResponse, Response

from api.jobs.keeping import ensure_read, read_again
from api.permissions import MayRead, MayUpload
from api.rendering import render
from api.site import Here, Site
from api.uploads import Sent, keep, sorted_out
from api.views.cases import CaseForm, case_form, document_rows
from api.views.progress import progress_of
from api.views.searching import found_by
from extractor.errors import NotFoundError
from extractor.record import FormName
from haven.views import CaseStatus

router = APIRouter()
SAMPLE = Path(__file__).parents[1] / "sample" / "sample-case-file.pdf"

Text = Annotated[str, Form()]


@router.get("/")
def case_list(request: Request, site: Here, user: MayRead, status: str = "") -> Response:
    """The newest cases."""
    chosen = CaseStatus(status) if status in list(CaseStatus) else None
    cases = site.haven.cases.browse(by=user.id, status=chosen)
    values = {"cases": cases, "subjects": (), "status": chosen, "sought": None}
    return render(request, "cases.html", {**values, "statuses": list(CaseStatus)})


@router.post("/search")
def search(request: Request, site: Here, user: MayRead, sought: Text = "") -> Response:
    """Cases by receipt number or petitioner, confirmed traffickers by name or identifier.

    All of it exactly, as the index is blind; sent as a form to stay out of addresses.
    """
    found = found_by(site, sought, by=user.id)
    values = {"cases": found.cases, "subjects": found.subjects, "status": None, "sought": sought}
    return render(request, "cases.html", {**values, "statuses": list(CaseStatus)})


@router.get("/cases/new")
def new_case(request: Request, user: MayUpload) -> Response:
    """The form of a new case."""
    del user
    values = {"forms": list(FormName), "has_sample": SAMPLE.exists()}
    return render(request, "new_case.html", values)


@router.post("/cases")
def create_case(
    request: Request,
    site: Here,
    user: MayUpload,
    form: Annotated[CaseForm, case_form],
    files: list[UploadFile] | None = None,
) -> Response:
    """Open the case, keep its files, queue their reading; answers at once.

    No case is left behind when every file is refused.
    """
    sent = sorted_out(files or [])
    if sent.refused and not sent.good:
        return _after_sending(request, sent, None)
    return _after_sending(request, sent, form.open_with(site, sent, by=user.id))


@router.post("/sample")
def sample_case(site: Here, user: MayUpload) -> Response:
    """A new case with the sample file."""
    if not SAMPLE.exists():
        raise NotFoundError("There is no sample case file.")
    case = site.haven.cases.create(by=user.id)
    with SAMPLE.open("rb") as file:
        sample = UploadFile(file, size=SAMPLE.stat().st_size, filename=SAMPLE.name)
        keep(site, case.id, sorted_out([sample]), by=user.id)
    return RedirectResponse(f"/cases/{case.id}", status_code=303)


@router.get("/cases/{case_id}")
def case_page(request: Request, site: Here, user: MayRead, case_id: str) -> Response:
    """The case, its files and how far their reading is."""
    case = site.haven.cases.get(case_id, by=user.id)
    documents = site.haven.files.of_case(case_id, by=user.id)
    for document in documents:
        ensure_read(site.haven, site.queue, document, by=user.id)
    rows = document_rows(site, case_id, documents)
    return render(request, "case.html", {"case": case, "rows": rows})


@router.post("/cases/{case_id}/files")
def add_files(
    request: Request, site: Here, user: MayUpload, case_id: str, files: list[UploadFile]
) -> Response:
    """More files for a case."""
    sent = sorted_out(files)
    keep(site, case_id, sent, by=user.id)
    return _after_sending(request, sent, case_id)


@router.post("/documents/{document_id}/read")
def read_document_again(site: Here, user: MayUpload, document_id: str) -> Response:
    """Another attempt at a file that could not be read."""
    document = site.haven.files.get(document_id, by=user.id)
    read_again(site.haven, site.queue, document, by=user.id)
    return RedirectResponse(f"/cases/{document.case_id}", status_code=303)


@router.get("/jobs/{job_id}")
def job_progress(request: Request, site: Here, user: MayRead, job_id: str) -> Response:
    """The progress bar of one job, asked for every second until it ends."""
    del user
    return _progress(request, site, job_id)


def _after_sending(request: Request, sent: Sent, case_id: str | None) -> Response:
    """On to the case; first what was refused, in the answer itself: an address holds no names."""
    if not sent.refused:
        return RedirectResponse(f"/cases/{case_id}", status_code=303)
    page = "parts/refused.html" if request.headers.get("hx-request") else "refused.html"
    status = 200 if sent.good else sent.refused[0].error.http_status
    return render(request, page, {"sent": sent, "case_id": case_id}, status=status)


def _progress(request: Request, site: Site, job_id: str) -> Response:
    progress = progress_of(site.haven.jobs.get(job_id), site.queue)
    answer = render(request, "parts/progress.html", {"progress": progress})
    if progress.ended:
        answer.headers["HX-Refresh"] = "true"
    return answer
