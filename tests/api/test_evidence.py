"""Evidence on the pages: quoted round what it is about, with its file, and marked on its page."""

from __future__ import annotations

import datetime
import re

from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.site import Site
from api.views.pages import Asked, view_page
from api.views.quotes import Files, pieces_of, quotes_of
from extractor.documents.words import PageWords, Word, words_to_json
from extractor.record import Page
from haven.review.model import Finding, FindingStatus, Passage, SeenMention
from haven.views import DocumentSummary, StoredPage
from tests.api.packets import packet
from tests.api.test_pages import HTML, decide, upload

LONG = "In the spring of that year, after many weeks of waiting for work that nobody gave us, "
REPORT = (
    f"""OFFICER'S REPORT

{LONG}
and after a telephone call of which the neighbors told us much later in the summer,
Rafael Montes was stopped near Sparks. The applicant was admitted on a B-2 visa.""",
)


def two_files(client: TestClient, site: Site) -> str:
    """A case with the declaration and an officer's report that names one of its people."""
    case_id = upload(client, name="declaration.pdf")
    sent = {"files": ("report-of-the-sheriff-of-washoe-county.pdf", packet(REPORT))}
    client.post(f"/cases/{case_id}/files", files=sent)
    assert len(site.haven.files.of_case(case_id, by="test")) == 2
    return case_id


@given(st.text(max_size=900), st.integers(0, 900), st.integers(1, 300))
def test_what_a_quote_is_about_is_never_cut_away(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    marked = [(start, end)] if start < end else []
    pieces = pieces_of(text, marked)
    assert [piece.text for piece in pieces if piece.marked] == [text[a:b] for a, b in marked]
    shown = "".join(piece.text for piece in pieces)
    inner = shown if text.startswith(shown) else shown.removeprefix("… ")
    assert inner in text or inner.removesuffix(" …") in text
    assert len(shown) <= max(600, end - start) + 4


def test_mentions_are_marked_in_words_that_go_on_over_a_page() -> None:
    text = "Ana saw Lan in the\n\nPage 1 of 2\n\nkitchen, then Lan T\n\nPage 2 of 3\nest left."
    shown = "Ana saw Lan in the\nkitchen, then Lan T\nest left."
    passage = Passage(document="d", start=0, end=len(text), quote=shown, text="t")
    places = [(8, 11, "Lan"), (text.index("Lan T"), len(text) - 6, "Lan T\nest"),
              (text.index("est"), len(text) - 6, "est")]  # fmt: skip
    mentions = [
        SeenMention(document="d", start=start, end=end, quote=quote, text="t")
        for start, end, quote in places
    ]
    (quote,) = quotes_of([passage], Files({"d": document()}), {}, mentions)
    marked = [piece.text for piece in quote.pieces if piece.marked]
    assert marked == ["Lan", "est"]
    assert "".join(piece.text for piece in quote.pieces) == shown


def test_evidence_that_goes_on_over_a_page_is_marked_on_both_without_the_foot_between() -> None:
    text = "Ana saw Lan\n\nPage 1 of 2\n\nTest in it."
    break_ = text.index("Test")
    words = [Word(m[0], (40.0 * m.start(), 9.0, 40.0 * m.end(), 20.0), m.start(), m.end(), None)
             for m in re.finditer(r"\S+", text)]  # fmt: skip
    quote = "Ana saw Lan\nTest in it."
    passage = Passage(document="d", start=0, end=len(text), page=1, quote=quote, text="t")
    mention = SeenMention(
        document="d", start=8, end=break_ + 4, page=1, quote="Lan\nTest", text="t",
        boxes=((320.0, 9.0, 440.0, 20.0),),
    )  # fmt: skip
    finding = Finding(key="k", name="Lan Test", mentions=(mention,), evidence=(passage,))
    marked = []
    for number, start, end in [(1, 0, break_), (2, break_, len(text))]:
        page = Page(
            number=number, start=start, end=end, text_source="digital", width=612, height=792
        )
        (stored,) = words_to_json(
            [PageWords(page, tuple(word for word in words if start <= word.start < end))]
        )
        view = view_page(document(), StoredPage(page, stored), Asked(number), [finding])
        marked.append(
            [text[round(x0 / 40) : round(x1 / 40)] for m in view.marks for x0, _, x1, _ in m.boxes]
        )
    assert marked == [["Ana saw Lan", "Lan"], ["Test in it.", "Test"]]


def document() -> DocumentSummary:
    now = datetime.datetime.now(datetime.UTC)
    return DocumentSummary("1", "1", "a.pdf", "application/pdf", "d", 1, "test", now, None, None)


def test_a_long_sentence_is_cut_on_the_side_that_says_less(client: TestClient, site: Site) -> None:
    review = client.get(f"/cases/{two_files(client, site)}/review", headers=HTML).text
    (quote,) = re.findall(r"<q>… [^<]*<mark>Rafael Montes</mark>[^<]*</q>", review)
    assert "OFFICER" not in quote
    assert len(re.sub("<.*?>", "", quote)) < 190


def test_every_page_number_names_its_file_where_there_are_several(
    client: TestClient, site: Site
) -> None:
    case_id = two_files(client, site)
    review = client.get(f"/cases/{case_id}/review", headers=HTML).text
    wheres = re.findall(r'class="quote__page"[^>]*>([^<]*)<', review)
    assert wheres
    assert {where.split(" of ")[-1] for where in wheres} == {
        "declaration.pdf",
        "report-of-the-…oe-county.pdf",
    }
    alone = client.get(f"/cases/{upload(client)}/review", headers=HTML).text
    assert set(re.findall(r'class="quote__page"[^>]*>([^<]*)<', alone)) <= {"p. 1", "p. 2"}


def test_the_words_of_a_case_fact_are_marked_on_their_page(client: TestClient, site: Site) -> None:
    review = client.get(f"/cases/{upload(client)}/review", headers=HTML).text
    facts = review[review.index('class="case-facts"') : review.index("review__columns")]
    address = re.findall(r'hx-get="([^"]*)"', facts)[0].replace("&amp;", "&")
    page = client.get(address).text
    boxes = re.findall(r'mark--sought" x="([\d.]+)" y="([\d.]+)"', page)
    assert boxes
    start, end = (int(n) for n in re.findall(r"=(\d+)", address))
    words = re.findall(r'y="([\d.]+)"[^>]*data-start="(\d+)" data-end="(\d+)"', page)
    lines = {y for y, first, last in words if int(first) < end and start < int(last)}
    assert len(boxes) == len(lines)
    assert "mark--sought" not in client.get(address.split("?")[0]).text


def test_what_files_contradict_each_other_about_is_all_shown(
    client: TestClient, site: Site
) -> None:
    review = client.get(f"/cases/{two_files(client, site)}/review", headers=HTML).text
    entry = review[review.index("<h3>Entry</h3>") : review.index("<h3>Trafficked for</h3>")]
    assert "The files contradict each other" in entry
    assert re.findall(r"<summary>([^<]*)<", entry) == [
        "Without inspection",
        "Inspected and admitted (B-2)",
    ]
    assert entry.count(" of declaration.pdf") and entry.count(" of report-of-the-…")


def test_one_person_in_two_files_is_merged_with_one_click(client: TestClient, site: Site) -> None:
    case_id = two_files(client, site)
    review = client.get(f"/cases/{case_id}/review", headers=HTML).text
    offers = re.findall(r'<form class="alike".*?</form>', review, re.DOTALL)
    assert len(offers) == 2, "one in the card of each of the two"
    assert all("Rafael Montes" in offer and "same name" in offer for offer in offers)
    assert len(site.haven.review.state(case_id, by="test").findings) == 6, "nothing merged itself"
    hidden = dict(re.findall(r'name="(version|finding|other)" value="(\w+)"', offers[0]))
    decide(client, case_id, int(hidden.pop("version")), kind="MERGE", **hidden)
    state = site.haven.review.state(case_id, by="test")
    assert [f.name for f in state.findings].count("Rafael Montes") == 1
    told = site.haven.audit.entries(by="test", case_id=case_id)
    assert {"kind": "MERGE"} in [entry.facts for entry in told if entry.action == "DECIDED"]


def test_two_persons_told_apart_are_not_proposed_again_unless_undone(
    client: TestClient, site: Site
) -> None:
    case_id = two_files(client, site)
    page = f"/cases/{case_id}/review"
    offer = re.findall(
        r'<form class="alike".*?</form>', client.get(page, headers=HTML).text, re.DOTALL
    )[0]
    assert "are two persons" in offer
    hidden = dict(re.findall(r'name="(version|finding|other)" value="(\w+)"', offer))
    decide(client, case_id, int(hidden.pop("version")), kind="KEEP_APART", **hidden)
    assert 'class="alike"' not in client.get(page, headers=HTML).text
    told = site.haven.audit.entries(by="test", case_id=case_id)
    assert {"kind": "KEEP_APART"} in [entry.facts for entry in told if entry.action == "DECIDED"]
    state = site.haven.review.state(case_id, by="test")
    assert not [f for f in state.findings if f.status is not FindingStatus.UNDECIDED]
    decide(client, case_id, state.version, kind="UNDO", decision=state.decisions[-1].id)
    assert client.get(page, headers=HTML).text.count('class="alike"') == 2


def test_the_pages_of_the_last_good_reading_stay(client: TestClient, site: Site) -> None:
    case_id = upload(client)
    (document,) = site.haven.files.of_case(case_id, by="test")
    site.haven.extractions.fail(document.id, "D304", by="test")
    review = client.get(f"/cases/{case_id}/review", headers=HTML).text
    assert "The newest reading of this file failed (D304)" in review
    assert review.count('class="word') > 50
    assert "not read" not in review[review.index('class="panel__confirm"') :]
    assert "2 pages" in client.get(f"/cases/{case_id}", headers=HTML).text


def test_a_confirmed_subject_is_found_and_leads_to_its_page(client: TestClient, site: Site) -> None:
    case_id = two_files(client, site)
    for finding in site.haven.review.state(case_id, by="test").findings:
        version = site.haven.review.state(case_id, by="test").version
        decide(client, case_id, version, kind="ACCEPT", finding=finding.key)
    version = site.haven.review.state(case_id, by="test").version
    for sought in ("Salcedo, Victor", "775-555-0142"):
        assert "/record" not in client.post("/search", data={"sought": sought}, headers=HTML).text
    client.post(f"/cases/{case_id}/confirm", data={"version": version})
    for sought in ("Salcedo, Victor", "775-555-0142"):
        found = client.post("/search", data={"sought": sought}, headers=HTML).text
        assert f"/cases/{case_id}/record" in found
        assert "Confirmed alleged traffickers" in found
    record = client.get(f"/cases/{case_id}/record", headers=HTML).text
    links = re.findall(r'href="([^"]*review\?document[^"]*)"[^>]*><span[^>]*>([^<]*)<', record)
    assert {where.split(" of ")[1] for _, where in links} >= {"declaration.pdf"}
    assert client.get(links[0][0].replace("&amp;", "&"), headers=HTML).status_code == 200
