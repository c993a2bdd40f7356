"""Exchange the names of actors for others of the same kind, and count the records that change.

    python benchmarks/name_swap.py ARTICLES [--articles N] [--seed N] [--show N] [--json]

ARTICLES holds JSON Lines with `id` and `text`. In each article of a sample the names of one kind of actor,
as the reader finds them, become others of POOLS: full name for full name, acronym for acronym, a name
with an article for one with an article, the same one throughout. The text is read again; spans are
brought back through the exchange. A record has changed where it is added or lost, or

- a claim has other spans of content, source or cue, or another kind, attitude, polarity or certainty;
- an incident has other triggers, sides, targets or places, another type, mode, shape, status, responsibility,
  date or toll;
- a relation has other words or ends, another type or polarity.

LIMIT holds for each of the three and the first four kinds; outlets and genders are told because a reader that
was trained on news may lean on them.

Articles of the key that only scores are passed over. Exits 1 where a share is over the limit.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from marsad.evaluation.corpus import document
from marsad.gazetteer import load_countries
from marsad.reading import pipeline
from marsad.records.reading import Actor, Incident, Reading
from marsad.records.spans import Span, Spans, overlaps, text_of

BLIND = Path(__file__).with_name("keys") / "claims.jsonl"
LIMIT = 0.01  # of the records of a sort
_LONGEST_ACRONYM = 5


class Named(NamedTuple):
    """A name of the pool; `short` is an acronym, or the one word that it is called by."""

    full: str
    short: str
    article: bool = False


GROUPS = (
    Named("Syrian Democratic Forces", "SDF", True),
    Named("Kurdistan Workers’ Party", "PKK", True),
    Named("Revolutionary Armed Forces of Colombia", "FARC", True),
    Named("National Liberation Army", "ELN", True),
    Named("Lord’s Resistance Army", "LRA", True),
    Named("Islamic State", "Isis"),
    Named("Boko Haram", "JAS"),
    Named("Hay’at Tahrir al-Sham", "HTS"),
    Named("Ansar al-Islam", "Hamas"),
    Named("Harakat al-Shabaab", "Hezbollah"),
)
ORGANISATIONS = (
    Named("International Rescue Committee", "IRC", True),
    Named("World Health Organization", "WHO", True),
    Named("African Union", "AU", True),
    Named("Norwegian Refugee Council", "NRC", True),
    Named("United Nations", "UN", True),
    Named("Human Rights Watch", "HRW"),
    Named("Amnesty International", "Amnesty"),
    Named("Crisis Action Network", "Oxfam"),
)
OUTLETS = (
    Named("Guardian", "BBC", True),
    Named("Daily Telegraph", "FT", True),
    Named("Associated Press", "AP", True),
    Named("Al Jazeera", "Reuters"),
    Named("Sky News", "CNN"),
)
GIVEN = {
    "he": ("Daniel", "Martin", "Omar", "Thomas", "Khalid", "Peter"),
    "she": ("Anna", "Maria", "Layla", "Helen", "Fatima", "Susan"),
}
SURNAMES = ("Keller", "Haddad", "Novak", "Okafor", "Lindgren", "Moreno", "Saleh", "Whitfield")
ARABIC = ("al-Halabi", "al-Masri", "al-Rashid", "al-Tikriti", "al-Najjar")
COUNTRIES = ("NO", "KE", "BR", "PE", "MX", "NG", "IN", "EG")
WITH_ARTICLE = {"US": "United States", "GB": "United Kingdom", "AE": "United Arab Emirates"}
ACRONYMS = {"US": "US", "GB": "UK", "AE": "UAE"}

Exchange = dict[str, str]  # each form of a name and its other
Swap = Callable[[Reading, random.Random], Exchange]


class Article(NamedTuple):
    id: str
    text: str


class Key(NamedTuple):
    """What must stay of a record: its spans, those of each role, and all else that is said of it."""

    sort: str
    spans: Spans
    roles: tuple[Spans, ...]
    stand: tuple[object, ...]


class Edits:
    """Stretches of a text with what they become, in order."""

    def __init__(self, edits: Iterable[tuple[Span, str]]) -> None:
        self._edits = sorted(edits)
        self._ends = [end for (_, end), _ in self._edits]
        self._shifts = [0]
        for (begin, end), new in self._edits:
            self._shifts.append(self._shifts[-1] + len(new) - (end - begin))

    def __len__(self) -> int:
        return len(self._edits)

    def applied(self, text: str) -> str:
        parts, at = [], 0
        for (begin, end), new in self._edits:
            parts += [text[at:begin], new]
            at = end
        return "".join((*parts, text[at:]))

    def moved(self, spans: Spans) -> Spans:
        """Where spans of the text are after the edits; inside an edit, at its edge."""
        return tuple((self._offset(begin, 0), self._offset(end, 1)) for begin, end in spans)

    def _offset(self, offset: int, edge: int) -> int:
        at = bisect_right(self._ends, offset - edge if edge else offset)
        if at < len(self._edits) and self._edits[at][0][0] < offset:
            return self._edits[at][0][edge] + self._shifts[at + edge]
        return offset + self._shifts[at]


class Tally:
    """What one kind of exchange did over the articles."""

    def __init__(self) -> None:
        self.articles = self.names = 0
        self.records: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()

    def add(self, names: int, before: Counter[Key], after: Counter[Key]) -> None:
        self.articles += 1
        self.names += names
        lost, new = _by_sort(before - after), _by_sort(after - before)
        self.records += _by_sort(before)
        self.changed += Counter({sort: max(lost[sort], new[sort]) for sort in SORTS})

    def share(self, sort: str) -> float:
        return self.changed[sort] / self.records[sort] if self.records[sort] else 0.0


def _by_sort(keys: Counter[Key]) -> Counter[str]:
    return Counter(key.sort for key in keys.elements())


def main() -> int:
    asked = _arguments()
    articles = _sample(asked.path, asked.articles, asked.seed)
    readings = [pipeline.read(document(article.text)) for article in articles]
    tallies = {name: Tally() for name in SWAPS}
    for article, reading in zip(articles, readings, strict=True):
        for name, swap in SWAPS.items():
            chance = random.Random(f"{asked.seed}:{article.id}")  # noqa: S311
            _count(tallies[name], reading, swap(reading, chance), asked)
    _report(tallies, as_json=asked.json)
    return int(any(tallies[name].share(sort) > LIMIT for name in HELD for sort in SORTS))


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("path", type=Path, help="JSON Lines with id and text")
    asked.add_argument("--articles", type=int, default=60, help="size of the sample")
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--show", type=int, default=0, help="print so many records that changed")
    asked.add_argument("--json", action="store_true")
    return asked.parse_args()


def _sample(path: Path, size: int, seed: int) -> list[Article]:
    blind = {str(row["id"]) for row in _rows(BLIND)} if BLIND.exists() else set()
    articles = [Article(str(row["id"]), row["text"]) for row in _rows(path) if str(row["id"]) not in blind]
    return random.Random(seed).sample(articles, min(size, len(articles)))  # noqa: S311


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _count(tally: Tally, reading: Reading, exchange: Exchange, asked: argparse.Namespace) -> None:
    """Read one article with other names, and compare."""
    edits = Edits(_edits(reading.document.text, exchange, _others(reading, exchange)))
    if not len(edits):
        return
    after = pipeline.read(document(edits.applied(reading.document.text)))
    old = Counter(_keys(reading, edits.moved))
    new = Counter(_keys(after, lambda spans: spans))
    tally.add(len(edits), old, new)
    if asked.show:
        _show(asked, after.document.text, old - new, "was")
        _show(asked, after.document.text, new - old, "is ")


def _keys(reading: Reading, moved: Callable[[Spans], Spans]) -> Iterator[Key]:
    for claim in reading.claims:
        parts = (part.spans if part else () for part in (claim.source, claim.cue))
        stand = (claim.kind, claim.attitude, claim.polarity, claim.certainty)
        yield Key("claims", moved(claim.spans), tuple(map(moved, parts)), stand)
    places = {place.id: place.spans for place in reading.places}
    for incident in reading.incidents:
        yield _key_of_incident(incident, places, moved)
    for relation in reading.relations:
        roles = (relation.source.spans, relation.target.spans)
        said = (relation.type, relation.polarity)
        yield Key("relations", moved(relation.spans), tuple(map(moved, roles)), said)


def _key_of_incident(incident: Incident, places: dict[str, Spans], moved: Callable[[Spans], Spans]) -> Key:
    parties = (party.spans for side in incident.sides for party in side)
    roles = (*parties, *(one.spans for one in incident.targets), *(places[one] for one in incident.places))
    stand = (
        *(incident.type, incident.mode, incident.shape, incident.two_sided),
        *(one.value for one in incident.statuses),
        *(one.value for one in incident.responsibility),
        *(incident.date and incident.date.edtf, incident.deaths, incident.injured),
    )
    return Key("incidents", moved(incident.spans), tuple(map(moved, roles)), stand)


def _show(asked: argparse.Namespace, text: str, keys: Counter[Key], label: str) -> None:
    for key in keys:
        if asked.show:
            asked.show -= 1
            words = (text_of(text, spans) for spans in (key.spans, *key.roles))
            print(label, key.sort, *words, *key.stand, sep=" | ", file=sys.stderr)


def _others(reading: Reading, exchange: Exchange) -> list[Span]:
    """Mentions of other actors, in whose names nothing is exchanged: the country in "Ruritanian Army"."""
    names = (actor for actor in reading.actors if actor.name not in exchange)
    text = reading.document.text
    mentions = (span for actor in names for span in actor.mentions)
    return [span for span in mentions if " " in text[slice(*span)] and text[slice(*span)] not in exchange]


def _edits(text: str, exchange: Exchange, others: list[Span]) -> Iterator[tuple[Span, str]]:
    if not exchange:
        return
    forms = "|".join(re.escape(form) for form in sorted(exchange, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w’'-])(?:{forms})(?!\w)", text):
        if not any(overlaps(match.span(), span) for span in others):
            yield match.span(), exchange[match[0]]


def _forms(actor: Actor) -> list[str]:
    """Its names, without an article; what is written small says what it is ("security council")."""
    bare = (re.sub(r"^[Tt]he ", "", form) for form in (actor.name, *actor.aliases))
    return [form for form in bare if not form.split()[-1].islower()]


def _named(kinds: set[str], pool: tuple[Named, ...]) -> Swap:
    """An exchange of actors of `kinds` for others of `pool`."""

    def swap(reading: Reading, chance: random.Random) -> Exchange:
        actors = [actor for actor in reading.actors if actor.kind in kinds and _forms(actor)]
        own = {form.casefold() for actor in actors for form in _forms(actor)}
        free = [one for one in pool if not {one.full.casefold(), one.short.casefold()} & own]
        chance.shuffle(free)
        exchange: Exchange = {}
        for actor in actors:
            article = _has_article(reading.document.text, _forms(actor))
            if (other := next((one for one in free if one.article == article), None)) is None:
                continue
            free.remove(other)
            exchange |= {form: other.short if _is_short(form) else other.full for form in _forms(actor)}
        return exchange

    return swap


def _is_short(form: str) -> bool:
    return " " not in form and (form.isupper() or len(form) <= _LONGEST_ACRONYM)


def _has_article(text: str, forms: list[str]) -> bool:
    """Whether the names mostly have "the" before them."""
    begins = [match.start() for form in forms for match in re.finditer(re.escape(form), text)]
    return 2 * sum(text[max(0, at - 4) : at].lower() == "the " for at in begins) > len(begins)


def _persons(reading: Reading, chance: random.Random, *, other_gender: bool = False) -> Exchange:
    exchange: Exchange = {}
    free = {"plain": [*SURNAMES], "arabic": [*ARABIC], **{key: [*names] for key, names in GIVEN.items()}}
    for names in free.values():
        chance.shuffle(names)
    for actor in reading.actors:
        words = actor.name.split()
        surnames = free["arabic" if words[-1].startswith("al-") else "plain"]
        given = free["she" if _is_woman(reading, actor) != other_gender else "he"]
        if actor.kind != "person_role" or not surnames or not given:
            continue
        first, last = given.pop(), words[-1] if other_gender else surnames.pop()
        exchange |= {form: _renamed(form, words, first, last) for form in _forms(actor)}
        exchange.setdefault(words[-1], last if len(words) > 1 or not other_gender else words[-1])
    return exchange


def _renamed(form: str, words: list[str], first: str, last: str) -> str:
    if " " in form:
        return f"{first} {last}"
    return first if form == words[0] and len(words) > 1 else last


def _is_woman(reading: Reading, actor: Actor) -> bool:
    said = {reading.document.text[slice(*span)].lower() for span in actor.mentions}
    return bool(said & {"she", "her", "hers", "herself"})


def _states(reading: Reading, chance: random.Random) -> Exchange:
    """Country for country, by name, acronym and what its people are called."""
    known = {name: country for country in load_countries() for name in (country.name, *country.aliases)}
    states = {actor.name for actor in reading.actors if actor.kind == "state"}
    own = {known[name].code for name in states & known.keys()}
    countries = {country.code: country for country in load_countries()}
    with_article = [code for code in WITH_ARTICLE if code not in own]
    without = [code for code in COUNTRIES if code not in own]
    exchange: Exchange = {}
    for code in sorted(own):
        free = with_article if code in WITH_ARTICLE else without
        if not free:
            continue
        other = countries[free.pop(chance.randrange(len(free)))]
        old = countries[code]
        exchange |= dict(zip(old.demonyms, other.demonyms, strict=False))
        exchange |= {name: other.name for name in (old.name, *old.aliases) if not name.isupper()}
        exchange |= {ACRONYMS[code]: ACRONYMS[other.code]} if code in ACRONYMS else {}
    return exchange


def _genders(reading: Reading, chance: random.Random) -> Exchange:
    """He for she, with given names to match."""
    exchange = _persons(reading, chance, other_gender=True)
    for his, hers in (("he", "she"), ("him", "her"), ("his", "her"), ("himself", "herself"), ("Mr", "Ms")):
        exchange |= {his: hers, his.capitalize(): hers.capitalize()}
    for hers, his in (("she", "he"), ("her", "his"), ("herself", "himself"), ("Ms", "Mr"), ("Mrs", "Mr")):
        exchange |= {hers: his, hers.capitalize(): his.capitalize()}
    return exchange


SWAPS: dict[str, Swap] = {
    "persons": _persons,
    "groups": _named({"armed_group"}, GROUPS),
    "organisations": _named({"organisation", "international_org"}, ORGANISATIONS),
    "states": _states,
    "outlets": _named({"media"}, OUTLETS),
    "genders": _genders,
}
SORTS = ("claims", "incidents", "relations")
HELD = ("persons", "groups", "organisations", "states")  # what the limit is for


def _report(tallies: dict[str, Tally], *, as_json: bool) -> None:
    if as_json:
        facts = {
            name: {**vars(one), "share": {sort: round(one.share(sort), 6) for sort in SORTS}}
            for name, one in tallies.items()
        }
        print(json.dumps(facts))
        return
    print("| exchanged | articles | names | of | records | changed | share |\n|---|---|---|---|---|---|---|")
    for name, one in tallies.items():
        for sort in SORTS:
            counts = f"{one.articles} | {one.names} | {sort} | {one.records[sort]} | {one.changed[sort]}"
            print(f"| {name} | {counts} | {100 * one.share(sort):.2f} % |")


if __name__ == "__main__":
    sys.exit(main())
