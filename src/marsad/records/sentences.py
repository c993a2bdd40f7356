"""Sentences with names in them, and what was put where the names stand: found again in what was said.

What the program says of a document or a fault is kept in English. Another language finds here what was put
into the sentence, and puts it into its own.
"""

from __future__ import annotations

from functools import cache
from string import Formatter


def put_into(sentence: str, said: str) -> dict[str, str] | None:
    """What stands in `said` where `sentence` has names, each as short as can be.

    `None` where it is another sentence. Takes time linear in what was said.
    """
    found: dict[str, str] = {}
    at, name = 0, None
    for literal, field, is_last in _parts(sentence):
        begin = len(said) - len(literal) if is_last else said.find(literal, at)
        if begin < at or not said.startswith(literal, begin) or (name is None and begin != at):
            return None
        if name is not None:
            found[name] = said[at:begin]
        at, name = begin + len(literal), field
    if name is not None:
        found[name], at = said[at:], len(said)
    return found if at == len(said) else None


@cache
def _parts(sentence: str) -> tuple[tuple[str, str | None, bool], ...]:
    """Each piece between names, the name after it, and whether it ends the sentence."""
    return tuple((literal, field, field is None) for literal, field, *_ in Formatter().parse(sentence))
