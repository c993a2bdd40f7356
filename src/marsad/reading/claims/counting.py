"""Who stands behind a number: forms of attribution that the trained reader passes over.

"The monitor counts 900 dead" says who counted; "The figure has doubled", right after what somebody said,
goes on with it; and a sentence of plain speech with a number in it has its speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading import cues
from marsad.reading.claims.contents import content_after
from marsad.reading.claims.layout import Layout
from marsad.reading.claims.quotations import Quotation
from marsad.reading.claims.sources import source_of
from marsad.reading.claims.spoken import Attribution
from marsad.reading.claims.view import View, view_of
from marsad.reading.cues import Cue, Stance
from marsad.reading.syntax import before_verb, grammar, is_finite
from marsad.reading.text import Sentence, Text, Token
from marsad.records.spans import hull

_COUNTING = frozenset({"counts", "counted", "tallied", "documented"})
_COUNT = Cue(
    "count", frozenset({"past", "s"}), None, {"np": Stance("statement", "certain", "affirmed")}, says=False
)
_HEDGED = 4  # tokens of "at least some 900"
_TAKING_UP = (
    ("the", "figure"), ("the", "figures"), ("the", "number"), ("the", "numbers"), ("the", "total"),
    ("the", "estimate"), ("that", "figure"), ("this", "figure"), ("those", "figures"), ("these", "figures"),
    ("of", "these"), ("of", "those"), ("of", "them"),
)  # fmt: skip


def counts(text: Text, quotations: tuple[Quotation, ...], begins: dict[int, int]) -> list[Attribution]:
    """ "The monitor counts 900 dead", "The panel documented 300 cases": not "counted on 12 allies"."""
    found = []
    for sentence in text.sentences:
        if sentence.number not in begins or all(t.lower not in _COUNTING for t in sentence.tokens):
            continue
        view = view_of(text, sentence, quotations, begins[sentence.number])
        made = (_counted(view, at) for at in range(view.begin + 1, len(view.tokens)))
        found += [one for one in made if one is not None]
    return found


def beside(found: Sequence[Attribution], counted: Sequence[Attribution]) -> list[Attribution]:
    """Those of `counted` of which no word is told in another."""
    taken: Layout[None] = Layout((span, None) for one in found for span in one.content)
    return [one for one in counted if not any(taken.touches(span) for span in one.content)]


def _counted(view: View, at: int) -> Attribution | None:
    tokens = view.tokens
    if tokens[at].lower not in _COUNTING or view.quoted[at] or not _counts_at(tokens, at + 1):
        return None
    verb = before_verb(tokens, at, view.begin)
    if any(t.lower in grammar().negations | grammar().modals | _PASSIVE for t in tokens[verb:at]):
        return None
    source, after = source_of(view, verb, at, at + 1, _COUNT, [])
    if source is None or after:
        return None
    return Attribution(source, view.span(at, at + 1), content_after(view, at + 1))


_PASSIVE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def _counts_at(tokens: Sequence[Token], index: int) -> bool:
    """Whether a number follows, hedges and nothing else before it."""
    for token in tokens[index : index + _HEDGED]:
        if _is_number(token):
            return True
        if not token.is_word or token.is_name or token.lower in _RELYING:
            return False
    return False


_RELYING = frozenset({"on", "upon", "for", "towards", "toward", "as", "against"})  # "counted on 12 allies"


def _is_number(token: Token) -> bool:
    return token.is_number or token.lower in _NUMBERS


_NUMBERS = frozenset(
    {"dozens", "scores", "hundreds", "thousands", "millions", "hundred", "thousand", "million"}
)


def told(text: Text, found: Sequence[Attribution], sure: Sequence[Attribution]) -> list[Attribution]:
    """Of the attributions of rules those that tell of a number, in a sentence with no other."""
    taken: Layout[None] = Layout((span, None) for one in found for span in one.content)
    kept = []
    for one in sure:
        if one.cue is None or one.source is None or one.continues:
            continue
        sentence = text.sentence_at(one.cue[0])
        if (
            _is_plain(text, one)
            and _is_clause(text, one)
            and not taken.touches(sentence.span)
            and _has_number(text, one)
        ):
            kept.append(one)
    return kept


def _is_plain(text: Text, one: Attribution) -> bool:
    """Whether somebody says or believes so, and does not only see or want it."""
    said = text.tokens_in(one.cue) if one.cue else ()
    known = cues.cue_at(said, len(said) - 1) if said else None
    return known is not None and "clause" in known[0].frames and one.attitude in ("statement", "belief")


def _is_clause(text: Text, one: Attribution) -> bool:
    """Whether what is said has a verb: a share that "added 15 cents" says nothing."""
    return any(is_finite(token) for span in one.content for token in text.tokens_in(span))


def continuing(text: Text, found: Sequence[Attribution], begins: dict[int, int]) -> list[Attribution]:
    """ "The figure has doubled since", right after what somebody said of a number: the same holder's."""
    by_sentence: dict[int, list[Attribution]] = {}
    taken: Layout[None] = Layout()
    for one in found:
        for span in one.content:
            taken.add(span, None)
        if one.cue is not None:
            taken.add(one.cue, None)
            by_sentence.setdefault(text.sentence_at(one.cue[0]).number, []).append(one)
    made = []
    for sentence in text.sentences[1:]:
        if sentence.number not in begins or not _takes_up(sentence) or taken.touches(sentence.span):
            continue
        before = by_sentence.get(sentence.number - 1, [])
        if len(before) == 1 and _goes_on(text, before[0], text.sentences[sentence.number - 1]):
            end = sentence.end - (sentence.tokens[-1].text == ".")
            made.append(Attribution(None, None, ((begins[sentence.number], end),), continues=True))
    return made


def _takes_up(sentence: Sentence) -> bool:
    words = tuple(token.lower for token in sentence.tokens[:2])
    return words in _TAKING_UP and any(map(_is_number, sentence.tokens))


def _goes_on(text: Text, one: Attribution, sentence: Sentence) -> bool:
    """Whether the attribution names a source, tells of a number and takes up its sentence whole."""
    named = one.source is not None and not one.hidden and not one.continues
    begin, end = hull(
        (*one.content, *((one.cue,) if one.cue else ()), *((one.source,) if one.source else ()))
    )
    whole = begin - sentence.begin <= _SLACK and sentence.end - end <= _SLACK
    return named and whole and _has_number(text, one)


_SLACK = 30  # characters of "Meanwhile," or "on Monday."


def _has_number(text: Text, one: Attribution) -> bool:
    return any(_is_number(token) for span in one.content for token in text.tokens_in(span))
