"""Records built by hand: invented people, 555-01xx telephones."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.record import (
    AllegedTrafficker,
    Case,
    DocumentKind,
    Entity,
    EntityType,
    FormName,
    Means,
    MeansName,
    Mention,
    MentionKind,
    ModelVersion,
    Page,
    Record,
    Relation,
    RelationType,
    Role,
    RoleName,
    Section,
    Source,
    Span,
    TextSource,
)

TEXT = (
    "I, Analyn Reyes, declare. Ramon Dela Cruz recruited me in Iloilo and kept my passport. "
    "Tita Baby locked us in the house; Tita Baby fed us once a day. "
    "Ramon beat me. He called from (213) 555-0142. "
    "Golden Path Placement Agency was owned by Ramon Dela Cruz. "
    "Joy Santos worked with me. Officer Dana Whitfield of the Fresno Police helped us. "
    "The second driver, a man called Boy Negro, took us to Fresno."
)
CONTENT = b"%PDF-1.7 an invented file " * 400
SHA256 = hashlib.sha256(CONTENT).hexdigest()

RECRUITER, ENFORCER, HARBORER = RoleName.RECRUITER, RoleName.ENFORCER, RoleName.HARBORER


def spans(words: str, text: str = TEXT) -> list[Span]:
    """Every place where the words stand."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(start=at, end=at + len(words)))
        at = text.find(words, at + len(words))
    return found


def span(words: str, nth: int = 0, text: str = TEXT) -> Span:
    return spans(words, text)[nth]


@dataclass
class Draft:
    """A person as a model sees it: where its mentions are, and what it is said to have done."""

    name: str
    places: list[tuple[str, int]]
    roles: list[RoleName] = field(default_factory=lambda: [RECRUITER])
    means: list[MeansName] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    identifiers: dict[str, list[str]] = field(default_factory=dict)
    type: EntityType = EntityType.PERSON
    kind: MentionKind = MentionKind.NAM
    alleged: bool = True
    evidence: list[tuple[str, int]] = field(default_factory=list)


RAMON = Draft(
    "Ramon Dela Cruz",
    [("Ramon Dela Cruz", 0), ("Ramon beat", 0), ("Ramon Dela Cruz", 1)],
    [RECRUITER, ENFORCER],
    [MeansName.PHYSICAL_ABUSE, MeansName.DOCUMENT_CONFISCATION],
    ["Ramon"],
    {"PHONE": ["(213) 555-0142"]},
    evidence=[("Ramon beat me", 0)],
)
BABY = Draft("Tita Baby", [("Tita Baby", 0), ("Tita Baby", 1)], [HARBORER], [MeansName.CONFINEMENT])
AGENCY = Draft(
    "Golden Path Placement Agency",
    [("Golden Path Placement Agency", 0)],
    type=EntityType.ORGANIZATION,
)
JOY = Draft("Joy Santos", [("Joy Santos", 0)], [RoleName.VICTIM], alleged=False)
OFFICER = Draft(
    "Dana Whitfield", [("Dana Whitfield", 0)], [RoleName.LAW_ENFORCEMENT], alleged=False
)


def record(
    drafts: Sequence[Draft] = (RAMON, BABY),
    *,
    text: str = TEXT,
    version: str = "1",
    sha256: str = SHA256,
    others: Sequence[Draft] = (JOY, OFFICER),
) -> Record:
    """A record of one page with these persons."""
    people = [*drafts, *others]
    declarant = Draft("Analyn Reyes", [("Analyn Reyes", 0)], [RoleName.DECLARANT], alleged=False)
    entities = [_entity(f"E{n}", d, text) for n, d in enumerate([declarant, *people])]
    alleged = [(e, d) for e, d in zip(entities[1:], people, strict=True) if d.alleged]
    return Record(
        source=Source(
            filename="statement.pdf",
            media_type="application/pdf",
            sha256=sha256,
            bytes=len(CONTENT),
        ),
        model=ModelVersion(name="declarant-test", version=version),
        pages=[_page(text)],
        text=text,
        document_kind=DocumentKind.DECLARATION,
        sections=[
            Section(
                start=0,
                end=len(text),
                kind=DocumentKind.SUPPLEMENT_B,
                form=FormName.I_918B,
                fields={"Line9_CaseNumber": "19-00142"},
            )
        ],
        entities=entities,
        relations=_relations(entities),
        alleged_traffickers=[_alleged(e, d) for e, d in alleged],
        case=Case(
            declarant="E0",
            victims=[e.id for e in entities if RoleName.VICTIM in e.role_names()],
            law_enforcement_contacts=["Fresno Police"],
        ),
    )


def _page(text: str) -> Page:
    return Page(
        start=0, end=len(text), number=1, text_source=TextSource.DIGITAL, width=612, height=792
    )


def _relations(entities: Sequence[Entity]) -> list[Relation]:
    """The first alleged trafficker owns the agency, when both are there."""
    firms = [e.id for e in entities if e.type is EntityType.ORGANIZATION]
    bosses = [e.id for e in entities if e.name == RAMON.name]
    pairs = [(b, f) for b in bosses for f in firms]
    owns = [Relation(type=RelationType.OWNS, head=b, tail=f, score=0.9) for b, f in pairs]
    harms = [
        Relation(type=RelationType.VICTIMIZED, head=e.id, tail="E0", score=0.8)
        for e in entities
        if e.is_alleged_trafficker()
    ]
    return owns + harms


def _entity(entity_id: str, draft: Draft, text: str) -> Entity:
    evidence = [span(words, nth, text) for words, nth in draft.evidence]
    return Entity(
        id=entity_id,
        type=draft.type,
        name=draft.name,
        aliases=draft.aliases,
        mentions=[_mention(place, draft.kind, text) for place in draft.places],
        roles=[Role(role=role, score=0.9, evidence=evidence) for role in draft.roles],
        means=[Means(means=means, score=0.8, evidence=evidence) for means in draft.means],
    )


def _mention(place: tuple[str, int], kind: MentionKind, text: str) -> Mention:
    words, nth = place
    found = span(words, nth, text)
    end = found.start + len("Ramon") if words.startswith("Ramon ") and "Dela" not in words else None
    box = (72.0, 72.0, 144.0, 84.0)
    return Mention(
        start=found.start, end=end or found.end, kind=kind, score=0.95, page=1, boxes=[box]
    )


def _alleged(entity: Entity, draft: Draft) -> AllegedTrafficker:
    return AllegedTrafficker(
        entity=entity.id,
        name=draft.name,
        aliases=draft.aliases,
        roles=draft.roles,
        means=draft.means,
        identifiers=draft.identifiers,
        score=0.9,
        evidence=[span(words, nth, TEXT) for words, nth in draft.evidence],
    )
