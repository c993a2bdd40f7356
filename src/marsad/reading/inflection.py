"""The forms of English verbs and nouns, from entries of the vocabularies.

An entry is `base`, or `base past participle` where the verb is irregular or doubles its last
letter, and may end in ` / particle` where the verb needs one (`drive drove driven / out`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Form = Literal["base", "s", "past", "participle", "ing"]

_VOWELS = "aeiou"
_WITH_ES = frozenset({"go", "do", "undergo", "forgo", "veto", "hero", "echo", "embargo"})


class VerbForm(NamedTuple):
    """One surface form with what it may be: `killed` is a past and a participle."""

    surface: str
    base: str
    forms: frozenset[Form]
    particle: str | None


def conjugate(entry: str) -> tuple[VerbForm, ...]:
    """Every surface form of one verb entry. Raises ValueError on an entry of another shape."""
    head, _, particle = entry.partition(" / ")
    parts = head.split()
    if len(parts) not in (1, 3):
        raise ValueError(f"verb entry {entry!r}: give the base, or base, past and participle")
    base = parts[0]
    past, participle = (parts[1], parts[2]) if len(parts) == 3 else (_past(base), _past(base))
    ing = _ing(base, doubled=len(parts) == 3 and past.startswith(base + base[-1]))
    surfaces: dict[str, set[Form]] = {}
    for surface, form in _pairs(base, past, participle, ing):
        surfaces.setdefault(surface, set()).add(form)
    return tuple(
        VerbForm(surface, base, frozenset(forms), particle or None) for surface, forms in surfaces.items()
    )


def _pairs(base: str, past: str, participle: str, ing: str) -> tuple[tuple[str, Form], ...]:
    return (base, "base"), (_s(base), "s"), (past, "past"), (participle, "participle"), (ing, "ing")


def plural(noun: str) -> str:
    """The regular plural of a noun or of the last of several words; a few irregular ones."""
    words = noun.rsplit(" ", 1)
    last = words[-1]
    if last in _IRREGULAR:
        made = _IRREGULAR[last]
    elif last.endswith("man"):
        made = last[:-3] + "men"
    else:
        made = _s(last)
    return " ".join([*words[:-1], made])


_IRREGULAR = {
    "child": "children",
    "person": "persons",
    "wife": "wives",
    "people": "people",
    "aircraft": "aircraft",
    "artillery": "artillery",
    "police": "police",
    "peshmerga": "peshmerga",
    "military": "military",
    "others": "others",
}


def _s(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    hisses = word.endswith(("s", "x", "z", "ch", "sh")) or word in _WITH_ES
    return word + ("es" if hisses else "s")


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied"
    return base + "ed"


def _ing(base: str, *, doubled: bool) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    if doubled or base in _DOUBLING:
        return base + base[-1] + "ing"
    return base + "ing"


# Irregular verbs whose past does not show that the last letter doubles.
_DOUBLING = frozenset(
    {"begin", "cut", "get", "gun", "hit", "let", "overrun", "put", "run", "set", "shut", "win"}
)
