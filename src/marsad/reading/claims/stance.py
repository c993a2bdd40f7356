"""What an attribution says of its holder: attitude, certainty and polarity, and whether it says anything.

It reads the cue as words with an order, whatever found it, and so serves cues of any wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from marsad.reading.claims import cue_words
from marsad.reading.claims.cue_words import PLAIN, Head, Sense, about
from marsad.reading.claims.hedging import certainty_of, weaker
from marsad.reading.claims.spoken import Attribution
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.reading.text import Text, Token
from marsad.records.reading import Attitude, Certainty, Polarity
from marsad.records.spans import Spans, any_contains

REACH = 6  # words before a cue among which its auxiliaries stand
FRAME = 12  # words of a content that show its form


class Stance(NamedTuple):
    """How the holder stands to a content.

    `asserted` is false where nobody claimed it: "did not say", "if he says", "could say".
    """

    attitude: Attitude
    certainty: Certainty
    polarity: Polarity
    hidden: bool
    asserted: bool


def judged(text: Text, spoken: Attribution) -> Attribution | None:
    """The attribution with its holder's stance; None where nobody is said to say it.

    Without a cue, as in the narrator's own sentences, the words alone say how sure the holder is.
    """
    if spoken.cue is None:
        return spoken._replace(certainty=certainty_of(text, spoken.content, sure=True))
    how = of(text, (spoken.cue,), spoken.content, (spoken.source,) if spoken.source else ())
    if not how.asserted:
        return None
    return spoken._replace(
        attitude=how.attitude,
        certainty=how.certainty,
        polarity=how.polarity,
        hidden=spoken.hidden or how.hidden,
    )


class _Cue(NamedTuple):
    """A cue with what stands around it."""

    tokens: tuple[Token, ...]  # of the cue, after its auxiliaries where they are no part of it
    head: Head | None
    sense: Sense
    negated: bool
    marks: frozenset[str] = frozenset()

    @property
    def asks(self) -> bool:
        """Whether the content is an open question: "how it ended"."""
        return bool(self.marks & {"wh", "whether"})


def of(text: Text, cue: Spans, content: Spans, source: Spans) -> Stance:
    """The stance of the holder of `content`, whose words are `source`, by the words of `cue`.

    Any of the three may be empty or discontinuous. Without a cue, or with one that is punctuation
    alone, it is a plain statement.
    """
    read = _read(text, cue, content, source)
    denied = (read.sense.polarity == "denied") != read.negated
    unsaid = read.negated and read.sense.is_told
    hidden = not source and _names_nobody(read)
    open_ = _is_open(text, read, content, source)
    return Stance(
        read.sense.attitude,
        _certainty(text, read, content, hidden=hidden, open_=open_),
        "denied" if denied and not (unsaid and read.sense.polarity == "affirmed") else "affirmed",
        hidden,
        not (unsaid or open_ or _is_unsaid(text, read, content)),
    )


def _read(text: Text, cue: Spans, content: Spans, source: Spans) -> _Cue:
    own = tuple(token for span in cue for token in text.tokens_in(span))
    tokens = (*_auxiliaries(text, own, (*content, *source)), *own)
    head = cue_words.head(tokens)
    if head is None:
        return _Cue(tokens, None, PLAIN, negated=False)
    marks = _marks(text, tokens[head.stop :], cue, content)
    sense = cue_words.sense_of(head.word, marks)
    negated = cue_words.is_negated(tokens, head, sense) != _is_nobody(text, source)
    return _Cue(tokens, head, sense, negated, marks)


def _is_nobody(text: Text, source: Spans) -> bool:
    """ "no official", "none of them", "neither side"; but not "No 10"."""
    first = text.tokens_in(source[0])[:2] if source else ()
    return bool(first) and first[0].lower in about().nobody and not first[-1].is_number


def _auxiliaries(text: Text, cue: Sequence[Token], taken: Spans) -> tuple[Token, ...]:
    """Auxiliaries, negations and adverbs straight before the cue that are no part of it."""
    if not cue or not cue[0].is_word:
        return ()
    first = text.token_index(cue[0].begin)
    begin = first
    while begin > max(first - REACH, 0) and _is_auxiliary(text.tokens[begin - 1]):
        if any_contains(taken, (text.tokens[begin - 1].begin, text.tokens[begin - 1].end)):
            break
        begin -= 1
    return text.tokens[begin:first]


def _is_auxiliary(token: Token) -> bool:
    return token.lower in _auxiliary_words() or is_adverb(token)


@cache
def _auxiliary_words() -> frozenset[str]:
    return grammar().auxiliaries | about().negations | {"to"}


# --- frames --------------------------------------------------------------------------------------

_WH = frozenset({"how", "why", "what", "where", "who", "when", "which", "whose", "whom"})
_NO_GERUNDS = frozenset({"nothing", "anything", "something", "everything", "during", "morning", "evening"})


def _marks(text: Text, after: Sequence[Token], cue: Spans, content: Spans) -> frozenset[str]:
    """What follows the head of a cue: words of the cue, and the form of the content behind it."""
    marks = {token.lower for token in after}
    if after and after[-1].lower == "to":
        marks.add("inf")
    behind = [span for span in content if cue and span[0] >= cue[-1][1]]
    words = [token for span in behind[:1] for token in text.tokens_in(span) if token.is_word][:FRAME]
    return frozenset(marks | (_form(words) if words else set()))


def _form(words: Sequence[Token]) -> set[str]:
    """The form of a content: its first word, and the frames that `stances.toml` names."""
    first = words[0].lower
    forms = {first}
    if first == "to" and len(words) > 1 and _may_be_base(words[1]):
        forms.add("inf")
    elif first in _WH:
        forms.add("wh")
    elif first in {"if", "whether"}:
        forms.add("whether")
    elif first.endswith("ing") and len(first) > 4 and first not in _NO_GERUNDS:
        forms.add("gerund")
    elif first not in grammar().auxiliaries and not any(map(is_finite, words)):
        forms.add("np")
    if _is_mandative(words):
        forms.add("mandative")
    for word, after in pairwise(words):
        if word.lower == "as" and after.lower not in grammar().pronouns:
            forms.add("as")
        if word.lower == "not" and after.lower == "to":  # "warned the army not to attack"
            forms.add("inf")
    return forms


def _may_be_base(word: Token) -> bool:
    """Whether a word after "to" may be its verb, and no phrase: "to us", "to the army"."""
    g = grammar()
    return not word.is_title and word.lower not in g.determiners | g.pronouns | g.objects


def _is_mandative(words: Sequence[Token]) -> bool:
    """ "that she be released": a bare "be" with no auxiliary before it."""
    at = next((at for at, word in enumerate(words) if word.lower == "be"), 0)
    before = [word.lower for word in words[max(at - 2, 0) : at]]
    return at > 1 and not any(word in grammar().auxiliaries | {"to", "will", "'ll"} for word in before)


# --- who and whether -----------------------------------------------------------------------------


def _names_nobody(read: _Cue) -> bool:
    """Whether a cue without a source hides one: "is believed", "reportedly", "a fear that", "seems".

    An active verb has a holder, who was only not found.
    """
    if read.head is None:
        return False
    word, form = read.head.word, read.tokens[read.head.at].lower
    if word.kind != "verb" or cue_words.may_be_noun(form) or word.lemma in about().impersonal:
        return True
    if any(token.lower in about().passive for token in read.tokens[: read.head.at]):
        return "ing" not in word.forms
    return "participle" in word.forms and form not in about().spoken


def _is_open(text: Text, read: _Cue, content: Spans, source: Spans) -> bool:
    """Whether the cue is asked or supposed: "if they want", "did he say so?"."""
    if not read.tokens:
        return False
    begin = read.tokens[0].begin
    if source and source[0][0] < begin:
        begin = source[0][0]
    at = text.token_index(begin)
    sentence = text.sentence_at(read.tokens[0].begin)
    if at > sentence.first and text.tokens[at - 1].lower in about().conditions:
        return True
    asks = sentence.tokens[0].lower in grammar().auxiliaries | _WH or (
        at > sentence.first and text.tokens[at - 1].lower in grammar().auxiliaries
    )
    return asks and any(
        token.text == "?" and token.begin > begin and not any_contains(content, (token.begin, token.end))
        for token in sentence.tokens[-3:]
    )


_TAKING = frozenset({"accept", "welcome"})
_OPENING = 4  # words of "a small number of 900"


def takes_in(text: Text, spoken: Attribution) -> bool:
    """ "has accepted 900 refugees", "is welcoming 900 of them": people are taken in, and nothing is said."""
    content = spoken.content
    if spoken.cue is None or not content:
        return False
    read = _read(text, (spoken.cue,), content, (spoken.source,) if spoken.source else ())
    if read.head is None or read.head.word.lemma not in _TAKING:
        return False
    accepted = read.head.word.lemma == "accept" and "np" in read.marks
    return accepted or any(token.is_number for token in text.tokens_in(content[0])[:_OPENING])


def _is_unsaid(text: Text, read: _Cue, content: Spans) -> bool:
    """A modal before an act of speech, or silence: "could say", "declined to comment"."""
    if read.head is None:
        return False
    if content and "inf" in read.marks:
        verb = [token.lower for token in text.tokens_in(content[-1])[:2] if token.lower != "to"][:1]
        return any(cue_words.keeps_silent(read.tokens[read.head.at].lower, word) for word in verb)
    before = read.tokens[: read.head.at] if read.sense.is_told else ()
    return any(token.lower in about().unsaid for token in before)


# --- certainty -----------------------------------------------------------------------------------


def _certainty(text: Text, read: _Cue, content: Spans, *, hidden: bool, open_: bool) -> Certainty:
    own = read.sense.certainty
    if read.negated and read.sense.negated and read.asks:
        own = read.sense.negated
    if open_ or (hidden and _is_passed_on(read)):
        return "unknown"
    for token in read.tokens:
        if read.head and token.begin >= read.tokens[read.head.at].begin:
            break
        if token.lower in about().possible and read.sense.attitude != "perception":  # "can see"
            own = weaker(own, "possible")
        if token.lower in about().probable:
            own = weaker(own, "probable")
    if read.sense.attitude in {"intention", "order", "request"}:
        return own
    if own == "unknown" or "np" in read.marks:
        return own
    return weaker(own, certainty_of(text, content, sure=own == "certain"))


def _is_passed_on(read: _Cue) -> bool:
    """Whether nobody stands behind what is told: "is said to", "allegations that", but not "was told"."""
    return read.head is not None and read.head.word.lemma in about().hearsay
