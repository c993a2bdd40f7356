"""The two written forms of MUC-4's templates: GTT's, with roles alone, and the full keys with all slots.

GTT: `{"incident_type": "attack", "PerpInd": [[["guerrillas", 37], ...], ...], ...}`, a mention with where it
first stands in the text. Full keys: `{"inc_type": ["ATTACK"], "inc_date": ["- 04 MAR 90"],
"inc_loc": ["PERU: LIMA (CITY)"], "hum_tgt_num": ["2: \\"GUARDS\\""], ...}`: mentions in quotation marks,
alternatives parted by "/", "?" before what is optional.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from marsad.evaluation.muc import ROLES, Template
from marsad.evaluation.muc_slots import PLURAL, Blame, Count, Ends, Mentions, Slots, Stretch

_KEYS = {
    "PerpInd": "perp_ind_id",
    "PerpOrg": "perp_org_id",
    "Target": "phys_tgt_id",
    "Victim": "hum_tgt_name",  # GTT and GRIT have as victims those who are named
    "Weapon": "inc_instr_id",
}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_CENTURY = 1900
_NONE = {"-", "*", ""}

_QUOTED = re.compile(r'"((?:[^"\\]|\\"){1,2000})"')
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3})[A-Z]{0,6} (\d\d)")
_KIND = re.compile(r"\([^()]{0,80}\)")
_NUMBER = re.compile(r"\d{1,9}")


def is_full(written: Mapping[str, Any]) -> bool:
    """Whether a template is written in the form of the full keys."""
    return "inc_type" in written


def read(written: Mapping[str, Any]) -> Template:
    """The template of either form.

    Raises:
        ValueError: it is of neither form.
    """
    try:
        return _read_full(written) if is_full(written) else _read_roles(written)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"a template of neither form: {error!r}") from error


def write_roles(template: Template, text: str) -> dict[str, object]:
    """A template in GTT's form; a mention that `text` does not have stands at -1."""
    lower = text.lower()
    roles = {
        role: [
            [[each, lower.find(each.lower())] for each in entity] for entity in template.roles.get(role, ())
        ]
        for role in ROLES
    }
    return {"incident_type": template.type, **roles}


def write_full(template: Template) -> dict[str, object]:
    """A template in the form of the full keys, with the slots that are scored."""
    slots = template.slots or Slots()
    written = {_KEYS[role]: [_quotes(entity) for entity in template.roles.get(role, ())] for role in ROLES}
    return {
        "inc_type": [template.type.upper()],
        "inc_date": _written(map(_written_date, slots.dates)),
        "inc_loc": _written(": ".join(place).upper() for place in slots.places),
        **written,
        "perp_org_conf": [f"{' / '.join(b.values)}: {_quotes(b.organisation)}" for b in slots.blames],
        "hum_tgt_num": [
            f"{' / '.join(map(_written_number, count.numbers))}: {_quotes(count.target)}"
            for count in slots.counts
        ],
    }


def _read_roles(written: Mapping[str, Any]) -> Template:
    roles = {
        role: tuple(tuple(str(mention[0]) for mention in entity) for entity in written.get(role) or ())
        for role in ROLES
    }
    return Template(written["incident_type"].lower(), roles)


def _read_full(written: Mapping[str, Any]) -> Template:
    roles = {role: tuple(map(_mentions, written.get(key) or ())) for role, key in _KEYS.items()}
    slots = Slots(
        dates=tuple(_dates(_first(written, "inc_date"))),
        places=tuple(_places(_first(written, "inc_loc"))),
        counts=tuple(_counts(written.get("hum_tgt_num") or ())),
        blames=tuple(_blames(written.get("perp_org_conf") or ())),
    )
    return Template(_first(written, "inc_type").lower(), roles, slots, bool(written.get("_optional")))


def _first(written: Mapping[str, Any], key: str) -> str:
    values = written.get(key) or [""]
    return str(values[0])


def _mentions(fill: str) -> Mentions:
    """The mentions of a fill; some keys have lost their quotation marks."""
    quoted = _QUOTED.findall(fill)
    return tuple(each.replace('\\"', '"') for each in quoted) or (fill.strip('?" '),)


def _dates(fill: str) -> Iterator[Stretch]:
    """The alternatives of a date; what is no day of a known year is none."""
    for alternative in fill.split("/"):
        days = [day for found in _DAY.findall(alternative.upper()) if (day := _day(*found))]
        if not days:
            continue
        if alternative.strip(" ()?").startswith("-"):
            yield Stretch(None, days[0])
        elif alternative.rstrip(" ()").endswith("-"):
            yield Stretch(days[0], None)
        else:
            yield Stretch(days[0], days[-1])


def _day(day: str, month: str, year: str) -> str | None:
    if month not in _MONTHS or not int(year):
        return None
    try:
        return date(_CENTURY + int(year), _MONTHS.index(month) + 1, int(day)).isoformat()
    except ValueError:  # "31 FEB 89"
        return None


def _written(alternatives: Iterable[str]) -> list[str]:
    each = [*alternatives]
    return [" / ".join(f"({one})" for one in each)] if len(each) > 1 else each


def _written_date(stretch: Stretch) -> str:
    ends = [_written_day(end) if end else "" for end in stretch]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} - {ends[1]}".strip()


def _written_day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year % 100:02}"


def _places(fill: str) -> Iterator[tuple[str, ...]]:
    """The alternatives of a location as names from the country down; of "A - B" each."""
    if fill.strip() in _NONE:
        return
    for alternative in _alternatives(fill):
        names = [_KIND.sub("", part).strip(" ?") for part in alternative.split(":")]
        for last in names[-1].split(" - "):
            yield (*names[:-1], last.strip())


def _alternatives(fill: str) -> Iterator[str]:
    """What "/" parts outside of brackets: not "PERQUIN (CITY / JURISDICTION)"."""
    depth, begin = 0, 0
    for at, mark in enumerate(f"{fill}/"):
        depth += (mark == "(") - (mark == ")")
        if mark == "/" and depth <= 0:
            alternative = fill[begin:at].strip(" ?")
            yield alternative[1:-1] if alternative.startswith("(") else alternative
            begin = at + 1


def _counts(fills: Sequence[str]) -> Iterator[Count]:
    for fill in fills:
        told, _, target = fill.partition(":")
        numbers = tuple(filter(None, map(_number, told.split("/"))))
        if numbers:
            yield Count(numbers, _mentions(target), told.strip().startswith("?"))


def _number(told: str) -> Ends | None:
    """ "12", "~40000", "PLURAL", "-15" (at most), "5 -" (at least), "10 - 20"."""
    if "PLURAL" in told:
        return PLURAL
    found = [int(each) for each in _NUMBER.findall(told)]
    bare = told.strip(" ?~")
    if not found:
        return None
    if bare.startswith("-"):
        return None, found[0]
    return found[0], None if bare.endswith("-") else found[-1]


def _written_number(ends: Ends) -> str:
    low, high = ends
    if ends == PLURAL:
        return "PLURAL"
    return (
        str(low) if low == high else f"{'' if low is None else low} - {'' if high is None else high}".strip()
    )


def _blames(fills: Sequence[str]) -> Iterator[Blame]:
    for fill in fills:
        told, _, organisation = fill.partition(":")
        values = tuple(value.strip(" ?()") for value in told.split("/"))
        if organisation.strip():
            yield Blame(values, _mentions(organisation), told.strip().startswith("?"))


def _quotes(entity: Sequence[str]) -> str:
    return " / ".join(f'"{each.upper()}"' for each in entity)
