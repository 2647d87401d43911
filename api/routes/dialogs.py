"""The forms of decisions that need more than a click; each is a fragment put in a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.permissions import MayReview
from api.rendering import render
from api.site import Here, Site
from api.views.pages import words_of
from api.views.quotes import Files
from api.views.review import readable
from api.views.vocabulary import VOCABULARY
from extractor.documents.words import Word
from extractor.errors import NotFoundError
from haven.review.model import Finding, ReviewState

router = APIRouter(prefix="/cases/{case_id}")


@dataclass(frozen=True, slots=True)
class SelectedWords:
    """Words that were selected on a page: the document and their range in its text."""

    document: str
    start: int
    end: int

    def text(self, words: Sequence[Word]) -> str:
        """The words themselves."""
        return " ".join(w.text for w in words if w.start < self.end and w.end > self.start)


Selection = Annotated[SelectedWords, Depends()]


@router.get("/findings/{key}/{what}")
def decision_dialog(
    request: Request, site: Here, user: MayReview, case_id: str, key: str, what: str
) -> Response:
    """The form to correct, merge or split a finding."""
    if what not in {"correct", "merge", "split"}:
        raise NotFoundError("There is no such form.")
    state = site.haven.review.state(case_id, by=user.id)
    files = Files.of(readable(site, case_id, by=user.id))
    values = {"state": state, "finding": _finding(state, key), "files": files, **VOCABULARY}
    return render(request, f"parts/{what}.html", values)


@router.get("/add")
def add_dialog(
    request: Request, site: Here, user: MayReview, case_id: str, words: Selection
) -> Response:
    """The form to add somebody shown by the words selected; the address holds no words."""
    state = site.haven.review.state(case_id, by=user.id)
    sha256, quote = _selected(site, words, by=user.id)
    values = {"state": state, "sha256": sha256, "words": words, "quote": quote}
    return render(request, "parts/add.html", values | VOCABULARY)


def _finding(state: ReviewState, key: str) -> Finding:
    finding = state.finding(key)
    if finding is None:
        raise NotFoundError("There is no such finding any more.")
    return finding


def _selected(site: Site, chosen: SelectedWords, *, by: str) -> tuple[str, str]:
    document = site.haven.files.get(chosen.document, by=by)
    if document.reading is None:
        raise NotFoundError("This file has not been read.")
    for number in range(1, document.reading.pages + 1):
        stored = site.haven.extractions.page(document.reading.id, number, by=by)
        if stored.page.start <= chosen.start < stored.page.end:
            return document.sha256, chosen.text(words_of(stored))
    raise NotFoundError("There are no such words in this file.")
