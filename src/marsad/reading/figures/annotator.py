"""Figures: every number that says how many or how much of something, as stated.

Not dates, hours, ages, ranks, names or lengths of time. A figure's span is its hedges, number, unit
and noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from marsad.reading.figures.aspects import aspect_of
from marsad.reading.figures.camps import at_camp
from marsad.reading.figures.counted import Counted, clause, counted
from marsad.reading.figures.counted_before import counted_before
from marsad.reading.figures.grounds import places_of
from marsad.reading.figures.identifiers import is_other_number
from marsad.reading.figures.measures import PEOPLE, earlier_phrases, part_phrases, verbs, vocabulary
from marsad.reading.figures.measuring import Measured, measure, of_whom
from marsad.reading.figures.moments import interval_of, lasts, named_time
from marsad.reading.figures.neighbours import complete
from marsad.reading.figures.numbers import Amount, Expression, find, number
from marsad.reading.figures.owners import has_as_members
from marsad.reading.figures.sentence_cast import Cast, casts, claim_of, clause_at, told_in
from marsad.reading.figures.slots import in_armed_group, population_of, scope_of, status_of, subject_of
from marsad.reading.figures.wholes import Placed
from marsad.reading.figures.zeros import HARM, zeros
from marsad.reading.syntax import closed_class
from marsad.reading.text import Text, Token
from marsad.records.reading import Actor, Claim, Figure, FigureStatus, Place, Published, Time
from marsad.records.spans import Span, overlaps

READER = "marsad.figures.rules@5"

_PART_WINDOW = 6  # tokens between "among them" and the number of the part
_PLACE_NAME = 6  # tokens of a place's name and the one after
_ENDING = frozenset(",.;:)")
_JOIN_WINDOW = 12  # tokens between two numbers that are joined by "and"
_LESS = frozenset({"fewer", "less", "under", "below"})
_JOINS = frozenset({"and", "or", ",", "plus"})
_UNKNOWN = Published()
_FLOWS = frozenset({"flow", "rate", "change"})


class Draft(NamedTuple):
    """A figure of one sentence before it is numbered; `whole` indexes the draft that it is part of."""

    found: Counted
    measured: Measured
    span: Span
    claim: Claim
    whole: int | None = None
    status: FigureStatus = "observed"


def annotate(
    text: Text,
    *,
    claims: Sequence[Claim],
    actors: Sequence[Actor],
    places: Sequence[Place],
    times: Sequence[Time],
    published: Published = _UNKNOWN,
) -> tuple[Figure, ...]:
    """The figures of a document in order of their spans; a number in no claim is left out.

    `published` is the date that "now" stands for.
    """
    said = {s.number: found for s in text.sentences if (found := _said(s.tokens))}
    placed: list[Placed] = []
    for cast in casts(
        text,
        claims=claims,
        actors=actors,
        places=places,
        times=times,
        published=published,
        wanted=said.keys(),
    ):
        placed.extend(_of_sentence(text, cast, said[cast.sentence.number], len(placed) + 1))
    return complete(placed)


def _said(tokens: Sequence[Token]) -> list[Expression]:
    """The numbers of a sentence, in digits and in words, and its noughts."""
    return sorted((*find(tokens), *zeros(tokens)), key=lambda found: found.first)


def _of_sentence(text: Text, cast: Cast, said: Sequence[Expression], first: int) -> list[Placed]:
    drafts = _drafts(cast, said)
    order = sorted(range(len(drafts)), key=lambda index: (drafts[index].span, index))
    ids = {index: f"f{first + at}" for at, index in enumerate(order)}
    made: dict[int, Figure] = {}
    for index, draft in enumerate(drafts):
        whole = made[draft.whole] if draft.whole is not None else None
        made[index] = _figure(text, cast, draft, ids[index], whole)
    return [Placed(cast, drafts[index].found, made[index]) for index in order]


def _drafts(cast: Cast, said: Sequence[Expression]) -> list[Draft]:
    drafts: list[Draft] = []
    for expression in said:
        if not _is_time(cast, expression):
            for part in _parts(expression):
                draft = _draft(cast, part, drafts, expression)
                if draft and _may_be_nought(draft):
                    drafts.append(draft)
    return drafts


def _may_be_nought(draft: Draft) -> bool:
    """Whether a count of nought is one of harm; lengths and shares may be nought, too."""
    number = draft.found.number
    return number.high != 0 or number.unit is not None or draft.measured.measure.startswith(HARM)


def _is_time(cast: Cast, expression: Expression) -> bool:
    """Whether the number stands in a date, an hour or a length of time."""
    if expression.unit is not None or not cast.times:
        return False
    spans = [_span(cast.tokens, amount.first, amount.stop) for amount in expression.amounts]
    pieces = [piece for time in cast.times for piece in time.spans]
    return all(any(overlaps(piece, span) for piece in pieces) for span in spans)  # from 1000 to 2000 men


def _parts(expression: Expression) -> list[Expression]:
    """ "from A to B" is two levels and a change; everything else is one number."""
    if not expression.from_to:
        return [expression]
    return [*(_level(expression, amount) for amount in expression.amounts), expression]


def _level(expression: Expression, amount: Amount) -> Expression:
    value = number(amount.low)
    exact = amount.low == amount.high
    return expression._replace(
        first=amount.first, stop=amount.stop, low=value, high=number(amount.high),
        best=value if exact else None, bound="exact" if exact else "vague", amounts=(amount,), from_to=False,
    )  # fmt: skip


def _draft(cast: Cast, expression: Expression, drafts: Sequence[Draft], said: Expression) -> Draft | None:
    """The figure of `expression`, which is `said` or one end of it."""
    tokens = cast.tokens
    if is_other_number(tokens, said):
        return None
    found = counted(tokens, expression)
    if found.noun is None and expression.unit is None and said is not expression:
        found = found._replace(noun=counted(tokens, said).noun)
    if found.noun is None and expression.unit is None:
        found = counted_before(tokens, expression) or found
    share = expression.unit is not None and expression.unit.role == "share"
    member = found.noun is not None and found.noun.lemma in vocabulary().members
    if found.noun and ((member and in_armed_group(cast, found)) or has_as_members(cast, found)):
        found = found._replace(noun=found.noun._replace(kind="fighters"))
    whole = len(drafts) - 1 if share and drafts and of_whom(tokens, expression.stop) else None
    whole = _whole_of(tokens, found, drafts) if whole is None else whole
    joined = drafts[whole] if whole is not None else _joined_to(tokens, found, drafts)
    measured = measure(tokens, found, joined.measured if joined else None, camp=at_camp(cast, found))
    if measured is None:
        return None
    if (
        measured.aspect == "share"
        and measured.measure.startswith("count.")
        and _is_of_place(cast, expression)
    ):
        measured = measured._replace(measure="territory.area")
    span = _span(
        tokens, expression.first, max(expression.stop, found.stop if found.head >= expression.stop else 0)
    )
    if measured.aspect == "share" or (expression.unit and expression.unit.role == "money"):
        span = _span(tokens, expression.first, expression.stop)
    claim = claim_of(cast, span) or _told_by_narrator(cast)
    if claim is None:
        return None
    converted = joined is not None and _is_conversion(tokens, joined, found)
    status = joined.status if joined and converted else status_of(cast, found, claim)
    return Draft(found, measured, span, claim, whole, status)


def _is_of_place(cast: Cast, share: Expression) -> bool:
    """ "half of Alar": a share of a place by its name, which no noun follows."""
    tokens, stop = cast.tokens, share.stop
    if stop + 1 >= len(tokens) or tokens[stop].lower != "of":
        return False
    ends = {place.spans[0][1] for place in cast.places if place.spans[0][0] == tokens[stop + 1].begin}
    after = [token for token in tokens[stop + 2 : stop + _PLACE_NAME] if ends and token.begin >= max(ends)]
    ended = not after or after[0].text in _ENDING or after[0].lower in closed_class()
    return bool(ends) and ended


def _told_by_narrator(cast: Cast) -> Claim | None:
    """The narrator's own claim, for a number outside every content: in what introduces a source."""
    return next((claim for claim in cast.claims if claim.kind == "narrated"), None)


def _span(tokens: Sequence[Token], first: int, stop: int) -> Span:
    return tokens[first].begin, tokens[stop - 1].end


def _whole_of(tokens: Sequence[Token], found: Counted, drafts: Sequence[Draft]) -> int | None:
    """The earlier figure of people that this one is a part of: "12 people, including three children"."""
    for index in range(len(drafts) - 1, -1, -1):
        whole = drafts[index]
        if not _may_hold(whole, found):
            continue
        between = tokens[whole.found.stop : found.number.first]
        if whole.whole is not None and _is_join(between):  # including three children and two women
            return whole.whole
        return index if _says_part(tokens, whole.found.stop, found) else None
    return None


def _may_hold(whole: Draft, part: Counted) -> bool:
    counts = whole.found.noun is None or whole.found.noun.kind in PEOPLE
    people = part.noun is None or part.noun.kind in PEOPLE
    families = "families" in {noun.kind for noun in (whole.found.noun, part.noun) if noun}
    limit = whole.found.number.high
    fits = limit is None or part.number.low is None or part.number.low <= limit
    return counts and people and not families and fits and whole.found.number.unit is None


def _says_part(tokens: Sequence[Token], start: int, found: Counted) -> bool:
    first = found.number.first
    for index in range(max(start, first - _PART_WINDOW), first):
        match = part_phrases().at(tokens, index)
        if match and match.stop <= first:
            return True
    return of_whom(tokens, found.number.stop) or _opens_with_of(tokens, start, first)


def _opens_with_of(tokens: Sequence[Token], start: int, first: int) -> bool:
    """ "Of the 804 deaths, 420 were named"."""
    return (
        tokens[0].text == "Of"
        and first - start <= _PART_WINDOW
        and not any(t.is_number for t in tokens[start:first])
    )


def _is_join(between: Sequence[Token]) -> bool:
    return 0 < len(between) <= _JOIN_WINDOW and between[-1].lower in _JOINS


def _joined_to(tokens: Sequence[Token], found: Counted, drafts: Sequence[Draft]) -> Draft | None:
    """The figure before it, where only a conjunction and no other clause stands between."""
    if not drafts:
        return None
    last = drafts[-1]
    if _is_conversion(tokens, last, found) or earlier_phrases().before(tokens, found.number.first):
        return last
    # killed 12 soldiers 40 km away and five civilians
    last = next((draft for draft in reversed(drafts) if not _is_physical(draft.found)), last)
    between = tokens[last.found.stop : found.number.first]
    if between and between[-1].lower.endswith("ed") and between[-1].lower not in verbs():
        return None  # killed three people and sickened 200
    if last.measured.aspect == "share" and found.noun is None and not _is_share(found):
        last = next(
            (d for d in reversed(drafts) if d.measured.aspect != "share"), last
        )  # A 900, a sixth, B 40
        between = tokens[last.found.stop : found.number.first]
    joined = _is_join(between) or last.measured.aspect == "share" or found.noun is None
    if not joined or len(between) > _JOIN_WINDOW:
        return None
    same = clause(tokens, last.found.number.first) == clause(tokens, found.number.first)
    return last if same else None


def _is_share(found: Counted) -> bool:
    return found.number.unit is not None and found.number.unit.role == "share"


def _is_physical(found: Counted) -> bool:
    unit = found.number.unit
    return unit is not None and unit.role not in ("money", "share")


def _is_conversion(tokens: Sequence[Token], last: Draft, found: Counted) -> bool:
    """ "$10bn (£7.6bn)": the same amount in another currency."""
    first = found.number.first
    near = first > 0 and tokens[first - 1].text == "(" and last.found.number.stop == first - 1
    money = all(part.number.unit and part.number.unit.role == "money" for part in (last.found, found))
    return near and money


def _figure(text: Text, cast: Cast, draft: Draft, id_: str, whole: Figure | None) -> Figure:
    found, measured = draft.found, draft.measured
    expression = _undenied(cast, found.number)
    low, high, best = _values(expression)
    scope = scope_of(cast, found, text.text, measured.measure)
    time = named_time(cast, found, draft.claim, flow=True)
    lasting = time is not None and lasts(cast, time)
    aspect = aspect_of(cast.tokens, found, measured, scope, lasting=lasting)
    harm = measured.measure.startswith("casualties.")
    when = interval_of(cast, found, draft.claim, time, flow=aspect in _FLOWS, harm=harm)
    origin = measured.measure == "origin.countries"
    places = () if origin else places_of(cast, found, measured.measure, draft.claim)
    words = population_of(cast, found) if measured.population else None
    population = _span(cast.tokens, *words) if words else None
    return Figure(
        id=id_,
        claim=told_in(cast, draft.claim).id,
        spans=(draft.span,),
        text=text[draft.span],
        measure=measured.measure,
        reader=READER,
        unit=measured.unit,
        low=low,
        high=high,
        best=best,
        bound="exact" if expression.from_to else expression.bound,
        aspect=aspect,
        per=measured.per,
        share_of=whole.id if whole and aspect == "share" else measured.share_of,
        part_of=whole.id if whole else None,
        status=draft.status,
        subject=subject_of(cast, found, measured.measure, draft.claim),
        population=text[population] if population else None,
        places=places or (whole.places if whole else ()),
        scope=scope,
        as_of=None if aspect in _FLOWS else when,
        period=when if aspect in _FLOWS else None,
    )


def _undenied(cast: Cast, said: Expression) -> Expression:
    """ "never fewer than 900", "at no time were there fewer than 900": at least so many."""
    before = [token.lower for token in cast.tokens[clause_at(cast, said.first).start : said.first]]
    never = "never" in before or ("no", "time") in pairwise(before)
    if said.bound != "at_most" or not never or cast.tokens[said.first].lower not in _LESS:
        return said
    return said._replace(low=said.high, high=None, bound="at_least")


def _values(expression: Expression) -> tuple[int | float | None, int | float | None, int | float | None]:
    """Both ends and the best value; of "from A to B" the difference."""
    if not expression.from_to:
        return expression.low, expression.high, expression.best
    a, b = expression.amounts
    if a.low != a.high or b.low != b.high:
        return number(b.low - a.high), number(b.high - a.low), None
    change = number(b.low - a.low)
    return change, change, change
