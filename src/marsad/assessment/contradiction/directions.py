"""Which way something moves: up for one voice and down for another, of one actor at one time.

Strength and capability are one question: how strong an actor is. Views of the risk that it poses, steady
views and older ones exclude nothing, and stand beside the question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from marsad.assessment.agreement.origins import Voices
from marsad.assessment.agreement.statements import days, ordinal, place_keys
from marsad.assessment.contradiction.denials import is_denial
from marsad.assessment.contradiction.records import Contradiction, Side, contradiction, known_first, side
from marsad.assessment.reasons import Reason
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Gathered
from marsad.linkage.claims.words import folded
from marsad.linkage.copies import clusters
from marsad.records.reading import Claim

Way = Literal["up", "down", "steady", "not up", "not down"]

# What is asked of an actor, by the themes whose directions answer it.
QUESTIONS: dict[str, frozenset[str]] = {
    "strength and capability": frozenset({"strength", "capability"}),
    "recruitment": frozenset({"recruitment"}),
    "finance": frozenset({"finance"}),
    "external support": frozenset({"external_support"}),
}
BESIDE: dict[str, frozenset[str]] = {"strength and capability": frozenset({"risk"})}
_THEMES = frozenset().union(*QUESTIONS.values(), *BESIDE.values())
OLD = 1_826  # days, five years, that an older view stands beside a question
RECENT = 31  # days before it was said in which an undated view is true
_EXCLUDE = {frozenset(pair) for pair in (("up", "down"), ("up", "not up"), ("down", "not down"))}
_AIMS = frozenset({"aim", "aims", "goal", "goals", "mission", "objective", "objectives", "task", "tasked"})
_DENIED: dict[str, Way] = {"up": "not up", "down": "not down"}
_ASSERTED = frozenset({"statement", "belief", "perception"})


class View(NamedTuple):
    """What one claim says of the direction of one question."""

    found: Found[Claim]
    way: Way
    first: int
    last: int
    places: tuple[tuple[str, ...], ...]
    is_beside: bool  # of a theme that only bears on the question


def directions(gathered: Gathered, voices: Voices) -> list[Contradiction]:
    """The questions of direction that two voices answer in ways that exclude each other."""
    return [
        made
        for (actor, question), views in sorted(_views(gathered).items())
        for made in _contested(_asked(question, actor, gathered), actor, views, voices)
    ]


def _views(gathered: Gathered) -> dict[tuple[str, str], list[View]]:
    views: defaultdict[tuple[str, str], list[View]] = defaultdict(list)
    held = {found.id: gathered.origins[found.id].key for found in gathered.claims}
    only = _only_subjects(gathered)
    for found in gathered.claims:
        claim = found.record
        if _THEMES.isdisjoint(each.theme for each in claim.themes):
            continue
        nested = claim.parent is not None and held.get(claim.parent) == held[found.id]
        if nested or not _is_view(found):
            continue
        for question, themes in QUESTIONS.items():
            actor = _subject(found, gathered) or only.get((found.found_in.id, question))
            if actor is None:
                continue
            if (view := _view(found, themes, gathered)) is not None:
                views[actor, question].append(view)
            elif (near := _view(found, BESIDE.get(question, frozenset()), gathered)) is not None:
                views[actor, question].append(near._replace(is_beside=True))
    return views


def _is_view(found: Found[Claim]) -> bool:
    """Whether it says how it is. An aim is no movement, and a toll no view of an actor's strength."""
    claim = found.record
    is_aim = claim.text.casefold().startswith("to ") or not _AIMS.isdisjoint(folded(claim.text))
    is_toll = any(figure.measure.startswith("casualties.") for figure in found.figures)
    return claim.attitude in _ASSERTED and claim.certainty != "possible" and not is_aim and not is_toll


def _subject(found: Found[Claim], gathered: Gathered) -> str | None:
    """Of whom it is said: the actor that the claim names first."""
    return next((gathered.actors[each] for each in found.record.about if each in gathered.actors), None)


def _only_subjects(gathered: Gathered) -> dict[tuple[str, str], str]:
    """By document and question the one actor of whom the document says anything on it.

    Strength is left out: its words are used of everybody who fights.
    """
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for found in gathered.claims:
        themes = {each.theme for each in found.record.themes}
        actor = _subject(found, gathered) if themes & _THEMES else None
        for question, of in QUESTIONS.items():
            if actor is not None and themes & of and question not in BESIDE:
                named[found.found_in.id, question].add(actor)
    return {key: next(iter(actors)) for key, actors in named.items() if len(actors) == 1}


def _view(found: Found[Claim], themes: frozenset[str], gathered: Gathered) -> View | None:
    """What a claim says of some themes, where it says one thing."""
    ways = {each.direction for each in found.record.themes if each.theme in themes} - {"none"}
    if len(ways) != 1:
        return None
    said = ways.pop()
    way: Way | None = "up" if said == "up" else "down" if said == "down" else "steady"
    if found.record.polarity == "denied":
        way = _DENIED.get(said) if is_denial(found.record) else None
    if way is None:
        return None
    first, last = _window(found)
    places = tuple(map(place_keys, gathered.sites.get(found.id, ())))
    return View(found, way, first, last, places, is_beside=False)


def _window(found: Found[Claim]) -> tuple[int, int]:
    """The days of which a view is true; what has gone on since some day goes on when it is said."""
    claim, said = found.record, ordinal(found.found_in.known)
    if claim.true_of is None:
        return said - RECENT, said
    first, last = days(claim.true_of, found.found_in.known)
    return first, max(last, said) if "since" in folded(claim.text) else last


def _asked(question: str, actor: str, gathered: Gathered) -> Reason:
    return Reason("which_way", given={"what": question, "who": gathered.names.get(actor, actor)})


def _contested(
    question: Reason, actor: str, views: Sequence[View], voices: Voices
) -> Iterator[Contradiction]:
    # a reporter's own sentence is no voice that disagrees
    answers = [v for v in views if not v.is_beside and v.way != "steady" and not voices.is_outlet(v.found)]
    by_id = {view.found.id: view for view in answers}
    pairs = list(_excluding(answers, voices))
    episodes: defaultdict[str, list[View]] = defaultdict(list)
    for each, of in clusters({each for pair in pairs for each in pair}, pairs).items():
        episodes[of].append(by_id[each])
    for episode in episodes.values():
        yield _question(question, actor, episode, views, voices)


def _excluding(answers: Sequence[View], voices: Voices) -> Iterator[tuple[str, str]]:
    ordered = sorted(answers, key=lambda view: (view.first, view.found.id))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.first > one.last:
                break
            if _exclude(one, other) and voices.are_told_apart(one.found.id, other.found.id):
                yield one.found.id, other.found.id


def _exclude(a: View, b: View) -> bool:
    if frozenset((a.way, b.way)) not in _EXCLUDE:
        return False
    return not a.places or not b.places or any(p[0] in q or q[0] in p for p in a.places for q in b.places)


def _question(
    question: Reason, actor: str, episode: Sequence[View], views: Sequence[View], voices: Voices
) -> Contradiction:
    sides = _sides(episode, voices)
    heard = {group.key for each in sides for group in each.origins}
    first, last = min(view.first for view in episode), max(view.last for view in episode)
    latest: dict[str, list[View]] = {}
    for view in sorted(views, key=lambda view: (view.last, known_first(view.found))):
        key = voices.groups([view.found])[0].key
        is_older = view.way == "steady" or view.last < first
        if key not in heard and is_older and first - OLD <= view.last and view.first <= last:
            before = latest.setdefault(key, [])  # of each other voice its last view
            latest[key] = [*(each for each in before if each.last == view.last), view]
    named = [view for several in latest.values() for view in several if voices.is_told(view.found.id)]
    return contradiction(
        "direction", question, sides, about=f"{question}\0{actor}", beside=_sides(named, voices)
    )


def _sides(views: Iterable[View], voices: Voices) -> list[Side]:
    """One side a direction, that of the first claim first."""
    ways: defaultdict[Way, list[Found[Claim]]] = defaultdict(list)
    for view in sorted(views, key=lambda view: known_first(view.found)):
        ways[view.way].append(view.found)
    return [side(way, claims, voices) for way, claims in ways.items()]
