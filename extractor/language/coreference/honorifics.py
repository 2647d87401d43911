"""Forms of address, in many languages: words beside a name that do not tell who it is.

`Pak Karto` may be `Karto Wiryo`, `Auntie Gifty` be `Gifty Owusu-Ansah`.

Invariant: no form of address is oftener a name; `Pan`, `Anh` and `Elder` are. Some of these are
names as well (`Lola`, `Tito`), so no name ever loses all its words.
"""

from __future__ import annotations

__all__ = ["HONORIFICS", "PARTICLES"]

HONORIFICS = frozenset({
    "mr", "mrs", "ms", "miss", "mister", "dr", "sir", "madam", "madame", "mme", "monsieur",
    "officer", "detective", "sergeant", "sgt", "captain", "chief", "coach", "boss", "attorney",
    "atty", "esq", "barrister", "pastor", "reverend", "rev", "brother", "sister", "mother",
    "father", "mama", "mommy", "mummy", "papa", "uncle", "aunt", "auntie", "aunty", "don", "dona",
    "dom", "senor", "senora", "sr", "sra", "tia", "tio", "comadre", "compadre", "maestro",
    "maestra", "profe", "lic", "licda", "licenciado", "ing", "kuya", "ate", "tita", "tito", "lola",
    "lolo", "nanay", "tatay", "pak", "bapak", "bu", "ibu", "mbak", "daw", "khun", "tonton",
    "tantie", "matant", "maman", "haji", "hajia", "alhaji", "alhaja", "oga", "mzee", "bhai",
    "hanim", "khanom", "zonja",
})  # fmt: skip
PARTICLES = frozenset({
    "el", "la", "los", "the", "de", "del", "dela", "al", "bin", "van", "un", "l", "o", "u", "ti",
    "ma", "am", "ko", "chi", "anh", "co", "bac", "ong", "ba",
})  # fmt: skip
"""Articles, particles of family names, and forms of address that may be a name as well."""
