"""Series scored on the key that was labelled by hand (benchmarks/keys/README.md, "A key of series points").

    python benchmarks/series.py ARTICLES.jsonl SEED.txt [--key FILE] [--workspace DIR] [--wrong]

ARTICLES holds the texts of the key, `{"id", "text", "published", "publisher"}` a line; SEED is the text of
its article `seed`. They are read into a ledger that is thrown away, with its camps shown, or the one of
`--workspace` is asked, which holds them already.

A figure of the product that stands in a series of fighters, of people held or of people displaced is a
point, and so is one of what became of them (recruited, surrendered, taken back); an echo is one too. It is
that of the key where both hold one number of one document. *Points*: those of the key that are found, and
those of the product that the key does not have, which are wrong; what the key calls not wanted or borderline
counts on neither side. Of the points that are found:

scope     each place, by name (or what the gazetteer knows by that name), and each stated scope whose words
          hold none of these places, nor take one up ("in the country", "there"), by words that overlap; one
          whose words are a time ("in 2017"), by the days that the key has for it, of the period or as-of date
holder    who is named for it, by words that overlap or a folded name
series    pairs of points in one series, over all points of the key: a missed point is in none
estimate  pairs of points that are one estimate, told again

Below, how many points are right in every place and scope, and in their holder, nobody included.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from keyed import Labels, lines

from marsad.api import Ledger
from marsad.assessment.series import Basis, series
from marsad.assessment.series.bases import one_spelling
from marsad.assessment.series.points import is_unsourced
from marsad.disclosure import MARK
from marsad.gazetteer import Gazetteer
from marsad.ledger.asking.found import Found
from marsad.ledger.asking.gathering import Located
from marsad.ledger.asking.query import Query
from marsad.ledger.store import Store
from marsad.linkage.origins import folded_name
from marsad.reading import times
from marsad.reading.figures.measures import vocabulary
from marsad.reading.text import segment
from marsad.records import interval as edtf
from marsad.records.reading import Figure, Party
from marsad.records.spans import Span, overlaps

KEY = Path(__file__).with_name("keys") / "series.jsonl"
KINDS = {
    "strength.fighters": "fighters",
    "recruitment.": "fighters",
    "surrendered.": "fighters",
    "detention.": "detainees",
    "displacement.": "displaced",
    "repatriated.": "displaced",
}
SEED = "seed"
_GAZETTEERS = frozenset({"geonames", "marsad", "ucdp"})  # of the keys of places: marsad:sy-baghuz
_TAKING_UP = 4  # words of "living in the camp"
_SLOTS = {"scope": ("places", "scope"), "holder": ("holder", "unsourced")}  # of the key


@dataclass(frozen=True)
class Given:
    """A point of the product, in one document."""

    document: str  # of the key
    figure: Found[Figure]
    basis: Basis
    series: str
    estimate: str

    @property
    def kind(self) -> str:
        return next(kind for measure, kind in KINDS.items() if self.basis.measure.startswith(measure))


@dataclass(frozen=True)
class Wanted:
    """A point of the key, with what the product makes of it."""

    id: str  # ARTICLE:INDEX
    text: str
    labels: Labels
    given: Given | None

    @property
    def is_scored(self) -> bool:
        return bool(self.labels["wanted"]) and not self.labels["borderline"]

    @property
    def got(self) -> Given:
        """What the product makes of it, which is there."""
        if self.given is None:
            raise ValueError(f"{self.id} was not found")
        return self.given

    def is_sure(self, *slots: str) -> bool:
        return not set(slots) & set(self.labels["unsure"])


class Rates:
    """Right, found and wanted of one thing, with lines for what is wrong."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0
        self.wrong: list[str] = []

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right, self.found, self.wanted = self.right + right, self.found + found, self.wanted + wanted

    def row(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        f1 = 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0
        return f"{precision:9.3f} {recall:7.3f} {f1:7.3f}   {self.right} of {self.found}, of {self.wanted}"


def main() -> None:
    asked = _arguments()
    key = list(lines(asked.key))
    texts = _texts(asked.articles, asked.seed, key)
    if asked.workspace:
        with Store.open(asked.workspace) as ledger:
            given = _given(ledger, texts)
    else:
        with tempfile.TemporaryDirectory() as folder, _read(Path(folder), asked, key) as ledger:
            given = _given(ledger, texts)
    report(_paired(key, texts, given), given, show=asked.wrong)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("seed", type=Path, nargs="?", help="the text of the article `seed`")
    parser.add_argument("--key", type=Path, default=KEY)
    parser.add_argument("--workspace", type=Path, help="a ledger that has read them")
    parser.add_argument("--wrong", action="store_true", help="print what is not right")
    return parser.parse_args()


# --- the articles, and the ledger ---


def _texts(articles: Path, seed: Path | None, key: Sequence[Labels]) -> dict[str, str]:
    """The texts of the key, by its ids.

    Raises:
        SystemExit: one is not there, or has another text.
    """
    wanted = {str(each["id"]): each["text_sha256"] for each in key}
    found = {str(row["id"]): row["text"] for row in lines(articles) if str(row["id"]) in wanted}
    if seed is not None and SEED in wanted:
        found[SEED] = seed.read_text(encoding="utf-8")
    for each, sha256 in wanted.items():
        if each not in found or hashlib.sha256(found[each].encode()).hexdigest() != sha256:
            raise SystemExit(f"{articles}: holds no article {each} with the text of the key")
    return found


def _read(folder: Path, asked: argparse.Namespace, key: Sequence[Labels]) -> Ledger:
    """A ledger of the articles of the key. Its camps are shown, for they are compared by name."""
    wanted = {str(each["id"]) for each in key}
    rows = [row for row in lines(asked.articles) if str(row["id"]) in wanted]
    chosen = folder / "articles.jsonl"
    chosen.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ledger = Ledger.open(folder / "ledger", create=True)
    ledger.add(str(chosen), *([str(asked.seed)] if SEED in wanted else []))
    ledger.lift(lifted=True, by="benchmark", reason="compared with a key, and thrown away")
    return ledger


def _given(ledger: Store, texts: dict[str, str]) -> list[Given]:
    """All points of the three kinds, in the documents of the key."""
    ids = {hashlib.sha256(text.encode()).hexdigest(): each for each, text in texts.items()}
    return [
        Given(ids[figure.found_in.document.text_sha256], figure, each.basis, each.id, point.figure.id)
        for each in series(ledger.gather([Query.of("claims")]))
        if each.basis.measure.startswith(tuple(KINDS))
        for point in each.points
        for figure in (point.figure, *point.echoes)
        if figure.found_in.document.text_sha256 in ids
    ]


def _paired(key: Sequence[Labels], texts: dict[str, str], given: Iterable[Given]) -> list[Wanted]:
    """Each point of the key with the one that holds its number; of several, the nearest by its beginning."""
    by_document: defaultdict[str, list[Given]] = defaultdict(list)
    for each in given:
        by_document[each.document].append(each)
    found: list[Wanted] = []
    for article in key:
        name = str(article["id"])
        left = list(by_document[name])
        for index, labels in enumerate(article["points"]):
            number = tuple(labels["number"])
            holding = [each for each in left if any(overlaps(s, number) for s in each.figure.record.spans)]
            chosen = min(
                holding, key=lambda each: abs(each.figure.record.spans[0][0] - number[0]), default=None
            )
            if chosen is not None:
                left.remove(chosen)
            found.append(Wanted(f"{name}:{index}", texts[name], labels, chosen))
    return found


# --- scores ---


def report(wanted: Sequence[Wanted], given: Sequence[Given], *, show: bool) -> None:
    scored = [each for each in wanted if each.is_scored]
    met = [each for each in scored if each.given is not None]
    parts = {
        "points": _points(scored, wanted, given),
        "scope": _slots(met, _SLOTS["scope"], _scope),
        "holder": _slots(met, _SLOTS["holder"], _holder),
        "series": _pairs(scored, "series", lambda each: str(each.labels["series"]), lambda got: got.series),
        "estimate": _pairs(scored, "same_as", _estimates(wanted), lambda got: got.estimate),
    }
    print(f"{'':10}precision  recall      f1   right of found, of wanted")
    for name, rates in parts.items():
        print(f"{name:10}{rates.row()}")
    for name, judge in (("scope", _scope), ("holder", _holder)):
        sure = [each for each in met if each.is_sure(*_SLOTS[name])]
        whole = sum(right == found == all_ for right, found, all_ in map(judge, sure))
        print(f"{name}: {whole} of {len(sure)} points right in every part")
    same = sum(each.labels["kind"] == each.got.kind for each in met)
    print(
        f"kind: {same} of {len(met)}; points of the key by kind: {Counter(w.labels['kind'] for w in scored)}"
    )
    if show:
        print(*(line for name, rates in parts.items() for line in (f"--- {name}", *rates.wrong)), sep="\n")


def _points(scored: Sequence[Wanted], wanted: Sequence[Wanted], given: Sequence[Given]) -> Rates:
    rates = Rates()
    known = {each.given.figure.id for each in wanted if each.given}
    false = [each for each in given if each.figure.id not in known]
    right = sum(each.given is not None for each in scored)
    rates.add(right, right + len(false), len(scored))
    rates.wrong += [f"missed {_told(each)}" for each in scored if each.given is None]
    rates.wrong += [f"not in the key {each.document} {each.figure.record.text!r}" for each in false]
    return rates


def _slots(
    met: Iterable[Wanted], slots: Iterable[str], judge: Callable[[Wanted], tuple[int, int, int]]
) -> Rates:
    rates = Rates()
    for each in met:
        if each.is_sure(*slots):
            right, found, wanted = judge(each)
            rates.add(right, found, wanted)
            if not right == found == wanted:
                rates.wrong.append(_told(each))
    return rates


def _told(each: Wanted) -> str:
    begin, end = each.labels["number"]
    around = " ".join(each.text[max(0, begin - 60) : end + 60].split())
    holder = each.labels["holder"] and each.labels["holder"]["name"]
    key = f"key {each.labels['place_names']} {_words(each, each.labels['scope'])!r} {holder}"
    if each.given is None:
        return f"{each.id} ...{around}... {key}"
    basis, claim = each.given.basis, each.given.figure.accounts[0]
    got = f"{[place.name for place in basis.places]} {basis.scope!r} {claim.holder}"
    return f"{each.id} ...{around}... {key}; found {got}"


def _words(each: Wanted, spans: object) -> str:
    return " … ".join(each.text[begin:end] for begin, end in _spans(spans))


def _spans(given: object) -> list[Span]:
    """A span, or several, or none."""
    if not isinstance(given, list) or not given:
        return []
    return [(given[0], given[1])] if isinstance(given[0], int) else [(begin, end) for begin, end in given]


# Scope


def _scope(each: Wanted) -> tuple[int, int, int]:
    """Places and scope words: right, found, wanted."""
    names, spans = each.labels["place_names"], each.labels["places"]
    asked = [(name, each.text[begin:end]) for name, (begin, end) in zip(names, _spans(spans), strict=False)]
    asked += [(name, name) for name in names[len(asked) :]]
    left = list(each.got.basis.places)
    right = 0
    for called in asked:
        met = next((place for place in left if any(_is_place(place, name) for name in called)), None)
        if met is not None:
            left.remove(met)
            right += 1
    said, scope = _spans(each.labels["scope"]), each.got.figure.record.scope
    basis = each.got.basis
    bounded = scope is not None and (basis.scope is not None or _is_stretch(scope.text, basis.period))
    is_met = bounded and any(overlaps(a, b) for a in said for b in scope.spans) if scope else False
    is_place = any(overlaps(a, b) for a in said for b in _spans(spans))  # "in Syria and Iraq" is its places
    if is_place or (asked and _takes_up(_words(each, each.labels["scope"]))):
        return right, len(basis.places) + (bounded and not is_met), len(asked)
    if not is_met and _is_time(each, said):
        told, wanted = each.got.figure.record, each.labels["period"] or each.labels["as_of"]
        when = told.period or told.as_of
        days = when.edtf if when is not None else None
        is_met = days is not None and edtf.days(days) == edtf.days(wanted)
        bounded = bounded or when is not None
    return right + is_met, len(basis.places) + bounded, len(asked) + bool(said)


def _takes_up(words: str) -> bool:
    """ "there", "in the country", "living in the camp": a place that was named before."""
    told = words.casefold().split()
    noun = len(told) <= _TAKING_UP and len(told) > 1 and told[-2] in ("the", "this", "that")
    return told[-1:] == ["there"] or (noun and told[-1] in vocabulary().taken_up)


def _is_time(each: Wanted, said: Sequence[Span]) -> bool:
    """Whether the key gives the words of the scope as days, too: "in the first four months of 2018"."""
    cut = segment(each.text)
    found = times.annotate(cut, each.got.figure.found_in.document.published) if said else ()
    dated = any(overlaps(a, b) for time in found for a in said for b in time.spans)
    return dated and (each.labels["period"] or each.labels["as_of"]) is not None


def _is_stretch(scope: str, period: str | None) -> bool:
    """Whether a basis carries "since June" as its period, and not as words."""
    return period is not None and scope.split(maxsplit=1)[0].casefold() == "since"


def _is_place(place: Located, name: str) -> bool:
    """By its name, by what the gazetteer knows by that name, or, where it is masked, as a camp."""
    if MARK in place.name:
        return "camp" in place.name.casefold() and "camp" in name.casefold()
    if one_spelling(folded_name(place.name)) == one_spelling(folded_name(name)):
        return True
    known, _, id_ = place.key.partition(":")
    return known in _GAZETTEERS and id_ in {entry.id for entry in Gazetteer.open().candidates(name)}


# Holders


def _holder(each: Wanted) -> tuple[int, int, int]:
    """Who is named: right, found, wanted. Nobody is right where nobody is wanted."""
    names = None if each.labels["unsourced"] else each.labels["holder"]
    is_given = not is_unsourced(each.got.figure)
    right = names is not None and is_given and _is_holder(each.got.figure, names)
    return int(right), int(is_given), int(names is not None)


def _is_holder(figure: Found[Figure], wanted: Labels) -> bool:
    account = figure.accounts[0]
    parties = [*filter(None, (account.claim.source,)), *account.claim.chain]
    said = _spans(wanted["spans"])
    if any(overlaps(a, b) for party in parties for a in party.spans for b in said):
        return True
    called = {account.holder, *_names(parties, figure)}
    return any(_share_a_name(name, wanted["name"] or "") for name in called)


def _names(parties: Iterable[Party], figure: Found[Figure]) -> Iterator[str]:
    for party in parties:
        yield party.text
        yield figure.names.get(party.actor or "", party.text)


def _share_a_name(a: str, b: str) -> bool:
    """Whether one name is the other, or its last words: a surname, an office without its article."""
    one, other = folded_name(a).split(), folded_name(b).split()
    size = min(len(one), len(other))
    return size > 0 and one[-size:] == other[-size:]


# Pairs


def _pairs(
    scored: Iterable[Wanted], slot: str, of_key: Callable[[Wanted], str], of_given: Callable[[Given], str]
) -> Rates:
    """Pairs of points that are together."""
    rates = Rates()
    for a, b in combinations([each for each in scored if each.is_sure(slot)], 2):
        is_wanted = of_key(a) == of_key(b)
        is_found = a.given is not None and b.given is not None and of_given(a.given) == of_given(b.given)
        rates.add(is_wanted and is_found, is_found, is_wanted)
        if is_wanted != is_found:
            what = "apart" if is_wanted else "together"
            rates.wrong.append(f"{slot} {what}: {_told(a)} || {_told(b)}")
    return rates


def _estimates(wanted: Sequence[Wanted]) -> Callable[[Wanted], str]:
    """The first of the points that are one estimate, by any of them."""
    again = {each.id: each.labels["same_as"] for each in wanted}

    def first(each: Wanted) -> str:
        at, seen = each.id, set[str]()
        while again.get(at) and at not in seen:
            seen.add(at)
            at = str(again[at])
        return at

    return first


if __name__ == "__main__":
    main()
