"""One document with every record in place, as one HTML page that needs nothing else.

The page is something that can be handed on, so it is made from what `disclosure` lets through. It
loads nothing, and its policy lets no script run but its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from jinja2 import Environment
from markupsafe import Markup

from marsad.disclosure import disclose
from marsad.reading.text import segment
from marsad.records import wording
from marsad.records.reading import Claim, Figure, Incident, Notice, Reading, Relation
from marsad.reports.marks import KINDS, marks_of, masked, segments
from marsad.reports.self_contained import asset, environment, policy
from marsad.version import VERSION

FILTERS = {  # class of a claim → label
    "attributed": "attributed",
    "narrated": "narrated",
    "figures": "with figures",
    "denied": "denied",
    "hidden": "source not named",
    "warned": "with a warning",
}

T = TypeVar("T", Figure, Relation)


class Filter(NamedTuple):
    """A choice of claims: its name, its label, and how many claims it shows."""

    name: str
    label: str
    shows: int


class Masked(NamedTuple):
    """How much the page does not show: masked passages, and places made coarser."""

    passages: int
    places: int


def page(reading: Reading) -> str:
    """The page of one reading: UTF-8 HTML, self-contained, private persons masked."""
    shown = disclose(reading)
    text = shown.document.text
    hidden = masked(reading.document.text, text)
    figures_of, warnings_of = _by_claim(shown.figures), _warnings(shown)
    classes_of = {
        claim.id: _classes(claim, figures_of.get(claim.id, ()), warnings_of.get(claim.id, ()))
        for claim in shown.claims
    }
    style, script = asset("page.css"), asset("page.js")
    return _environment().get_template("page.html").render(
        reading=shown,
        document=shown.document,
        version=VERSION,
        heading=_heading(shown),
        masked=Masked(len(hidden), _coarser(reading, shown)),
        blocks=segments(text, segment(text).paragraphs, [*marks_of(shown), *hidden]),
        kinds=[(kind, _count(shown, kind)) for kind in KINDS],
        filters=_filters(classes_of),
        classes_of=classes_of,
        actors={actor.id: actor for actor in shown.actors},
        places={place.id: place for place in shown.places},
        times={time.id: time for time in shown.times},
        figures_of=figures_of,
        relations_of=_by_claim(shown.relations),
        incidents_of=_incidents(shown.incidents),
        warnings_of=warnings_of,
        style=Markup(style),  # noqa: S704  our own files, not the document's words
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    made = environment("marsad.reports")
    made.filters |= {
        "amount": wording.amount,
        "counted": wording.counted,
        "days": wording.days,
        "number": wording.number,
        "words": wording.words,
    }
    return made


def _heading(reading: Reading) -> str:
    document = reading.document
    name = PurePath(document.source).name if document.source and document.source != "-" else None
    return document.title or name or "A document without a title"


def _coarser(reading: Reading, shown: Reading) -> int:
    """How many places the page shows less precisely than the reading has them."""
    return sum(before != after for before, after in zip(reading.places, shown.places, strict=True))


def _count(reading: Reading, kind: str) -> int:
    claims = reading.claims
    counts = {
        "attributed": sum(claim.kind == "attributed" for claim in claims),
        "narrated": sum(claim.kind == "narrated" for claim in claims),
        "source": sum(claim.source is not None for claim in claims),
        "cue": sum(claim.cue is not None for claim in claims),
    }
    records: dict[str, Sequence[object]] = {
        "figure": reading.figures,
        "time": reading.times,
        "place": reading.places,
        "actor": reading.actors,
        "incident": reading.incidents,
        "relation": reading.relations,
    }
    return counts[kind] if kind in counts else len(records[kind])


def _classes(claim: Claim, figures: Sequence[Figure], warnings: Sequence[Notice]) -> list[str]:
    """The filters that show a claim, also its classes on the page."""
    tests = {
        claim.kind: True,
        "figures": bool(figures),
        "denied": claim.polarity == "denied",
        "hidden": claim.hidden_source or bool(claim.source and claim.source.kind == "unnamed"),
        "warned": bool(warnings),
    }
    return [name for name, holds in tests.items() if holds]


def _filters(classes_of: dict[str, list[str]]) -> list[Filter]:
    counts = Counter(name for names in classes_of.values() for name in names)
    every = Filter("all", "all", len(classes_of))
    return [every, *(Filter(name, label, counts[name]) for name, label in FILTERS.items())]


def _by_claim(records: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for record in records:
        found[record.claim].append(record)
    return dict(found)


def _incidents(incidents: Iterable[Incident]) -> dict[str, list[Incident]]:
    found: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        for claim in incident.claims:
            found[claim].append(incident)
    return dict(found)


def _warnings(reading: Reading) -> dict[str, list[Notice]]:
    """Warnings by the claims that they are about, directly or through a figure or an incident."""
    holders: dict[str, tuple[str, ...]] = {claim.id: (claim.id,) for claim in reading.claims}
    holders |= {figure.id: (figure.claim,) for figure in reading.figures}
    holders |= {incident.id: incident.claims for incident in reading.incidents}
    found: dict[str, list[Notice]] = defaultdict(list)
    for notice in reading.warnings:
        claims = [claim for record in notice.records for claim in holders.get(record, ())]
        for claim in dict.fromkeys(claims):
            found[claim].append(notice)
    return dict(found)
