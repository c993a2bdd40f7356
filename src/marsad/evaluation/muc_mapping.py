"""The templates of MUC-4 that a reading tells.

Where the trained reader found frames, one template a frame: it decides which types are told and what fills
them. Else one a type of incident that MUC-4 counts: attacks, bombings, kidnappings, arson and robberies that
happened or are threatened, by anybody; not battles of two sides, nor of one armed side against another.
Perpetrators who are people are individuals, those with a name of their own organisations; victims are those
who are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from marsad.evaluation.muc import Template
from marsad.evaluation.muc_entities import Entity, distinct, entities
from marsad.evaluation.muc_evidence import Story, core_of, slots_of
from marsad.evaluation.muc_fillers import attacker, doer, mended
from marsad.evaluation.muc_page import Page
from marsad.models import Frame, Tagged
from marsad.records.reading import Incident, Party, Reading

_ROLES = {
    "perpetrator": "PerpInd",
    "organisation": "PerpOrg",
    "target": "Target",
    "victim": "Victim",
    "weapon": "Weapon",
}
_READ = (*_ROLES, "described")  # the roles of a frame
_TYPES = (
    ("kidnapping", re.compile(r"kidnap|abduct|hostage|hijack")),
    ("bombing", re.compile(r"bomb|explo|dynamit|blew up|blown up|detonat")),
    ("arson", re.compile(r"burn|arson|torch|set fire|on fire")),
    ("robbery", re.compile(r"\brob|stole|steal|loot|theft")),
)
_TOLD = frozenset({"occurred", "ongoing", "threatened"})


def templates(reading: Reading, tagged: Tagged | None = None) -> list[Template]:
    """What `reading` tells in the terms of MUC-4; `tagged` is what the trained reader found in its text."""
    page = Page(reading)
    frames = tagged.frames if tagged is not None else ()
    stories = [_of_frame(page, frame) for frame in frames] if frames else [*_of_incidents(page)]
    return [_template(page, story) for story in stories if any(story.entities.values())]


def _template(page: Page, story: Story) -> Template:
    roles = {
        name: tuple((entity.name,) for entity in story.entities.get(role, ()))
        for role, name in _ROLES.items()
    }
    return Template(story.type, roles, slots_of(page, story))


def _of_frame(page: Page, frame: Frame) -> Story:
    fillers = mended(page, frame.fillers)
    found = {role: entities(page.words, fillers, role) for role in _READ}
    held = {page.sentence(filler.span) for filler in frame.fillers}
    same = [incident for incident in page.reading.incidents if type_of(page, incident) == frame.type]
    near = [each for each in same if held & {page.sentence(span) for span in each.spans}]
    return _completed(page, Story(frame.type, found, tuple(near or same)))


def _completed(page: Page, story: Story) -> Story:
    """With those who may have done it, where the frame has none."""
    if not any(story.entities.values()):
        return story
    core = core_of(page, story)
    more = {}
    for role, find in (("perpetrator", doer), ("organisation", attacker)):
        filler = None if story.entities[role] else find(page, core)
        if filler is not None:
            more[role] = entities(page.words, [filler], role)
    return story._replace(entities={**story.entities, **more})


def _of_incidents(page: Page) -> Iterator[Story]:
    """One story a type, of all its incidents."""
    counted: dict[str, list[Incident]] = {}
    for incident in page.reading.incidents:
        kind = type_of(page, incident)
        if kind is not None and _is_counted(incident):
            counted.setdefault(kind, []).append(incident)
    for kind, incidents in counted.items():
        yield Story(kind, _filled(page, incidents), tuple(incidents))


def _is_counted(incident: Incident) -> bool:
    told = any(status.value in _TOLD for status in incident.statuses)
    both_armed = incident.two_sided or incident.ucdp_type in (1, 2)
    return told and not both_armed and any((*incident.sides, incident.targets))


def _filled(page: Page, incidents: Sequence[Incident]) -> dict[str, list[Entity]]:
    doers = [party for incident in incidents for party in incident.sides[0]]
    sufferers = [party for incident in incidents for party in incident.sides[1]]
    things = [thing.text for incident in incidents for thing in incident.targets]
    weapons = [weapon for incident in incidents for weapon in incident.weapons]
    return {
        "perpetrator": _named([p for p in doers if p.kind != "organisation"]),
        "organisation": _named([p for p in doers if p.kind == "organisation"]),
        "victim": _named([p for p in sufferers if p.kind in ("person", "private") and _is_name(page, p)]),
        "target": [Entity(name, ()) for name in distinct(things)],
        "weapon": [Entity(name, ()) for name in distinct(weapons)],
    }


def _named(parties: Sequence[Party]) -> list[Entity]:
    known = {party.text: party for party in reversed(parties)}
    return [Entity(name, known[name].spans) for name in distinct(party.text for party in parties)]


def _is_name(page: Page, party: Party) -> bool:
    """Whether its last word has a capital once the text has its case."""
    words = page.text[party.spans[-1]].split() if party.spans else []
    return bool(words) and words[-1][:1].isupper()


def type_of(page: Page, incident: Incident) -> str | None:
    """The incident type of MUC-4, by its mode and the words that tell of it; None where it has none."""
    if incident.mode == "abduct":
        return "kidnapping"
    if incident.mode in ("explosives", "suicide-attack"):
        return "bombing"
    words = " ".join(page.words[slice(*span)] for span in incident.spans).lower()
    found = next((kind for kind, pattern in _TYPES if pattern.search(words)), None)
    if incident.type == "ASSAULT":
        return found or "attack"
    return found if incident.type == "COERCE" and found == "kidnapping" else None
