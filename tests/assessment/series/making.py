"""Figures as a gathering holds them, made for the tests of series: each with its document and its claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from marsad.ledger.asking.found import Account, Found, FoundDocument
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.linkage.origins import NOBODY, Origin, folded_name
from marsad.records import interval
from marsad.records.reading import Claim, Document, Figure, Party, Published, Scope

READER = "test@1"
PLACES = {
    "Iraq": ("country", "IQ", 6),
    "Syria": ("country", "SY", 6),
    "Zambia": ("country", "ZM", 6),
    "Karoum": ("town", "SY", 1),
    "Odan": ("town", "SY", 1),
    "Lake Province": ("admin1", "ZM", 4),
}


def identity(*words: object) -> str:
    return hashlib.sha256("|".join(map(str, words)).encode()).hexdigest()[:32]


def located(name: str) -> Located:
    if "Syria" in name and name not in PLACES:  # a part of it, that no gazetteer has
        return Located(f"{folded_name(name)}:SY", name, "region", "SY", None, 5, None, None, ())
    kind, country, precision = PLACES.get(name, ("camp", "SY", 3))
    return Located(f"key of {name}" if name in PLACES else "camp:SY", name, kind, country, None, precision,
                   None, None, ())  # fmt: skip


def figure(
    low: float | None,
    high: float | None = None,
    *,
    day: str = "2024-03-01",
    holder: str | None = "Valley Monitor",
    publisher: str = "Morning Post",
    genre: str = "report",
    document: str | None = None,
    claim: str | None = None,
    bound: Any = "exact",
    measure: str = "strength.fighters",
    subject: str | None = "Reed Front",
    population: str | None = "fighters",
    places: Iterable[str] = ("Zambia",),
    scope: str | None = None,
    as_of: str | None = None,
    period: str | None = None,
    **fields: Any,
) -> Found[Figure]:
    """One figure, said by `holder` in an article of `publisher` on `day`; without a holder, by the report."""
    high = low if high is None and bound != "at_least" else high
    low = None if bound == "at_most" else low
    article = identity(document) if document else identity(publisher, day)
    words = " ".join(map(str, (low, high, bound, population, holder, places, as_of, period, status(fields))))
    name = identity(article, claim or words)
    mine = identity(name, words)
    told = Figure(
        id=mine, claim=name, spans=((0, 4),), text=f"{low or high}", measure=measure, reader=READER,
        low=low, high=high, best=low if low == high else None, bound=bound, population=population,
        subject=identity(article, subject) if subject else None,
        places=tuple(identity(article, place) for place in places),
        scope=Scope(text=scope, spans=((5, 9),)) if scope else None,
        as_of=interval.parse(as_of) if as_of else None, period=interval.parse(period) if period else None,
        **{"unit": "fighter", "aspect": "level"} | fields,
    )  # fmt: skip
    names = {identity(article, each): each for each in (*places, *([subject] if subject else []))}
    return Found(
        record=told,
        found_in=_document(article, publisher, day, genre, fields),
        names=names,
        accounts=(Account(claim=_claim(name, holder), holder=holder or publisher),),
    )


def status(fields: dict[str, Any]) -> str:
    return str(fields.get("status", "observed"))


def _document(article: str, publisher: str, day: str, genre: Any, fields: dict[str, Any]) -> FoundDocument:
    published = Published(earliest=day, latest=day, basis="given")
    document = Document(
        id=article, text="", raw_sha256=article, text_sha256=article, extractor=READER,
        publisher=publisher, published=published, genre=genre,
    )  # fmt: skip
    return FoundDocument(
        document=document, known=day, recorded_at="2025-01-01", claims=1, figures=1, incidents=0
    )


def _claim(name: str, holder: str | None) -> Claim:
    party = Party(text=holder, spans=((10, 12),), actor=None, kind="organisation") if holder else None
    kind: Any = "attributed" if holder else "narrated"
    return Claim(id=name, spans=((0, 9),), text="words", kind=kind, reader=READER, source=party)


def gathered(*figures: Found[Figure], first: dict[str, str] | None = None) -> Gathered:
    """Some figures with what joins them: actors and places of one name are one."""
    origins = {each.record.claim: _origin(each) for each in figures}
    named = {each: name for found in figures for each, name in found.names.items()}
    places = {
        each: located(name)
        for each, name in named.items()
        if name in PLACES or "camp" in name or "Syria" in name
    }
    actors = {each: f"key of {name}" for each, name in named.items() if each not in places}
    return Gathered(
        as_known=None,
        claims=(),
        figures=figures,
        incidents=(),
        origins=origins,
        actors=actors,
        names={f"key of {name}": name for name in named.values()},
        places=places,
        first=first or {},
    )


def _origin(found: Found[Figure]) -> Origin:
    account, publisher = found.accounts[0], found.found_in.document.publisher or ""
    if account.claim.kind == "narrated":
        return Origin(f"named:{folded_name(publisher)}", publisher, "publisher", own=True)
    if not account.holder:
        return NOBODY
    is_named = account.holder[0].isupper()
    key = f"{'named' if is_named else 'unnamed'}:{folded_name(account.holder)}"
    return Origin(key, account.holder, "named" if is_named else "unnamed")
