"""What a number measures: its dotted measure, unit, aspect, rate and share."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import THINGS, Counted, clause
from marsad.reading.figures.identifiers import is_name, is_unnamed
from marsad.reading.figures.lemmas import animals, singular
from marsad.reading.figures.measured import Measured, default, named_by
from marsad.reading.figures.measures import (
    PEOPLE,
    Event,
    Noun,
    intransitive,
    money,
    states,
    verbs,
    vocabulary,
)
from marsad.reading.figures.qualified import change_of, changes, is_common_noun, last_noun, per_of, price_of
from marsad.reading.figures.shares import of_us, of_whom, share
from marsad.reading.figures.tolls import event_of, event_within, is_peaceful
from marsad.reading.figures.units import names
from marsad.reading.syntax import closed_class, is_adverb, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Aspect

__all__ = ["Measured", "measure", "of_whom"]

_LOSE = frozenset({"lose", "loses", "losing", "lost"})
_LOST = 4  # tokens between "lost" and its number
_DEATH = frozenset({"death", "deaths", "dead", "died", "killed"})
_CAUSES = 60  # tokens between "causes of death" and the last of them
_CLAIMING = frozenset(
    {"claim", "claimed", "claims", "claiming", "cost", "costs", "take", "takes", "taken", "taking", "took"}
)
_COINS = frozenset({"cent", "penny"})
_LAND = frozenset({"km2", "[mi_i]2", "har", "10*3.m2"})
_CONVERSION = 8  # tokens of an amount in brackets
_ELLIPTICAL = frozenset(
    {
        "in", "from", "at", "of", "others", "to", "inside", "across", "are", "were", "and", "living", "who",
        "have",
    }
)  # fmt: skip


def measure(
    tokens: Sequence[Token], found: Counted, before: Measured | None, *, camp: Event | None
) -> Measured | None:
    """What `found` measures, or `None` where it is no figure.

    `before` is the figure that it is joined to ("12 soldiers and five civilians"), `camp` what its
    clause says of them by naming a place where people are held.
    """
    role = found.number.unit.role if found.number.unit else None
    if role == "money":
        converted = before is not None and tokens[found.number.first - 1].text == "("
        return before._replace(unit=_code(found)) if before and converted else _money(tokens, found)
    if role == "share":
        return share(tokens, found, before)
    if role is not None:
        return _physical(tokens, found, role, before)
    if found.noun is None:
        return _bare(tokens, found, before) or _number(tokens, found)
    return _count(tokens, found, found.noun, before, camp=camp)


def _code(found: Counted) -> str | None:
    return found.number.unit.code if found.number.unit else None


def _physical(tokens: Sequence[Token], found: Counted, role: str, before: Measured | None) -> Measured:
    """A length, a weight, an area, ...; an area of land is that of a territory.

    A multiple hands on what happened: "3,000 men died, ten times as many horses, and 900 women".
    """
    code = _code(found)
    name = (
        "territory.area" if code in _LAND else "count.multiple" if role == "multiple" else _unit(code, role)
    )
    per = per_of(tokens, found.number.stop)
    if role == "multiple":
        return Measured(name, code, "change", per, event=before.event if before else None)
    return Measured(name, code, change_of(tokens, found) or ("rate" if per else "level"), per)


def _unit(code: str | None, role: str) -> str:
    """count.mile, by the English name of the unit."""
    return "count." + names().get(code or "", role).casefold().replace(" ", "_")


def _number(tokens: Sequence[Token], found: Counted) -> Measured | None:
    """A number that counts nothing worded: "the index closed at 1,463.87"; or deaths by cause."""
    number = found.number
    if _is_of_deaths(tokens, number.first, number.stop):
        return Measured("casualties.killed", "death", "flow")
    amount, single = number.amounts[0], len(number.amounts) == 1
    written = tokens[amount.first].is_number or amount.scale > 1
    ranged = number.from_to or tokens[number.first].lower == "between"
    glued = not single and not ranged and tokens[amount.stop].text in ("-", "–")  # 555-1234
    if not written or glued or amount.kind == "vague" or is_unnamed(tokens, number):
        return None
    if number.stop < len(tokens) and tokens[number.stop].lower == "of":
        return None
    change = changes(tokens, found)
    return Measured("count.unspecified", None, "change" if change and not number.from_to else "level")


def _is_of_deaths(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """ "Causes of death: 40 by gunfire, 12 by mines": a cause behind the number, deaths before it."""
    if stop >= len(tokens) or tokens[stop].lower != "by":
        return False
    return any(tokens[index].lower in _DEATH for index in range(max(first - _CAUSES, 0), first))


def _money(tokens: Sequence[Token], found: Counted) -> Measured:
    around = clause(tokens, found.number.first)
    near = sorted(
        (abs(index - found.number.first), money()[tokens[index].lower])
        for index in around
        if tokens[index].lower in money()
    )
    per = per_of(tokens, found.number.stop) or price_of(tokens, found.number.stop)
    name = near[0][1] if near else _priced(tokens, found)
    aspect: Aspect = "rate" if per else "flow" if name == "finance.revenue" else "level"
    return Measured(name, _code(found), change_of(tokens, found) or aspect, per)


def _priced(tokens: Sequence[Token], found: Counted) -> str:
    """count.fee for "a $10bn fee" and "a fee of $10bn", count.package for "a $5m support package"."""
    last = last_noun(tokens, _past_brackets(tokens, found.number.stop))
    if last:
        return f"count.{last}"
    at = found.number.first - 1
    if at > 0 and tokens[at].lower == "of" and is_common_noun(tokens[at - 1]):
        return f"count.{singular(tokens[at - 1].lower)}"
    return vocabulary().money.default


def _past_brackets(tokens: Sequence[Token], index: int) -> int:
    """Past the same amount in another currency: "$10bn (£7.6bn) fee"."""
    words = [token.text for token in tokens[index : index + _CONVERSION]]
    return index + words.index(")") + 1 if words[:1] == ["("] and ")" in words else index


def _count(
    tokens: Sequence[Token], found: Counted, noun: Noun, before: Measured | None, *, camp: Event | None
) -> Measured | None:
    if noun.kind == "population" and tokens[found.number.stop].lower == "of":  # 900 of its population
        noun = Noun("people", "person")
        found = found._replace(noun=noun)
    kind = vocabulary().kinds.get(noun.kind)
    if kind and kind.shares_only:
        return None
    event = event_of(tokens, found) if noun.kind in PEOPLE else _harm(tokens, found, noun)
    whole = tokens[found.head].lower == "population"  # those who came brought the population to 900
    if event is None and before is not None and before.event and noun.kind in PEOPLE and not whole:
        event = None if before.event.measure.startswith("strength.") else before.event
    if event and not _applies(event, noun):
        event = None
    if event is None and noun.lemma in ("death", "fatality") and is_peaceful(tokens):
        event = Event("casualties.died", "flow")
    held = camp if event is None and noun.kind in ("people", "families", "fighters") else None
    if held and _applies(held, noun):
        event = held
    if noun.kind == THINGS and is_name(tokens, found.number.first) and held is None:
        return None
    name = named_by(noun, event) if event else default(noun)
    if noun.kind == "countries" and tokens[found.number.first - 1].lower in vocabulary().origin.before:
        name = "origin.countries"
    if not _is_notable(tokens, found, event):
        return None
    per = per_of(tokens, max(found.stop, found.number.stop))
    if noun.lemma in _COINS:
        per = per or price_of(tokens, found.stop)
    aspect: Aspect = event.aspect if event else _aspect(noun)
    aspect = "rate" if per else change_of(tokens, found) or aspect
    words = (found.head, found.stop) if found.head < found.stop else None
    return Measured(name, noun.lemma.casefold(), aspect, per, None, words, event)


def _harm(tokens: Sequence[Token], found: Counted, noun: Noun) -> Event | None:
    """What happened to "12 miners", whom the vocabulary does not know: harm, but not to sheep.

    What is lost may be anything.
    """
    first = found.number.first
    if noun.lemma == "life" and any(t.lower in _CLAIMING for t in tokens[max(first - _LOST, 0) : first]):
        return Event("casualties.killed", "flow")
    lost = {token.lower for token in tokens[max(first - _LOST, 0) : first]} & _LOSE
    if noun.kind != THINGS or lost or noun.lemma in animals():
        return None
    event = event_of(tokens, found)
    return event if event and event.measure.startswith(("casualties.", "hostages.")) else None


def _applies(event: Event, noun: Noun) -> bool:
    """Refugees who join somebody are no recruits, and fighters who leave are not displaced."""
    if event.measure.startswith("strength."):
        return noun.kind == "people"
    if event.measure.startswith("recruitment."):
        return noun.kind in ("fighters", "people")
    return not (event.measure.startswith("displacement.") and noun.kind in ("fighters", "recruits"))


def _aspect(noun: Noun) -> Aspect:
    return "flow" if noun.kind in ("attacks", "dead", "hurt", "casualties") else "level"


def _is_notable(tokens: Sequence[Token], found: Counted, event: Event | None) -> bool:
    """Whether the number is worth a record: not "one" man, nor "the three" told before."""
    number = found.number
    most = number.high if number.high is not None else number.low
    if most == 1 and tokens[number.stop - 1].lower == "one":
        harmed = event is not None and event.measure.startswith(vocabulary().small_measures)
        return harmed and found.stop != number.stop and not event_within(tokens, found)
    small = most is not None and most < vocabulary().notable
    before = tokens[number.first - 1].lower if number.first > 0 else ""
    qualifies = found.head < number.stop or tokens[found.head - 1].text == "-"  # the nine-member council
    return qualifies or not (small and before in vocabulary().other_numbers.definite)


def _bare(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    """A number without a noun is a figure where its verb is of people: "killed 12", "30 were injured"."""
    stop = found.number.stop
    if of_us(tokens, stop):
        found = found._replace(head=stop + 1, stop=stop + 2)
        stop += 2
    partitive = stop < len(tokens) and tokens[stop].lower == "of" and not of_whom(tokens, stop)
    if partitive or (stop < len(tokens) and not _ends_phrase(tokens, stop)):
        return None
    event = event_of(tokens, found)
    if event is None:
        return _elliptical(tokens, found, before)
    name = named_by(Noun("people", "person"), event)
    if not _is_notable(tokens, found, event):
        return None
    per = per_of(tokens, stop)
    return Measured(name, "person", "rate" if per else event.aspect, per, None, None, event)


def _elliptical(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    """ "4,000 citizens came from Russia and another 5,000 from elsewhere": the noun before is meant."""
    number = found.number
    if before is None or before.aspect in ("share", "rate") or not _names_people(before):
        return None
    follower = tokens[number.stop].lower if number.stop < len(tokens) else ""
    written = number.amounts[0].scale > 1 or tokens[number.amounts[0].first].is_number
    if not written or (follower not in _ELLIPTICAL and follower.isalpha()):
        return None
    if not _is_notable(tokens, found, before.event):
        return None
    return before._replace(population=None, per=None)


def _names_people(before: Measured) -> bool:
    """Whether a number counts somebody worded, itself or through the one before it."""
    known = before.population is not None or before.event is not None
    return known or before.measure.startswith(("displacement.", "detention.", "strength."))


def _ends_phrase(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if not token.is_word:
        return token.text not in ("-", "/", "’", "'", "%")
    word = token.lower
    known = word in closed_class() or is_finite(token) or word in verbs() or word in intransitive()
    return known or states().at(tokens, index) is not None or is_adverb(token)
