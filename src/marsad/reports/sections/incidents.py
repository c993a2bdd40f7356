"""Incidents that became known in the period: a map of the points, the areas, and a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Located
from marsad.ledger.asking.listing import FINEST
from marsad.records import wording
from marsad.records.reading import Incident, Party
from marsad.reports.maps import WIDTH, Pin, point_map
from marsad.reports.model import Block, Count, Picture, Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.situation import Situation

MOST = 200  # rows of the table; more are told

# The accounts of one incident, that of the report that was known first before the others
Accounts = tuple[Found[Incident], ...]


def section(situation: Situation) -> Section:
    """The incidents of the period by date. Only a point is drawn; an area is listed."""
    say = phrases()
    found = situation.incidents()
    if not found:
        return Section("incidents", say.titles["incidents"], (say.explain("no_incidents"),))
    blocks = [say.explain("incidents"), *_map(situation, found), _table(situation, found)]
    return Section("incidents", say.titles["incidents"], tuple(blocks))


def _where(situation: Situation, accounts: Accounts) -> list[Located]:
    places = situation.now.gathered.places
    named = dict.fromkeys(place for each in accounts for place in each.record.places)
    return [places[each] for each in named if each in places]


def _finest(situation: Situation, accounts: Accounts) -> Located | None:
    """The narrowest place of an incident; as wide as the incident itself is said to be."""
    found = [place for place in _where(situation, accounts) if place.where_prec is not None]
    return min(found, key=lambda place: (place.where_prec or 9, place.name)) if found else None


def _is_point(place: Located, accounts: Accounts) -> bool:
    precisions = [each.record.where_prec for each in accounts if each.record.where_prec is not None]
    is_fine = bool(precisions) and min(precisions) <= FINEST
    return is_fine and place.latitude is not None and place.longitude is not None


def _map(situation: Situation, found: Sequence[Accounts]) -> Iterator[Block]:
    say = phrases()
    points: Counter[Located] = Counter()
    areas: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    on_map: list[str] = []
    for accounts in found:
        place, lead = _finest(situation, accounts), accounts[0]
        if place and _is_point(place, accounts):
            points[place._replace(within=())] += 1
            on_map += [each.id for each in accounts]
        else:
            precision = lead.record.where_prec or (place.where_prec if place else None)
            named = (place.name, str(precision)) if place else None
            areas[named or (say.remarks["no_place"], say.word("none"))].append(lead.id)
    if points:
        yield say.explain("map")
        yield _picture(points, situation.book.cites(*on_map))
    else:
        yield say.explain("no_map")
    if areas:
        yield _areas(situation, areas)


def _picture(points: Counter[Located], cites: tuple[str, ...]) -> Picture:
    say = phrases()
    by_name: dict[tuple[str, float, float], int] = defaultdict(int)
    for place, number in points.items():
        by_name[place.name, place.latitude or 0.0, place.longitude or 0.0] += number
    pins = [Pin(name, lat, lon, number) for (name, lat, lon), number in sorted(by_name.items())]
    caption = say.captions["map"]
    svg, height = point_map(pins, caption)
    rows = "; ".join(f"{pin.name} {pin.incidents}" for pin in pins)
    return Picture(svg, WIDTH, height, say.captions["map_alt"].format(rows=f"{rows}."), caption, cites)


def _areas(situation: Situation, areas: Mapping[tuple[str, str], Sequence[str]]) -> Table:
    """How many incidents each area has, by the ids of their first accounts."""
    say = phrases()
    rows = []
    for (name, precision), ids in sorted(areas.items(), key=lambda each: (-len(each[1]), each[0])):
        counts = (Count(len(ids), tuple(ids)),)
        rows.append(Row((name, precision, str(len(ids))), situation.book.cites(*ids), counts))
    columns = tuple(say.columns[name] for name in ("area", "precision", "incidents"))
    return Table(say.captions["areas"], columns, tuple(rows), codes=(1,))


def _table(situation: Situation, found: Sequence[Accounts]) -> Table:
    say = phrases()
    columns = ("date", "place", "happened", "sides", "toll", "accounts")
    shown = found[-MOST:]
    caption = say.captions["incidents"]
    if len(shown) < len(found):
        more = say.captions["newest"].format(shown=len(shown), all=len(found))
        caption = f"{caption}. {more}"
    rows = tuple(_row(situation, each) for each in shown)
    return Table(caption, tuple(say.columns[name] for name in columns), rows)


def _row(situation: Situation, accounts: Accounts) -> Row:
    """One incident; what its accounts tell differently stands side by side."""
    say = phrases()
    places = dict.fromkeys(place.name for place in _where(situation, accounts))
    cells = (
        _each(map(_when, accounts)),
        ", ".join(places) or say.remarks["no_place"],
        _each(_what(each.record) for each in accounts),
        _each(map(_sides, accounts)),
        _each(_toll(each.record) for each in accounts),
        "; ".join(_accounts(situation, accounts)),
    )
    return Row(cells, situation.book.cites(*(each.id for each in accounts)))


def _each(told: Iterable[str]) -> str:
    """What accounts tell, once each; who tells nothing goes without saying where another does."""
    none = phrases().word("none")
    said = [words for words in dict.fromkeys(told) if words != none]
    return " / ".join(said) or none


def _when(found: Found[Incident]) -> str:
    date = found.record.date
    return wording.short_days(date) if date and (date.earliest or date.latest) else _since(found)


def _what(incident: Incident) -> str:
    say = phrases()
    parts = [say.word(incident.type).lower(), say.word(incident.mode or "").replace("-", " ").lower()]
    if incident.shape == "aggregate":
        parts.append(say.remarks["round_up"])
    return ", ".join(filter(None, parts))


def _sides(found: Found[Incident]) -> str:
    first, second = (_parties(found, side) for side in found.record.sides)
    if not first and not second:
        return phrases().word("none")
    second = "" if second == first else second  # nobody fights himself: the other side was not read
    between = " ↔ " if found.record.two_sided else " → "
    return f"{first or phrases().parts['nobody']}{between}{second or phrases().parts['nobody']}"


def _parties(found: Found[Incident], side: Sequence[Party]) -> str:
    return ", ".join(dict.fromkeys(found.names.get(party.actor or "") or party.text for party in side))


def _toll(incident: Incident) -> str:
    tolls = ((incident.deaths, "killed"), (incident.injured, "injured"))
    said = [
        f"{words} {phrases().word(what)}" for toll, what in tolls if toll and (words := wording.toll(toll))
    ]
    return ", ".join(said) or phrases().word("none")


def _since(found: Found[Incident]) -> str:
    return phrases().remarks["incident_known"].format(known=found.found_in.known)


def _accounts(situation: Situation, accounts: Accounts) -> Iterator[str]:
    """How it is said to be and whose deed, each with those who say so."""
    book = situation.book
    said: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for found in accounts:
        told: list[tuple[str, str]] = [(status.value, status.claim) for status in found.record.statuses]
        told += [(f"responsibility {blame.value}", blame.claim) for blame in found.record.responsibility]
        not_stated = phrases().word("not_stated")
        for what, claim in told or [(not_stated, each.claim.id) for each in found.accounts]:
            said[what][book.holder(claim)] = None
    for what, holders in said.items():
        yield f"{what}: {', '.join(holders)}"
