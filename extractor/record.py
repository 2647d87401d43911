"""The contract, version 1: what declarant says about one case file.

Invariants, checked on construction of a `Record`:
- every `start`/`end` is a half-open range of Unicode code points in `text`;
- every entity id named by a relation, a finding or the case exists in `entities`;
- a page's range lies in `text`, and pages are numbered from 1 in order.

What was found was read without the ranges in `between_pages`, so a quote leaves them out.

Sources of the vocabularies: 22 USC 7102(11) for roles and purposes; 8 CFR 214.201 for means;
8 USC 1101(a)(15)(U)(iii) for qualifying crimes; "manner of last entry" and "status at last
entry" of Forms I-914 and I-918 for the manner of entry.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1"

Score = Annotated[float, Field(ge=0.0, le=1.0)]
Box = tuple[float, float, float, float]


class EntityType(StrEnum):
    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    LOCATION = "LOCATION"
    ADDRESS = "ADDRESS"
    DATE = "DATE"
    MONEY = "MONEY"
    NATIONALITY = "NATIONALITY"
    VISA_CLASS = "VISA_CLASS"
    VEHICLE = "VEHICLE"
    PLATE = "PLATE"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    ACCOUNT = "ACCOUNT"
    A_NUMBER = "A_NUMBER"
    SSN = "SSN"
    PASSPORT = "PASSPORT"
    RECEIPT_NUMBER = "RECEIPT_NUMBER"
    CASE_NUMBER = "CASE_NUMBER"


class MentionKind(StrEnum):
    NAM = "NAM"
    NOM = "NOM"
    PRO = "PRO"


class RoleName(StrEnum):
    DECLARANT = "DECLARANT"
    VICTIM = "VICTIM"
    RECRUITER = "RECRUITER"
    TRANSPORTER = "TRANSPORTER"
    HARBORER = "HARBORER"
    EXPLOITER = "EXPLOITER"
    ENFORCER = "ENFORCER"
    FACILITATOR = "FACILITATOR"
    BUYER = "BUYER"
    PERPETRATOR = "PERPETRATOR"
    RELATIVE = "RELATIVE"
    HELPER = "HELPER"
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT"
    WITNESS = "WITNESS"
    OTHER = "OTHER"


TRAFFICKER_ROLES: frozenset[RoleName] = frozenset(
    {
        RoleName.RECRUITER,
        RoleName.TRANSPORTER,
        RoleName.HARBORER,
        RoleName.EXPLOITER,
        RoleName.ENFORCER,
        RoleName.FACILITATOR,
        RoleName.BUYER,
        RoleName.PERPETRATOR,
    }
)
"""Holding one of these makes an entity an alleged trafficker."""


class MeansName(StrEnum):
    PHYSICAL_ABUSE = "PHYSICAL_ABUSE"
    SEXUAL_ABUSE = "SEXUAL_ABUSE"
    THREATS = "THREATS"
    CONFINEMENT = "CONFINEMENT"
    DOCUMENT_CONFISCATION = "DOCUMENT_CONFISCATION"
    DEBT = "DEBT"
    WAGE_WITHHOLDING = "WAGE_WITHHOLDING"
    LEGAL_THREATS = "LEGAL_THREATS"
    FALSE_PROMISES = "FALSE_PROMISES"
    DRUGS = "DRUGS"


class Purpose(StrEnum):
    """What the trafficking was for: paragraphs (A) and (B) of 22 USC 7102(11)."""

    LABOR = "LABOR"
    SEX = "SEX"


class MannerOfEntry(StrEnum):
    """How somebody came into the United States."""

    INSPECTED = "INSPECTED"
    """Admitted after inspection with a visa of their own: 8 CFR 235.1."""
    INSPECTED_FALSE_DOCUMENT = "INSPECTED_FALSE_DOCUMENT"
    """Admitted with a document of somebody else or under a false name: 8 USC 1182(a)(6)(C)."""
    VISA_WAIVER = "VISA_WAIVER"
    """8 CFR 217."""
    PAROLED = "PAROLED"
    """8 CFR 212.5."""
    ADVANCE_PAROLE = "ADVANCE_PAROLE"
    """8 CFR 212.5(f)."""
    WITHOUT_INSPECTION = "WITHOUT_INSPECTION"
    """8 USC 1182(a)(6)(A)."""


class QualifyingCrime(StrEnum):
    """The crimes of 8 USC 1101(a)(15)(U)(iii), each with similar ones of state law."""

    ABDUCTION = "ABDUCTION"
    ABUSIVE_SEXUAL_CONTACT = "ABUSIVE_SEXUAL_CONTACT"
    BEING_HELD_HOSTAGE = "BEING_HELD_HOSTAGE"
    BLACKMAIL = "BLACKMAIL"
    DOMESTIC_VIOLENCE = "DOMESTIC_VIOLENCE"
    EXTORTION = "EXTORTION"
    FALSE_IMPRISONMENT = "FALSE_IMPRISONMENT"
    FELONIOUS_ASSAULT = "FELONIOUS_ASSAULT"
    FEMALE_GENITAL_MUTILATION = "FEMALE_GENITAL_MUTILATION"
    FRAUD_IN_FOREIGN_LABOR_CONTRACTING = "FRAUD_IN_FOREIGN_LABOR_CONTRACTING"
    INCEST = "INCEST"
    INVOLUNTARY_SERVITUDE = "INVOLUNTARY_SERVITUDE"
    KIDNAPPING = "KIDNAPPING"
    MANSLAUGHTER = "MANSLAUGHTER"
    MURDER = "MURDER"
    OBSTRUCTION_OF_JUSTICE = "OBSTRUCTION_OF_JUSTICE"
    PEONAGE = "PEONAGE"
    PERJURY = "PERJURY"
    PROSTITUTION = "PROSTITUTION"
    RAPE = "RAPE"
    SEXUAL_ASSAULT = "SEXUAL_ASSAULT"
    SEXUAL_EXPLOITATION = "SEXUAL_EXPLOITATION"
    SLAVE_TRADE = "SLAVE_TRADE"
    STALKING = "STALKING"
    TORTURE = "TORTURE"
    TRAFFICKING = "TRAFFICKING"
    UNLAWFUL_CRIMINAL_RESTRAINT = "UNLAWFUL_CRIMINAL_RESTRAINT"
    WITNESS_TAMPERING = "WITNESS_TAMPERING"


class RelationType(StrEnum):
    FAMILY_OF = "FAMILY_OF"
    ASSOCIATE_OF = "ASSOCIATE_OF"
    EMPLOYED_BY = "EMPLOYED_BY"
    OWNS = "OWNS"
    VICTIMIZED = "VICTIMIZED"
    SPONSORED_VISA_OF = "SPONSORED_VISA_OF"
    RESIDES_AT = "RESIDES_AT"
    LOCATED_AT = "LOCATED_AT"
    HAS_IDENTIFIER = "HAS_IDENTIFIER"
    BORN_ON = "BORN_ON"
    CITIZEN_OF = "CITIZEN_OF"


class FamilySubtype(StrEnum):
    SPOUSE = "SPOUSE"
    PARENT = "PARENT"
    SIBLING = "SIBLING"
    PARTNER = "PARTNER"
    EXTENDED = "EXTENDED"


_T = EntityType
_ACTORS = frozenset({_T.PERSON, _T.ORGANIZATION})
_PERSONS = frozenset({_T.PERSON})

SIGNATURES: dict[RelationType, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    RelationType.FAMILY_OF: (_PERSONS, _PERSONS),
    RelationType.ASSOCIATE_OF: (_ACTORS, _ACTORS),
    RelationType.EMPLOYED_BY: (_PERSONS, _ACTORS),
    RelationType.OWNS: (_ACTORS, frozenset({_T.ORGANIZATION, _T.VEHICLE, _T.ADDRESS})),
    RelationType.VICTIMIZED: (_ACTORS, _PERSONS),
    RelationType.SPONSORED_VISA_OF: (_ACTORS, _PERSONS),
    RelationType.RESIDES_AT: (_PERSONS, frozenset({_T.ADDRESS, _T.LOCATION})),
    RelationType.LOCATED_AT: (
        frozenset({_T.ORGANIZATION}),
        frozenset({_T.ADDRESS, _T.LOCATION}),
    ),
    RelationType.HAS_IDENTIFIER: (
        frozenset({_T.PERSON, _T.ORGANIZATION, _T.VEHICLE}),
        frozenset(
            {
                _T.PHONE,
                _T.EMAIL,
                _T.ACCOUNT,
                _T.A_NUMBER,
                _T.SSN,
                _T.PASSPORT,
                _T.RECEIPT_NUMBER,
                _T.CASE_NUMBER,
                _T.PLATE,
                _T.VEHICLE,
            }
        ),
    ),
    RelationType.BORN_ON: (_PERSONS, frozenset({_T.DATE})),
    RelationType.CITIZEN_OF: (_PERSONS, frozenset({_T.LOCATION, _T.NATIONALITY})),
}
"""Which entity types may stand at the head and at the tail of each relation."""

SYMMETRIC: frozenset[RelationType] = frozenset({RelationType.ASSOCIATE_OF})
"""Relations stored once whose direction carries nothing."""

SYMMETRIC_FAMILY: frozenset[FamilySubtype] = frozenset(FamilySubtype) - {FamilySubtype.PARENT}
"""Kinship in which either direction counts."""

IDENTIFYING_RELATIONS: frozenset[RelationType] = frozenset(
    {
        RelationType.HAS_IDENTIFIER,
        RelationType.BORN_ON,
        RelationType.RESIDES_AT,
        RelationType.CITIZEN_OF,
    }
)
"""Relations whose tail identifies the head."""


class TextSource(StrEnum):
    DIGITAL = "digital"
    OCR = "ocr"
    NONE = "none"


class PageFlag(StrEnum):
    LOW_OCR_CONFIDENCE = "LOW_OCR_CONFIDENCE"
    HANDWRITING = "HANDWRITING"
    NON_ENGLISH = "NON_ENGLISH"
    BLANK = "BLANK"
    UNREADABLE = "UNREADABLE"


class DocumentKind(StrEnum):
    DECLARATION = "DECLARATION"
    TRANSLATION_CERTIFICATE = "TRANSLATION_CERTIFICATE"
    POLICE_REPORT = "POLICE_REPORT"
    SUPPLEMENT_B = "SUPPLEMENT_B"
    APPLICATION_FORM = "APPLICATION_FORM"
    AFFIDAVIT = "AFFIDAVIT"
    EVALUATION = "EVALUATION"
    COURT_RECORD = "COURT_RECORD"
    LETTER = "LETTER"
    OTHER = "OTHER"


class FormName(StrEnum):
    I_914 = "I-914"
    I_914A = "I-914A"
    I_914B = "I-914B"
    I_918 = "I-918"
    I_918A = "I-918A"
    I_918B = "I-918B"


class Strict(BaseModel):
    """Base of all parts of the record: immutable, and nothing unknown slips in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Strict):
    """The file as it came in; `bytes` is its length."""

    filename: str
    media_type: str
    sha256: str
    bytes: int


class ModelVersion(Strict):
    name: str
    version: str


class Span(Strict):
    """A half-open range of code points in the record's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Page(Span):
    """One page; width and height in points, `ocr_confidence` from 0 to 1 or None."""

    number: int = Field(ge=1)
    text_source: TextSource
    width: float
    height: float
    language: str | None = None
    ocr_confidence: Score | None = None
    flags: list[PageFlag] = []
    repeats: int | None = None
    """The number of the earlier page that this one repeats word for word."""


class Section(Span):
    """One document of the packet; `form` and `fields` when it is a USCIS form."""

    kind: DocumentKind
    form: FormName | None = None
    fields: dict[str, str] = {}


class Mention(Span):
    """Words that name an entity; boxes are [x0, top, x1, bottom] in points, one a line."""

    kind: MentionKind
    score: Score
    page: int
    boxes: list[Box] = []


class Role(Strict):
    role: RoleName
    score: Score
    evidence: list[Span] = []


class Means(Strict):
    means: MeansName
    score: Score
    evidence: list[Span] = []


class Entity(Strict):
    id: str
    type: EntityType
    name: str
    aliases: list[str] = []
    mentions: list[Mention] = []
    roles: list[Role] = []
    means: list[Means] = []

    def role_names(self) -> set[RoleName]:
        """The roles that hold, without their scores."""
        return {role.role for role in self.roles}

    def is_alleged_trafficker(self) -> bool:
        """Whether one of its roles makes it an alleged trafficker."""
        return bool(self.role_names() & TRAFFICKER_ROLES)


class Relation(Strict):
    type: RelationType
    head: str
    tail: str
    subtype: FamilySubtype | None = None
    score: Score
    evidence: list[Span] = []


class Doubt(Strict):
    """A name or value that was read doubtfully wherever it stands.

    `confidence` is that of its surest reading, `other` what the second engine read there.
    """

    value: str
    confidence: Score
    other: str | None = None


class AllegedTrafficker(Strict):
    """The answer: one alleged trafficker, with `identifiers` as type -> values."""

    entity: str
    name: str
    aliases: list[str] = []
    roles: list[RoleName] = []
    means: list[MeansName] = []
    identifiers: dict[str, list[str]] = {}
    relationship_to_declarant: str | None = None
    score: Score
    evidence: list[Span] = []
    doubts: list[Doubt] = []


class Case(Strict):
    """What the file says of the case itself; declarant and victims are entity ids.

    `manner_of_entry`, `purposes` and `qualifying_crimes` are names of `MannerOfEntry`, `Purpose`
    and `QualifyingCrime`.
    """

    declarant: str | None = None
    victims: list[str] = []
    visa_classes: list[str] = []
    manner_of_entry: str | None = None
    class_of_admission: str | None = None
    """The visa on which the declarant was admitted, as it is written."""
    purposes: list[str] = []
    qualifying_crimes: list[str] = []
    law_enforcement_contacts: list[str] = []
    evidence: dict[str, list[Span]] = {}
    """The words behind each manner, purpose and crime; nothing for what a form's field says."""


class Coverage(Strict):
    """How much of the text the network read: tokens read of tokens in the file."""

    tokens_read: int = 0
    tokens_total: int = 0


class Record(Strict):
    """What declarant says about one case file."""

    schema_version: str = SCHEMA_VERSION
    source: Source
    model: ModelVersion
    pages: list[Page] = []
    text: str = ""
    between_pages: list[Span] = []
    """Running heads and feet, and white, between two pages of a paper; in order, disjoint."""
    document_kind: DocumentKind = DocumentKind.OTHER
    form: FormName | None = None
    fields: dict[str, str] = {}
    sections: list[Section] = []
    entities: list[Entity] = []
    relations: list[Relation] = []
    alleged_traffickers: list[AllegedTrafficker] = []
    case: Case = Case()
    coverage: Coverage = Coverage()
    problems: list[str] = []
    """Pages lost and why, in words for the user; empty when every page was read."""

    def entity(self, entity_id: str) -> Entity:
        """The entity with this id; KeyError if there is none."""
        for entity in self.entities:
            if entity.id == entity_id:
                return entity
        raise KeyError(entity_id)

    def quote(self, span: Span) -> str:
        """The words that a span covers, without what stands between two pages."""
        words, start = [], span.start
        first = bisect_right(self.between_pages, span.start, key=lambda part: part.start)
        for left_out in self.between_pages[first:]:
            if left_out.end >= span.end:
                break
            words.append(self.text[start : left_out.start])
            start = left_out.end
        return "".join([*words, self.text[start : span.end]])

    @model_validator(mode="after")
    def _spans_lie_in_text(self) -> Self:
        length = len(self.text)
        for span in self._spans():
            if not span.start <= span.end <= length:
                raise ValueError(f"span {span.start}-{span.end} is outside the text")
        return self

    @model_validator(mode="after")
    def _ids_exist(self) -> Self:
        ids = {entity.id for entity in self.entities}
        if len(ids) != len(self.entities):
            raise ValueError("two entities share an id")
        named = [r.head for r in self.relations] + [r.tail for r in self.relations]
        named += [t.entity for t in self.alleged_traffickers] + self.case.victims
        named += [self.case.declarant] if self.case.declarant else []
        if unknown := set(named) - ids:
            raise ValueError(f"{len(unknown)} ids name no entity")
        return self

    @model_validator(mode="after")
    def _pages_in_order(self) -> Self:
        if [page.number for page in self.pages] != list(range(1, len(self.pages) + 1)):
            raise ValueError("pages are not numbered from 1 in order")
        return self

    def _spans(self) -> list[Span]:
        spans: list[Span] = [*self.pages, *self.sections, *self.between_pages]
        for entity in self.entities:
            spans += entity.mentions
            spans += [span for role in entity.roles for span in role.evidence]
            spans += [span for means in entity.means for span in means.evidence]
        for relation in self.relations:
            spans += relation.evidence
        for trafficker in self.alleged_traffickers:
            spans += trafficker.evidence
        for evidence in self.case.evidence.values():
            spans += evidence
        return spans
