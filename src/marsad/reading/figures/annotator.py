"""Figures: the numbers that a ledger of armed groups holds, as stated, with what they count.

Numbers of people, fighters, families, attacks, weapons and places, of money, area and shares; not
dates, ages, ranks, names or lengths of time. A figure's span is its hedges, number, unit and noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.reading.figures.counted import Counted, clause, counted, counted_before, is_other_number
from marsad.reading.figures.grounds import interval_of, places_of
from marsad.reading.figures.measures import PEOPLE, earlier_phrases, part_phrases, vocabulary
from marsad.reading.figures.measuring import Measured, measure, of_whom
from marsad.reading.figures.numbers import Amount, Expression, find, number
from marsad.reading.figures.sentence_cast import Cast, casts, claim_of
from marsad.reading.figures.slots import in_armed_group, scope_of, status_of, subject_of
from marsad.reading.text import Text, Token
from marsad.records.reading import Actor, Aspect, Claim, Figure, FigureStatus, Place, Scope, Time
from marsad.records.spans import Span, hull, overlaps

READER = "marsad.figures.rules@1"

_PART_WINDOW = 6  # tokens between "among them" and the number of the part
_JOIN_WINDOW = 12  # tokens between two numbers that are joined by "and"
_JOINS = frozenset({"and", "or", ",", "plus"})
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
) -> tuple[Figure, ...]:
    """The figures of a document in order of their spans; a number in no claim is left out."""
    figures: list[Figure] = []
    for cast in casts(text, claims=claims, actors=actors, places=places, times=times):
        figures.extend(_of_sentence(text, cast, len(figures) + 1))
    return tuple(figures)


def _of_sentence(text: Text, cast: Cast, first: int) -> list[Figure]:
    drafts = _drafts(cast)
    order = sorted(range(len(drafts)), key=lambda index: (drafts[index].span, index))
    ids = {index: f"f{first + at}" for at, index in enumerate(order)}
    made: dict[int, Figure] = {}
    for index, draft in enumerate(drafts):
        whole = made[draft.whole] if draft.whole is not None else None
        made[index] = _figure(text, cast, draft, ids[index], whole)
    return [made[index] for index in order]


def _drafts(cast: Cast) -> list[Draft]:
    drafts: list[Draft] = []
    for expression in find(cast.tokens):
        if not _is_time(cast, expression):
            for part in _parts(expression):
                draft = _draft(cast, part, drafts)
                if draft:
                    drafts.append(draft)
    return drafts


def _is_time(cast: Cast, expression: Expression) -> bool:
    """Whether the number stands in a date, an hour or a length of time."""
    if expression.unit is not None:
        return False
    span = _span(cast.tokens, expression.first, expression.stop)
    return any(overlaps(piece, span) for time in cast.times for piece in time.spans)


def _parts(expression: Expression) -> list[Expression]:
    """ "from A to B" is two levels and a change; everything else is one number."""
    if not expression.from_to:
        return [expression]
    a, b = expression.amounts
    first = expression._replace(stop=b.first, amounts=(a,))
    return [_level(first, a)._replace(stop=a.stop), _level(expression, b)._replace(first=b.first), expression]


def _level(expression: Expression, amount: Amount) -> Expression:
    value = number(amount.low)
    exact = amount.low == amount.high
    return expression._replace(
        first=amount.first, low=value, high=number(amount.high), best=value if exact else None,
        bound="exact" if exact else "vague", amounts=(amount,), from_to=False,
    )  # fmt: skip


def _draft(cast: Cast, expression: Expression, drafts: Sequence[Draft]) -> Draft | None:
    tokens = cast.tokens
    found = counted(tokens, expression)
    if is_other_number(tokens, found):
        return None
    if found.noun is None and expression.unit is None:
        found = counted_before(tokens, expression) or found
    share = expression.unit is not None and expression.unit.role == "share"
    if found.noun and found.noun.lemma in vocabulary().members and in_armed_group(cast, found):
        found = found._replace(noun=found.noun._replace(kind="fighters"))
    whole = len(drafts) - 1 if share and drafts and of_whom(tokens, expression.stop) else None
    whole = _whole_of(tokens, found, drafts) if whole is None else whole
    joined = drafts[whole] if whole is not None else _joined_to(tokens, found, drafts)
    measured = measure(tokens, found, joined.measured if joined else None, camp=_is_at_camp(cast, found))
    if measured is None:
        return None
    span = _span(
        tokens, expression.first, max(expression.stop, found.stop if found.head >= expression.stop else 0)
    )
    if measured.aspect == "share" or (expression.unit and expression.unit.role == "money"):
        span = _span(tokens, expression.first, expression.stop)
    claim = claim_of(cast, span)
    if claim is None:
        return None
    converted = joined is not None and _is_conversion(tokens, joined, found)
    status = joined.status if joined and converted else status_of(cast, found, claim)
    return Draft(found, measured, span, claim, whole, status)


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
    between = tokens[last.found.stop : found.number.first]
    same = clause(tokens, last.found.number.first) == clause(tokens, found.number.first)
    joined = _is_join(between) or last.measured.aspect == "share" or found.noun is None
    return last if same and joined and len(between) <= _JOIN_WINDOW else None


def _is_conversion(tokens: Sequence[Token], last: Draft, found: Counted) -> bool:
    """ "$10bn (£7.6bn)": the same amount in another currency."""
    first = found.number.first
    near = first > 0 and tokens[first - 1].text == "(" and last.found.number.stop == first - 1
    money = all(part.number.unit and part.number.unit.role == "money" for part in (last.found, found))
    return near and money


def _is_at_camp(cast: Cast, found: Counted) -> bool:
    """Whether the clause says that those counted are at a camp or a prison."""
    detention = vocabulary().places_of_detention
    around = clause(cast.tokens, found.number.first)
    if around.start > 1 and cast.tokens[around.start - 1].lower in ("where", "which"):  # camps, where ...
        around = range(clause(cast.tokens, around.start - 2).start, around.stop)
    words = {
        cast.tokens[index].lower for index in around if index not in range(found.number.first, found.stop)
    }
    begin, end = _span(cast.tokens, around.start, around.stop)
    camps = any(
        place.kind in detention.kinds and overlaps(hull(place.spans), (begin, end)) for place in cast.places
    )
    return bool(words & detention.verbs) and (camps or bool(words & detention.nouns))


def _figure(text: Text, cast: Cast, draft: Draft, id_: str, whole: Figure | None) -> Figure:
    found, measured = draft.found, draft.measured
    expression = found.number
    low, high, best = _values(expression)
    scope = scope_of(cast, found, text.text)
    aspect = _aspect(draft, scope)
    when = interval_of(cast, found, draft.claim, flow=aspect in _FLOWS)
    places = () if measured.measure == "origin.countries" else places_of(cast, found)
    population = _span(cast.tokens, *measured.population) if measured.population else None
    return Figure(
        id=id_,
        claim=draft.claim.id,
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
        part_of=whole.id if whole and aspect != "share" else None,
        status=draft.status,
        subject=subject_of(cast, found, measured.measure),
        population=text[population] if population else None,
        places=places or (whole.places if whole else ()),
        scope=scope,
        as_of=None if aspect in _FLOWS else when,
        period=when if aspect in _FLOWS else None,
    )


def _aspect(draft: Draft, scope: Scope | None) -> Aspect:
    """A count "since" a time is that of a period, whatever it counts."""
    if draft.found.number.from_to:
        return "change"
    aspect = draft.measured.aspect
    since = scope is not None and scope.text.split()[0].casefold() in vocabulary().limits.since
    return "flow" if since and aspect == "level" and draft.measured.event else aspect


def _values(expression: Expression) -> tuple[int | float | None, int | float | None, int | float | None]:
    """Both ends and the best value; of "from A to B" the difference."""
    if not expression.from_to:
        return expression.low, expression.high, expression.best
    a, b = expression.amounts
    if a.low != a.high or b.low != b.high:
        return number(b.low - a.high), number(b.high - a.low), None
    change = number(b.low - a.low)
    return change, change, change
