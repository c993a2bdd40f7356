"""Neighbouring pieces that are one expression: `10 p.m. Wednesday`, `the morning of 31 January`."""

from __future__ import annotations

import re

from marsad.reading.times.meanings import Calendar, Found, Holiday, Shift, Weekday

_BESIDE = re.compile(r",? ?")  # "noon, Friday"
_OF = re.compile(r" of | on ?")


def joined(text: str, found: list[Found]) -> tuple[Found, ...]:
    """`found` with each hour or part of a day and the day right after it made one."""
    made: list[Found] = []
    for piece in found:
        last = made[-1] if made else None
        if last is not None and _is_hour(last) and _is_day(piece) and _adjoin(text, last, piece):
            made[-1] = piece._replace(span=(last.span[0], piece.span[1]), clock=last.clock, mod=last.mod)
        else:
            made.append(piece)
    return tuple(made)


def _is_hour(found: Found) -> bool:
    return found.meaning is None and found.clock is not None


def _is_day(found: Found) -> bool:
    if found.clock:
        return False
    meaning = found.meaning
    if isinstance(meaning, Calendar):
        return meaning.day is not None and meaning.end is None
    return isinstance(meaning, Weekday | Holiday) or (isinstance(meaning, Shift) and meaning.unit == "day")


def _adjoin(text: str, hour: Found, day: Found) -> bool:
    between = text[hour.span[1] : day.span[0]]
    part = (hour.clock or "")[1:2].isalpha()  # the morning of the 3rd
    return (_OF if part else _BESIDE).fullmatch(between) is not None
