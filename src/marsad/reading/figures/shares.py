"""Shares: what a percentage or a fraction is of."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.figures.counted import Counted
from marsad.reading.figures.lemmas import is_plural, singular
from marsad.reading.figures.measured import Measured, default, named_by
from marsad.reading.figures.measures import PEOPLE, Event, Noun, nouns, vocabulary
from marsad.reading.figures.qualified import changes, last_noun
from marsad.reading.figures.tolls import event_of
from marsad.reading.syntax import closed_class, grammar, is_finite
from marsad.reading.text import Token
from marsad.records.reading import Aspect

_RELATING = frozenset({"relates", "belongs", "consists", "pertains", "comes", "stems", "goes"})
_SHARE_WINDOW = 7  # tokens of what a share is of


def share(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    """What a share measures; a percentage of what the vocabulary does not know by the noun after it.

    `before` is the figure that it is joined to: "12 people, half of whom were children".
    """
    return _share(tokens, found, before) or _percentage(tokens, found)


def _share(tokens: Sequence[Token], found: Counted, before: Measured | None) -> Measured | None:
    number = found.number
    worded = number.amounts[0].kind == "fraction"
    stop = number.stop
    lower = [token.lower for token in tokens[stop : stop + 2]]
    if of_whom(tokens, stop) and before is not None:
        event = event_of(tokens, found._replace(head=stop + 1, stop=stop + 2))
        name = named_by(Noun("people", "person"), event) if event and _is_told(event) else before.measure
        return before._replace(measure=name, unit="%", aspect="share", per=None, population=None)
    ratio = worded and tokens[stop - 2].lower in ("in", "of")  # one in 20 people
    whole = ratio or (worded and lower[:1] and lower[0] in ("the", "its", "their", "his", "our"))
    if not lower or (lower[0] != "of" and not whole):
        another = tokens[number.first].lower == "another"
        if before is None or before.aspect != "share" or (worded and not another):
            return None
        event = event_of(tokens, found) if another else None  # killed 4% and displaced another quarter
        name = named_by(Noun("people", "person"), event) if event else before.measure
        return before._replace(measure=name, event=event or before.event)
    first = stop + 1 if lower[0] == "of" else stop
    if of_us(tokens, stop):
        past = found._replace(head=first, stop=first + 1)
        event = event_of(tokens, past)
        return Measured(event.measure, "%", "share", event=event) if event and _is_told(event) else None
    for index in range(first, min(first + _SHARE_WINDOW, len(tokens))):
        match = nouns().at(tokens, index)
        if match and not _is_possessive(tokens, match.stop):  # the country's population
            end = max(match.stop, found.stop) if found.noun else match.stop
            return _share_of(tokens, found, match.value, (first, end))
        if (
            tokens[index].lower in closed_class()
            and index > first
            and tokens[index].lower not in ("the", "its")
        ):
            break
    return None


def _percentage(tokens: Sequence[Token], found: Counted) -> Measured | None:
    """A percentage of what the vocabulary does not know: of the noun after it, or a change."""
    stop = found.number.stop
    fraction = found.number.amounts[0].kind == "fraction"
    if fraction and (stop >= len(tokens) or tokens[stop].lower not in ("of", "the", "its", "their", "his")):
        return None
    aspect: Aspect = "change" if changes(tokens, found) else "share"
    if stop < len(tokens) and tokens[stop].lower == "of":
        whole = _whole(tokens, stop + 1)
        if whole:
            head = singular(tokens[whole[1] - 1].lower)
            return Measured(f"count.{head}", "%", aspect, None, _words(tokens, whole))
    if fraction:
        return None
    last = last_noun(tokens, stop)
    event = event_of(tokens, found) if last is None and aspect == "share" else None
    if event and event.measure.startswith(("casualties.", "displacement.")):  # 77% were killed
        return Measured(event.measure, "%", aspect, event=event)
    return Measured(f"count.{last}" if last else "count.share", "%", aspect)


def _whole(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """The phrase that a share is of, to its last word: "its advertising revenue"."""
    stop = start
    while stop < len(tokens) and stop - start < _SHARE_WINDOW:
        token = tokens[stop]
        if stop > start and is_plural(tokens[stop - 1].lower) and token.text not in ("'s", "’s", "’", "'"):
            break
        opens = stop == start and token.lower in grammar().determiners
        if token.lower in _RELATING:
            break
        if not opens and (not token.is_word or token.lower in closed_class() or is_finite(token)):
            break
        stop += 1
    return (start, stop) if stop > start and tokens[stop - 1].lower not in grammar().determiners else None


def _is_possessive(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].text in ("'s", "’s")


def of_whom(tokens: Sequence[Token], index: int) -> bool:
    """Whether "of whom", "of them" follows, which names the figure before."""
    words = [token.lower for token in tokens[index : index + 2]]
    return words[:1] == ["of"] and words[1:] in (["whom"], ["them"], ["which"], ["those"], ["these"])


def of_us(tokens: Sequence[Token], index: int) -> bool:
    """ "half of us", "5 million of them": people whom the text names elsewhere, or never."""
    words = [token.lower for token in tokens[index : index + 2]]
    return words in (["of", "us"], ["of", "them"], ["of", "those"])


def _share_of(tokens: Sequence[Token], found: Counted, noun: Noun, whole: tuple[int, int]) -> Measured:
    noun = found.noun or noun
    whole_of_place = whole[1] > 0 and tokens[whole[1] - 1].lower in vocabulary().kinds["territory"].nouns
    if found.noun is None and noun.kind in ("countries", "sites") and whole_of_place:
        noun = Noun("territory", noun.lemma)  # half of the country
    people = noun.kind in PEOPLE or noun.kind == "population"
    told = found if found.noun else found._replace(head=whole[1] - 1, stop=whole[1])  # half the citizens
    event = event_of(tokens, told) if people else None
    if event is None or not _is_told(event):
        event = None
    name = default(noun)
    return Measured(event.measure if event else name, "%", "share", None, _words(tokens, whole), None, event)


def _is_told(event: Event) -> bool:
    """Whether a share of people measures what happened to them."""
    return event.measure.startswith(("casualties.", "displacement.", "detention."))


def _words(tokens: Sequence[Token], span: tuple[int, int]) -> str:
    words = tokens[span[0] : span[1]]
    text = ""
    for token, previous in zip(words, [None, *words], strict=False):
        text += (" " if previous and previous.end < token.begin else "") + token.text
    return text
