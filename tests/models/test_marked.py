"""The hand-written corpus: marks are taken out exactly, and wrong ones are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.validate import main, warnings_of
from extractor.record import EntityType, MentionKind, RelationType, RoleName
from models.corpora.annotated import AnnotatedText
from models.corpora.marked import MarkError, parse_marked, read_marked_folder, read_part

HEADER = "id: t\nauthor: t\nscenario: s\nkind: DECLARATION\n---\n"
CORPUS = Path(__file__).parents[2] / "annotations" / "corpus"


def parsed(text: str, entities: str = "d PERSON DECLARANT") -> AnnotatedText:
    return parse_marked(f"{HEADER}{text}\n---\n{entities}\n", "t.txt")


def test_marks_nest_and_leave_the_text_as_it_was_written() -> None:
    annotated = parsed(
        "[I|d] met [[my|d] uncle|u] [Luis|u] in [Quito|LOC:q].",
        "d PERSON DECLARANT\nu PER RECRUITER / DEBT\nRESIDES_AT u q",
    )
    assert annotated.text == "I met my uncle Luis in Quito."
    found = {(annotated.surface(m), m.entity, m.kind.value) for m in annotated.mentions}
    assert found == {
        ("I", "d", "PRO"),
        ("my", "d", "PRO"),
        ("my uncle", "u", "NOM"),
        ("Luis", "u", "NAM"),
        ("Quito", "q", "NAM"),
    }
    assert annotated.entities["u"].roles == {RoleName.RECRUITER}
    assert annotated.relations[0].type is RelationType.RESIDES_AT


def test_equal_words_of_a_bare_type_are_one_entity() -> None:
    annotated = parsed("[I|d] left in [May 2019|DATE]; yes, [may  2019|DATE].")
    dates = [e for e in annotated.entities.values() if e.type is EntityType.DATE]
    assert len(dates) == 1


def test_escaped_brackets_stand_for_themselves() -> None:
    assert parsed(r"[I|d] wrote \[sic\] a\|b").text == "I wrote [sic] a|b"


def test_kind_can_be_overridden() -> None:
    annotated = parsed("[PETITIONER|d/NOM] came.")
    assert annotated.mentions[0].kind is MentionKind.NOM


@pytest.mark.parametrize(
    ("text", "entities", "says"),
    [
        ("[I|d", "d PERSON DECLARANT", "stray"),
        ("I|d]", "d PERSON DECLARANT", "never opened"),
        ("[I|x]", "d PERSON DECLARANT", "not declared"),
        ("[I|d]", "d PERSON DECLARANT\ne PERSON OTHER", "no mention"),
        ("[I|d]", "d PERSON BOSS", "BOSS"),
        ("[I|d]", "d PERSON DECLARANT / DEBT", "means"),
        ("[I|d] [Quito|LOC:q]", "d PERSON DECLARANT\nBORN_ON d q", "not allowed"),
        ("[I|d] [Ana|a]", "d PERSON DECLARANT\na PERSON OTHER\nFAMILY_OF d a", "subtype"),
        ("[I|d] [Ana|a]", "d PERSON DECLARANT\nd PERSON OTHER\na PERSON OTHER", "twice"),
    ],
)
def test_wrong_marks_are_named(text: str, entities: str, says: str) -> None:
    with pytest.raises(MarkError, match=says):
        parsed(text, entities)


@given(st.text(alphabet=st.characters(blacklist_characters="\r", codec="utf-8"), min_size=1))
def test_any_escaped_text_comes_back_whole(words: str) -> None:
    body = f"x{words}x"
    escaped = body.replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")
    escaped = escaped.replace("|", r"\|")
    lines = escaped.splitlines() or [""]
    if any(line.strip() == "---" for line in lines):
        return
    annotated = parsed(f"[I|d] {escaped}")
    assert annotated.text == f"I {body}"


def test_validator_names_what_was_forgotten() -> None:
    annotated = parsed("[I|d] told [Ana|a] that she owed $300 in 2019. Ana left.",
                       "d PERSON DECLARANT\na PERSON EXPLOITER")  # fmt: skip
    warnings = "\n".join(warnings_of(annotated))
    for forgotten in ("'she'", "'$300'", "'2019'", "'Ana'", "VICTIMIZED"):
        assert forgotten in warnings


def test_validator_fails_on_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("no parts", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "a.txt" in capsys.readouterr().out


def test_the_whole_corpus_is_valid_and_split_by_author() -> None:
    texts = {t.id: t for t in read_marked_folder(CORPUS)}
    assert len(texts) == len(list(CORPUS.rglob("*.txt")))
    split = [t for part in ("train", "dev", "test") for t in read_part(CORPUS, part)]
    assert sorted(t.id for t in split) == sorted(texts)
    assert len({t.id for t in split}) == len(split)
