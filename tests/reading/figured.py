"""Figures of invented sentences, read with records that the test gives."""

from __future__ import annotations

from marsad.reading import figures
from marsad.reading.text import segment
from marsad.records.reading import Actor, Claim, Figure, Place, Published, Time

DORAT = ("Dorat", "city")
ALAR = ("Alar", "admin1")
ILYRIA = ("Ilyria", "country")
MONDAY = ("Monday", "2021-06-14", "DATE")
PUBLISHED = Published(earliest="2021-06-16", latest="2021-06-16", basis="given")


def spans_of(text: str, words: str):
    found, begin = [], text.find(words)
    while begin >= 0:
        found.append((begin, begin + len(words)))
        begin = text.find(words, begin + 1)
    return found


def read(text: str, *, actors=(), places=(), times=(), published=PUBLISHED, **claim) -> tuple[Figure, ...]:
    """Figures of `text` with one claim a sentence; ids of places are p1, p2, in order of the arguments."""
    cut = segment(text)
    claims = [
        Claim(id=f"c{n}", spans=(s.span,), text=cut[s.span], reader="t@1", **({"kind": "narrated"} | claim))
        for n, s in enumerate(cut.sentences, 1)
    ]
    made_actors = [
        Actor(id=f"a{n}", name=name, kind=kind, mentions=tuple(spans_of(text, name)), reader="t@1")
        for n, (name, kind) in enumerate(actors, 1)
    ]
    made_places = [
        Place(id=f"p{n}", spans=(spans_of(text, name)[0],), text=name, name=name, kind=kind, reader="t@1")
        for n, (name, kind) in enumerate(places, 1)
    ]
    made_times = [_time(text, n, words, edtf, type_) for n, (words, edtf, type_) in enumerate(times, 1)]
    return figures.annotate(
        cut, claims=claims, actors=made_actors, places=made_places, times=made_times, published=published
    )


def _time(text, number, words, edtf, type_):
    first, _, last = edtf.partition("/")
    last = last or first
    first, last = (f"{first}-01-01", f"{last}-12-31") if len(first) == 4 else (first, last)
    return Time(
        id=f"t{number}", spans=(spans_of(text, words)[0],), text=words, type=type_, value=edtf, edtf=edtf,
        earliest=first, latest=last, reader="t@1",
    )  # fmt: skip


def places(text, **records):
    return [figure.places for figure in read(text, **records)]


def when(text, **records):
    found = [figure.as_of or figure.period for figure in read(text, **records)]
    return [interval.edtf if interval else None for interval in found]
