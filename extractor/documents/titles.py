"""What the first lines of a document say it is: a list that anyone can read and extend.

Patterns see a line as `legible` puts it right: unaccented, straight quotes, misread letters
of the words of headings mended.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.record import DocumentKind

_K = DocumentKind


class Heading(NamedTuple):
    """A kind of document and the words that open it, matched at the start of a line.

    A weak one is a letterhead: it tells who writes, and what only if nothing else does.
    """

    kind: DocumentKind
    pattern: re.Pattern[str]
    weak: bool = False


def _heading(kind: DocumentKind, *words: str, weak: bool = False) -> Heading:
    return Heading(kind, re.compile(rf"(?:{'|'.join(words)})", re.IGNORECASE), weak)


_CARE = (
    r"\b(psycholog\w+|psychosocial|psychiatric|mental health|forensic|medical|clinical|trauma|"
    r"biopsychosocial|social work|neuropsych\w+|functional|hardship)\b"
)
_STATED = r"(declaration|statement|testimony|affirmation)"

# Earlier ones win: a certificate of translation of a declaration is no declaration.
HEADINGS: tuple[Heading, ...] = (
    _heading(
        _K.COURT_RECORD,
        r"(non-precedent )?decision of the administrative appeals office",
        r"(appeal|motion|certification) (of|on) .{0,60}\bdecision\b",
        r"affidavit in support of (an? )?(criminal|complaint|arrest|search|application for)",
    ),
    _heading(
        _K.OTHER,
        r"memorandum\b",
        r"(file )?memo( (to|for|of|re)\b|:|$)",
        r"table of contents",
        r"(index|list|schedule) (of|to) (the )?(exhibit|tab|evidence|document|attachment)s?\b",
        r"(list of )?exhibits?( (list|index))?$",
        r"notes? (of|from|on) (the |an? )?(\w+ )?(interview|intake|meeting|session)",
        r"((client|intake|telephone|phone|screening|recorded|case ?work(er)?|forensic|t-?visa) )*"
        r"(interview|intake)( (notes?|memo|memorandum|summary|form|record|transcript|sheet)\b"
        r"|( of| with)\b|$|:| ?\()",
        r"(record|transcript|recording|summary) of (the |an? )?(\w+ )?(interview|intake|recording)",
        r"(transcript|transcription)( \(|$|:)",
        r"(birth|marriage|death|baptism\w*) certificate",
        r"certificate of (birth|marriage|death|live birth|baptism)",
        r"acta de (nacimiento|matrimonio|defuncion)",
        r"(notice of action|request for evidence|i-797)",
    ),
    _heading(
        _K.TRANSLATION_CERTIFICATE,
        r"certificat(e|ion) of (the |true |accurate |english |spanish )*"
        r"(translat|accuracy|competen)",
        r"certified (english )?translation\b",
        r"(certificate|certification|affidavit|declaration|statement|attestation) (of|by) "
        r"(the |a |an |certified )?(translat|interpret|accuracy)\w*",
        r"(translator|interpreter)'?s?'? (certificat|affidavit|declaration|statement|attestation)",
        r"translation certificat",
        r"(certificado|certificacion|declaracion) de (traduc|la traduc|exactitud)",
    ),
    _heading(
        _K.SUPPLEMENT_B,
        r"(uscis )?(form )?i-?\s?91[48],? supplement b\b",
        r"supplement b\b",
        r"declaration of law enforcement officer",
        r"declaration for trafficking victim",
        r"u nonimmigrant status certification",
    ),
    _heading(
        _K.APPLICATION_FORM,
        r"(addendum|attachment|continuation|supplement|additional information) (sheet |page )?"
        r"(to|for) (uscis )?(form )?i-?\s?91[48]\b",
        r"(uscis )?(form )?i-?\s?(914|918)\b(?!.{0,40}supplement b)",
        r"application for (derivative )?t nonimmigrant status",
        r"petition for u nonimmigrant status",
        r"(uscis )?(form )?i-?(192|765|485|589|130|360|821d?|929)\b",
        r"(form )?g-?28\b",
        r"supplement a\b",
        r"application for (family member|immediate family member) of",
        r"petition for (immediate |qualifying )+family member",
    ),
    _heading(
        _K.POLICE_REPORT,
        r".{0,60}\b(incident|investigati(on|ve)|offen[cs]e|arrest|crime|police|supplement(al|ary)?|"
        r"sheriff'?s?|narrative|field interview|complaint|case|occurrence|event|crash)"
        r"( ?/ ?\w+)* report\b",
        r"report of investigation",
        r"(case|officer'?s?|incident|investigator'?s?) narrative",
        r"(denuncia|parte|reporte) (policial|policiac[ao]|penal)",
        r"incident \d[\d-]{4,}",
    ),
    _heading(
        _K.EVALUATION,
        rf".{{0,40}}{_CARE}.{{0,40}}"
        r"\b(evaluation|assessment|report|summary|examination|affidavit|declaration)\b",
        r"(evaluation|assessment) (report|of)\b",
        r".{0,40}\b(social work|psychiatric|psychology) consult(ation)?\b",
        r"(evaluacion|informe) (psicologic[ao]|psiquiatric[ao]|medic[ao]|psicosocial)",
    ),
    _heading(
        _K.COURT_RECORD,
        r"(in the )?(united states|u\.? ?s\.?) (district|bankruptcy|immigration|magistrate) court",
        r"(in )?(the )?(superior|circuit|district|county|family|municipal|criminal|supreme|state|"
        r"juvenile|probate|commonwealth)( and \w+)? court (of|for|in)\b",
        r"in the .{0,60}\bcourt\b",
        r"in and for the county of",
        r"(criminal )?complaint$",
        r"(superseding )?(indictment|information)$",
        r"(superseding )?indictment\b",
        r"(plea agreement|judgment in a criminal case|criminal complaint|judgment of conviction)",
        r"(temporary |domestic violence |permanent |civil )*(restraining|protection|protective) "
        r"order",
        r"order (of|for) protection",
        r"(reporter'?s? )?transcript of (\w+ )?(proceedings|hearing|trial|testimony)",
        r"deposition of",
        r"state of .{3,30} v(s)?\. ",
        r"(united states of america|people of the state of .{3,20}),? v(s)?\.?",
    ),
    _heading(
        _K.AFFIDAVIT,
        r".{0,30}\baffidavit\b",
        r"sinumpaang salaysay",
        r"declaracion (jurada )?ante notario",
        r"attestation (under|upon) oath",
    ),
    _heading(
        _K.DECLARATION,
        rf"(personal|sworn|victim|victim'?s|written|supplemental|second|third|unsworn|witness|my|"
        rf"applicant'?s|petitioner'?s|declarant'?s|client'?s|translated|amended)? ?{_STATED}"
        rf"( (of|by|in support|from|under|pursuant|on (my )?honou?r)\b|\.?$|:)",
        r"(my|personal) (statement|declaration|story|testimony)\b",
        r"(sworn|translated|unsworn) (statement|declaration)\b",
        r"declaracion (de|jurada|personal)\b|mi (declaracion|testimonio|historia)\b",
        r"testimonio (de|personal)\b",
        r"declara(cao|tion) (de|da|do|sur|pessoal|juramentada)\b",
        r"victim impact statement",
    ),
    _heading(
        _K.LETTER,
        r"to whom (so ?ever )?(it|this) may concern",
        r"dear \w+",
        r"letter of (support|recommendation|reference)",
        r"(support|cover|reference|character) letter",
        r"carta de (apoyo|recomendacion)|a quien corresponda|a quien (le )?(pueda )?interese",
    ),
    _heading(
        _K.POLICE_REPORT,
        r"[\w.'& -]{0,50}\b(police|sheriff'?s?) (department|dept\.?|office|bureau|division)\W*$",
        r"[\w.'& -]{0,40}\bcounty sheriff\W*$",
        r"(police|sheriff'?s?) (department|office) of [\w.' -]{3,30}$",
        weak=True,
    ),
)

_SALUTED = (
    r"to (the |an? )?(\w+ ){0,4}(officer|adjudicator|judge|uscis|director|office|court|committee)"
    r"( [\w ]{0,40})?[:,]$|to who(m|ever) .{0,50}[:,]$|(dear )?(sirs?|madam)( or (sir|madam))?[:,]$"
)
# Openings that are sentences, not titles.
SPOKEN: tuple[Heading, ...] = (
    _heading(
        _K.LETTER,
        r"to whom (so ?ever )?(it|this) may concern",
        r"(dear|estimad[oa]s?|querid[oa]s?|prezad[oa]s?)\b.{0,60}[,:.]?$",
        r"dear \w+",
        _SALUTED,
        r"from: .{3,60}@",
    ),
    _heading(
        _K.TRANSLATION_CERTIFICATE,
        r"i, [^,]{3,60},( \w+){0,8},? (do )?(hereby )?(certify|attest|declare|swear|affirm)"
        r"( under penalty of perjury)?( that)? (that )?i am (a |an )?(\w+ )?(fluent|competent|"
        r"proficient|qualified|bilingual|conversant|translator)",
    ),
    _heading(
        _K.DECLARATION,
        r"my (statement|declaration|story)\b",
        r"(declaration|statement)[.:]",
        r"i, [^,]{3,60},( [\w-]+){0,8},? (do )?(hereby )?(declare|state|affirm|swear|say|depose)",
        r"(yo|eu|je|ako), [^,]{3,60},.{0,60}\b(declar|manifiest|juro|affirm|nagsasalaysay)",
        r"je soussigne|el (que|abajo) suscri",
    ),
)
