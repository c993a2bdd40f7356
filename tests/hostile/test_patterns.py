"""No input makes a pattern or an annotator do more than a fixed amount of work for each character.

Work is counted, never timed: the ways in which a pattern may divide one text among its repeats, by
its syntax tree, and the calls that a reader makes over a text and over the same text twice.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

import marsad
from marsad.gazetteer import Gazetteer
from marsad.reading import figures, places, times
from marsad.reading.pipeline import read
from marsad.reading.text import LONGEST_SENTENCE, Text, segment
from marsad.records.reading import Claim, Document, Published

PACKAGE = Path(marsad.__file__).parent

# Unbounded repeats with something behind them, and why their input is short or their cost is linear.
ALLOWED = {
    r"""("[^"]*"|'[^']*')""": "a message of a few words; each mark stops at the next one of its kind",
    r'"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^"\s]+)': "a search that somebody types; what follows is optional",
    "^([a-z]+[0-9]+|[0-9a-f]{32})$": "the id of a record, anchored; letters and digits are apart",
    r"^[^@\s]+@[^@\s]+$": "the name of a reader, anchored; both sides stop at the mark",
}

# Imports everything, reads the samples, and prints each pattern that the package had compiled.
RECORDER = """
import importlib, json, pkgutil, re, sys
compile, found = re._compile, set()
def record(pattern, flags):
    if "marsad" in sys._getframe(2).f_globals.get("__name__", ""):
        text = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
        found.add((text if isinstance(text, str) else text.decode("latin-1"), int(flags)))
    return compile(pattern, flags)
re._compile = record
import marsad, marsad.samples
for module in pkgutil.walk_packages(marsad.__path__, "marsad."):
    if "migrations" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from importlib import resources
for sample in resources.files("marsad.samples").iterdir():
    if sample.name.startswith("invented"):
        marsad.read(str(sample))
print(json.dumps(sorted(found)))
"""


@cache
def patterns() -> tuple[tuple[str, int], ...]:
    """Every pattern of the package with its flags: those that were compiled and those that are spelt out."""
    done = subprocess.run([sys.executable, "-c", RECORDER], capture_output=True, text=True, check=True)
    found = {(pattern, flags) for pattern, flags in json.loads(done.stdout)}
    for path in PACKAGE.rglob("*.py"):
        found |= {(pattern, 0) for pattern in _spelt_out(ast.parse(path.read_text(encoding="utf-8")))}
    return tuple(sorted(found))


def _spelt_out(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        if (
            isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and isinstance(first, ast.Constant)
        ):
            yield first.value if isinstance(first.value, str) else first.value.decode("latin-1")


# --- how many ways a pattern has ---------------------------------------------------------------------

ALPHABET = frozenset(map(chr, range(9, 127))) | frozenset("éßع٣ـ\u0301\u00a0\u2003“”’‘–—‑£€…")
CLASSES = {
    getattr(op, f"CATEGORY_{name}"): re.compile(pattern)
    for name, pattern in (
        ("DIGIT", r"\d"), ("NOT_DIGIT", r"\D"), ("SPACE", r"\s"),
        ("NOT_SPACE", r"\S"), ("WORD", r"\w"), ("NOT_WORD", r"\W"),
    )
}  # fmt: skip
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
NOTHING: frozenset[str] = frozenset()


class Shape(NamedTuple):
    """What one piece of a pattern may begin with, whether it may be empty, and its ways."""

    first: frozenset[str]
    empty: bool
    ways: float


def ways(pattern: str, flags: int = 0) -> float:
    """An upper bound of the ways to divide one text among the repeats of `pattern`.

    A repeat has a choice where what follows it may begin with what it repeats; choices multiply. Inside
    a repeat alternatives that may begin alike, and what may be left out, are choices too. Outside they
    are a fixed cost, which no text can raise.
    """
    return _sequence(_parser.parse(pattern, flags), NOTHING, repeated=False).ways


def _sequence(items: Iterable[Any], follow: frozenset[str], *, repeated: bool) -> Shape:
    """The shape of `items` in a row, when `follow` may stand behind them."""
    first, empty, count = NOTHING, True, 1.0
    for kind, value in reversed(list(items)):
        piece = _piece(kind, value, first | (follow if empty else NOTHING), repeated=repeated)
        first = piece.first | (first if piece.empty else NOTHING)
        empty, count = empty and piece.empty, count * piece.ways
    return Shape(first, empty, count)


def _piece(kind: Any, value: Any, follow: frozenset[str], *, repeated: bool) -> Shape:
    if kind in REPEATS:
        return _repeat(kind, *value, follow, repeated=repeated)
    if kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        inner = _sequence(value[-1] if kind is op.SUBPATTERN else value, follow, repeated=repeated)
        return inner._replace(ways=1.0) if kind is op.ATOMIC_GROUP else inner
    if kind in (op.BRANCH, op.GROUPREF_EXISTS):
        return _either(
            [a or [] for a in value[1:] if a != value[0]] if kind is op.GROUPREF_EXISTS else value[1],
            follow,
            repeated=repeated,
        )
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return Shape(NOTHING, True, _sequence(value[1], NOTHING, repeated=repeated).ways)
    if kind is op.AT:
        return Shape(NOTHING, True, 1.0)
    return Shape(ALPHABET, True, 1.0) if kind is op.GROUPREF else Shape(_characters(kind, value), False, 1.0)


def _repeat(kind: Any, low: int, high: Any, body: Any, follow: frozenset[str], *, repeated: bool) -> Shape:
    most = float("inf") if high is op.MAXREPEAT else float(int(high))
    again = _sequence(body, NOTHING, repeated=True).first if most > 1 else NOTHING
    inner = _sequence(body, follow | again, repeated=repeated or most > 1)
    empty = low == 0 or inner.empty
    if kind is op.POSSESSIVE_REPEAT:
        return Shape(inner.first, empty, 1.0)
    chooses = bool(inner.first & follow) and most > low and (most > 1 or repeated)
    within = 1.0 if inner.ways == 1 else inner.ways ** min(most, 100)
    return Shape(inner.first, empty, within * (most - low + 1 if chooses else 1))


def _either(alternatives: list[Any], follow: frozenset[str], *, repeated: bool) -> Shape:
    shapes = [_sequence(alternative, follow, repeated=repeated) for alternative in alternatives]
    if repeated:  # as many as may begin with one character
        most = max(sum(s.ways for s in shapes if char in s.first) for char in ALPHABET)
    else:
        most = max(s.ways for s in shapes)
    return Shape(frozenset().union(*(s.first for s in shapes)), any(s.empty for s in shapes), max(most, 1.0))


def _characters(kind: Any, value: Any) -> frozenset[str]:
    """The characters of ALPHABET, and those named, that one character of a pattern stands for."""
    if kind is not op.IN:
        return _of_one(kind, value)
    named = frozenset().union(*(_of_one(*each) for each in value if each[0] is not op.NEGATE))
    return ALPHABET - named if value[0][0] is op.NEGATE else named


@cache
def _of_one(kind: Any, value: Any) -> frozenset[str]:
    if kind is op.LITERAL:
        return frozenset((chr(value),))
    if kind is op.NOT_LITERAL:
        return ALPHABET - {chr(value)}
    if kind is op.RANGE:
        return frozenset(char for char in ALPHABET if value[0] <= ord(char) <= value[1])
    if kind is op.CATEGORY:
        return frozenset(char for char in ALPHABET if CLASSES[value].match(char))
    assert kind is op.ANY, kind
    return ALPHABET


def open_repeats(items: Iterable[Any], *, last: bool = True) -> Iterator[Any]:
    """The unbounded repeats behind which something stands, so that they may be tried in vain."""
    row = list(items)
    for at, (kind, value) in enumerate(row):
        ends = last and at == len(row) - 1
        if kind in REPEATS:
            if value[1] is op.MAXREPEAT and kind is not op.POSSESSIVE_REPEAT and not ends:
                yield value
            yield from open_repeats(value[2], last=ends and value[1] is not op.MAXREPEAT)
        elif kind is op.SUBPATTERN:
            yield from open_repeats(value[-1], last=ends)
        elif kind is op.BRANCH:
            for alternative in value[1]:
                yield from open_repeats(alternative, last=ends)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from open_repeats(value[1], last=False)


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        ("(?:a+)+b", 1e9),
        ("(?:ab|a|b){1,60}c", 1e9),
        ("(?:a?){1,60}a", 1e9),
        (r"\s*,?\s*x", 1e9),
        (r"\d{1,99}\d{1,99}x", 99),
    ],
)
def test_what_backtracks_is_seen(pattern: str, least: float) -> None:
    assert ways(pattern) >= least


@pytest.mark.parametrize(
    "pattern", [r"\w{1,60}\s{1,9}\w", r"(?:\d{1,3},){1,9}x", r"(?:a{1,60}b){1,60}c", "(?:week|weeks)s?x"]
)
def test_what_does_not_is_left_alone(pattern: str) -> None:
    assert ways(pattern) == 1


def test_no_pattern_of_the_package_backtracks_far() -> None:
    assert len(patterns()) > 60
    far = {pattern: ways(pattern, flags) for pattern, flags in patterns() if pattern not in ALLOWED}
    assert {pattern: count for pattern, count in far.items() if count > LONGEST_SENTENCE} == {}


def test_what_repeats_without_bound_has_nothing_behind_it() -> None:
    unbounded = {p for p, flags in patterns() if any(open_repeats(_parser.parse(p, flags)))}
    assert unbounded - set(ALLOWED) == set()
    assert set(ALLOWED) - {pattern for pattern, _ in patterns()} == set()


# --- how much a reader does --------------------------------------------------------------------------

FRAGMENTS = [
    "“Ruiz said. ” ", "“", "'' `` ", "A.A.A. ", "Ana, ", "ANA ", "1,000 ", "1,", "two and ", "1 to ", "of the ", "May 3, 2021, ",
    "2019-", "Monday ", "(SDF) ", "(", "- ", "5 men — ", "Paris, ", "in Hasakah, Syria. ", "$1 ", "5% ", "three killed ", "a\n",
    "A b.\n\n", "A\u00a0. ", "said ", "al-", "S/RES/1", "Ruiz said that ", "said, adding, claimed, ", "“We left,” Ruiz said. ",
    "ISIS said. ", "Gen. Ana Ruiz, ", "killed ", "“A b. ", "“We left at once. ” ", "He said so. The group said no. ",
    "The Ruritanian president said Ana Ruiz, 19, left. ", "Ruiz denied that men left town. ", "Syrian forces said. ",
]  # fmt: skip


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_hundred_kilobytes_of_one_fragment_are_cut_into_bounded_pieces(fragment: str) -> None:
    document = (fragment * (100_000 // len(fragment) + 1))[:100_000]
    text = segment(document)
    assert all(sentence.end - sentence.begin <= LONGEST_SENTENCE for sentence in text.sentences)
    assert len(text.tokens) <= len(document)
    assert "".join(token.text for token in text.tokens) == "".join(document.split())


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_twice_the_text_is_twice_the_work(fragment: str) -> None:
    """Of segment, places, times and figures, over paragraphs of one fragment."""
    once, twice = (calls(_parts, _paragraphs(fragment, number)) for number in (8, 16))
    assert twice < 2.3 * once


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_twice_the_text_is_twice_the_work_of_the_whole_reader(fragment: str) -> None:
    once, twice = (calls(_whole, _paragraphs(fragment, number)) for number in (4, 8))
    assert twice < 2.3 * once


@pytest.mark.parametrize("between", [" said. ", ", ", " told Ana Ruiz that ", " (SDF) "])
def test_twice_the_names_are_twice_the_work(between: str) -> None:
    """Of persons and groups who are all different."""
    names = [f"{a}{b}a {c}{d}or" for a in "KLMN" for b in "aeio" for c in "PRST" for d in "aeio"]
    texts = ["\n\n".join(name + between + "The group left. " for name in names[:n]) for n in (60, 120)]
    once, twice = (calls(_whole, text) for text in texts)
    assert twice < 2.3 * once


def _paragraphs(fragment: str, number: int) -> str:
    return (fragment * max(1, 200 // len(fragment)) + "\n\n") * number


def calls(reads: Callable[[str], object], document: str) -> int:
    """How many functions are called, built-in ones too, when `document` is read."""
    reads("Ana Ruiz said in Paris on 3 May 2021 that 3 men had died. ")  # what the first reading loads
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        reads(document)
    finally:
        sys.setprofile(before)
    return count


def _whole(document: str) -> None:
    read(Document(id="d1", text=document, raw_sha256="0" * 64, text_sha256="0" * 64, extractor="plain@1"))


def _parts(document: str) -> None:
    text = segment(document)
    taken = tuple((token.begin, token.end) for token in text.tokens[::3])
    found_places = places.annotate(text, Gazetteer.open(), taken=taken)
    found_times = times.annotate(text, Published())
    figures.annotate(text, claims=_claims(text), actors=(), places=found_places, times=found_times)


def _claims(text: Text) -> tuple[Claim, ...]:
    return tuple(
        Claim(id=f"c{s.number + 1}", spans=(s.span,), text=text[s.span], kind="narrated", reader="test@1")
        for s in text.sentences
    )
