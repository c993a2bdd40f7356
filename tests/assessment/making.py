"""Claims as a gathering holds them, made for the tests of agreement and contradiction."""

from __future__ import annotations

import hashlib
from typing import Any

from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.asking.gathering import Gathered, Located
from marsad.linkage.origins import NOBODY, PRIVATE, Origin, folded_name
from marsad.records import interval
from marsad.records.reading import Claim, Cue, Document, Figure, Party, Published, Theme

READER = "test@1"
PLACES = {
    "Karoum": Located("karoum", "Karoum", "town", "ZM", "Lake", 1, None, None, ()),
    "Odan": Located("odan", "Odan", "town", "ZM", "Lake", 1, None, None, ()),
}


def identity(*words: object) -> str:
    return hashlib.sha256("|".join(map(str, words)).encode()).hexdigest()[:32]


def told(
    words: str,
    *,
    by: str | None = None,
    day: str = "2024-03-01",
    publisher: str = "Morning Post",
    at: int = 0,
    denied: bool = False,
    cue: str | None = None,
    genre: Any = "report",
    about: str | None = None,
    themes: tuple[tuple[str, str], ...] = (),
    true_of: str | None = None,
    killed: tuple[float | None, float | None] | None = None,
    **fields: Any,
) -> Found[Claim]:
    """A claim of an article; `by` "private", "nobody", a description in small letters, or a name."""
    article = identity(publisher, day)
    name = identity(article, words, by, at)
    source = Party(text=by, spans=((at, at + 1),), actor=None, kind="person") if by else None
    claim = Claim(
        id=name,
        spans=((at, at + len(words)),),
        text=words,
        kind="attributed" if by else "narrated",
        reader=READER,
        source=source,
        cue=Cue(text=cue or ("denied" if denied else "said"), spans=((at, at + 1),)) if by else None,
        polarity="denied" if denied else "affirmed",
        true_of=interval.parse(true_of) if true_of else None,
        about=(identity(article, about),) if about else (),
        themes=tuple(Theme(theme=theme, direction=way) for theme, way in themes),  # type: ignore[arg-type]
        **fields,
    )
    names = {identity(article, about): about} if about else {}
    return Found(
        record=claim,
        found_in=_document(article, publisher, day, genre),
        names=names,
        holder=by or publisher,
        figures=(_figure(name, article, *killed),) if killed else (),
    )


def _document(article: str, publisher: str, day: str, genre: Any) -> FoundDocument:
    published = Published(earliest=day, latest=day, basis="given")
    document = Document(
        id=article, text="", raw_sha256=article, text_sha256=article, extractor=READER,
        publisher=publisher, published=published, genre=genre,
    )  # fmt: skip
    return FoundDocument(
        document=document, known=day, recorded_at="2025-01-01", claims=1, figures=0, incidents=0
    )


def _figure(claim: str, article: str, low: float | None, high: float | None) -> Figure:
    bound: Any = "at_least" if high is None else "at_most" if low is None else "exact"
    return Figure(
        id=identity(claim, low, high), claim=claim, spans=((0, 1),), text="1", measure="casualties.killed",
        reader=READER, unit="person", low=low, high=high, bound=bound, aspect="flow",
    )  # fmt: skip


def origin(found: Found[Claim]) -> Origin:
    by, publisher = found.record.source, found.found_in.document.publisher or ""
    if by is None:
        return Origin(f"named:{folded_name(publisher)}", publisher, "publisher", own=True)
    if by.text in ("private", "nobody"):
        return PRIVATE if by.text == "private" else NOBODY
    if by.text[0].islower():
        return Origin(f"unnamed:{folded_name(by.text)}", by.text, "unnamed")
    return Origin(f"named:{folded_name(by.text)}", by.text, "named")


def gathered(*claims: Found[Claim], first: dict[str, str] | None = None, **fields: Any) -> Gathered:
    """Some claims with what joins them: actors of one name are one, and places are found by their names."""
    names = {each: name for found in claims for each, name in found.names.items()}
    sites = {
        found.id: tuple(place for name, place in PLACES.items() if name in found.record.text)
        for found in claims
    }
    facts: dict[str, Any] = {
        "origins": {found.id: origin(found) for found in claims},
        "actors": {each: name.casefold() for each, name in names.items()},
        "names": {name.casefold(): name for name in names.values()},
        "sites": {each: several for each, several in sites.items() if several},
    }
    return Gathered(
        as_known=None,
        claims=claims,
        figures=(),
        incidents=(),
        places={},
        first=first or {},
        **(facts | fields),
    )
