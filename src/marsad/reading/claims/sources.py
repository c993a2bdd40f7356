"""Who an attribution is by: the noun phrase that a cue belongs to."""

from __future__ import annotations

from marsad.reading import cues
from marsad.reading.claims.quotations import MARKS
from marsad.reading.claims.speakers import can_speak, vocabulary
from marsad.reading.claims.spoken import Attribution
from marsad.reading.claims.view import View
from marsad.reading.cues import Cue
from marsad.reading.noun_phrases import phrase_after, phrase_before
from marsad.reading.syntax import before_verb, grammar, is_adverb, is_finite
from marsad.records.spans import Span


def source_of(
    view: View, verb: int, at: int, after: int, cue: Cue, found: list[Attribution]
) -> tuple[Span | None, int]:
    """The source's span, and where it ends if it stands after the cue (else 0)."""
    tokens = view.tokens
    before = tokens[verb - 1] if verb > view.begin else None
    if "ing" in cue.forms and verb == at:
        return _participle_source(view, at, cue, found), 0
    if before is None or before.text in MARKS | {",", "—", "–", "?", "!"}:
        begin = phrase_before(tokens, verb, view.begin) if before is not None and before.text == "," else verb
        if begin < verb and _is_subject(view, begin, verb, cue):
            return view.span(begin, _strip_end(view, begin, verb)), 0
        if before is None and view.before is None:
            return None, 0
        stop = phrase_after(tokens, after, len(tokens))
        if stop > after and _is_subject(view, after, stop, cue) and not _clause_follows(view, after, stop):
            return view.span(after, stop), stop
        return (found[-1].source, 0) if found and before is not None and before.text == "," else (None, 0)
    if before.lower in {"who", "which"}:
        end = _strip_end(view, view.begin, verb - 1)
        begin = phrase_before(tokens, end, view.begin)
        if begin < end and _is_subject(view, begin, end, cue):
            return view.span(begin, end), 0
        return None, 0
    if before.lower in {"and", "but", "then"}:
        return _shared_subject(view, verb - 1, found), 0
    begin = _subject_begin(view, phrase_before(tokens, verb, view.begin), verb)
    if begin < verb and _is_subject(view, begin, verb, cue):
        return view.span(begin, _strip_end(view, begin, verb)), 0
    return None, 0


def _subject_begin(view: View, begin: int, end: int) -> int:
    """Where the subject begins: "a situation Turkey called" and "that the US said" are cut to the name."""
    tokens = view.tokens
    while begin < end and tokens[begin].text == ",":
        begin += 1
    if (
        begin + 1 < end
        and tokens[begin].lower == "that"
        and (tokens[begin + 1].is_name or tokens[begin + 1].lower in grammar().determiners)
    ):
        begin += 1
    name = end
    while name > begin and tokens[name - 1].is_name:
        name -= 1
    if not begin < name < end or tokens[begin].lower not in {"a", "an", "the"} or tokens[begin].is_name:
        return begin
    before = tokens[name - 1]
    contact = before.is_word and before.lower not in grammar().prepositions | grammar().determiners | {"and"}
    return (
        name
        if contact
        and not before.lower.endswith("led")
        and not can_speak(tokens[begin:name])
        and name - begin > 1
        else begin
    )


def _strip_end(view: View, begin: int, end: int) -> int:
    while end - 1 > begin and view.tokens[end - 1].text == ",":
        end -= 1
    return end


def _is_subject(view: View, begin: int, end: int, cue: Cue | None = None) -> bool:
    """Whether the words can name somebody who speaks."""
    g = grammar()
    words = [t for t in view.tokens[begin:end] if t.is_word or t.is_number]
    if not words or any(view.quoted[i] for i in range(begin, end)):
        return False
    first, last = words[0].lower, words[-1].lower
    if words[0].text.isupper() and len(first) > 1:
        first = words[0].text  # the US is not us
    counts = first in {"about", "around", "over", "up", "more", "between", "under", "like"}
    if first in g.prepositions and not counts:
        return False
    if first == "it" and len(words) == 1 and cue is not None and cue.frames == {"that"}:
        return False  # "it means that": nobody's words
    if first in {"nobody", "no", "none", "neither", "nothing"}:
        return False
    if len(words) == 1 and first in (
        g.first_person | {"it", "this", "that", "which", "there", "what", "you"}
    ) - {"it"}:
        return False
    if len(words) == 1 and (first in g.prepositions | g.auxiliaries | g.subordinators | g.time_words):
        return False
    if first in g.first_person - {"my", "our", "your"}:
        return False
    if last in g.prepositions or (last in g.time_words and len(words) <= 3):
        return False
    if cue is not None and not cue.says and not can_speak(view.tokens[begin:end]):
        return False
    return not (len(words) == 1 and first.endswith("ing"))


def _participle_source(view: View, at: int, cue: Cue, found: list[Attribution]) -> Span | None:
    """ ", adding that": the holder of the attribution before, else the sentence's subject."""
    tokens = view.tokens
    before = tokens[at - 1] if at > view.begin else None
    if before is not None and before.lower in vocabulary().documents:
        return sentence_subject(view, at)  # "the group issued a message appealing for"
    if (
        before is not None
        and before.text != ","
        and before.lower not in {"and", "while", "by", "before", "after", "as"}
        and not is_adverb(before)
    ):
        return None
    if before is not None and before.lower == "as":
        known = bool(found) and bool(found[-1].behind)
        return None if known else _cited_before(view, at)
    begin = phrase_before(tokens, at, view.begin) if before is not None else at
    if begin < at and begin > view.begin and tokens[begin - 1].lower == "with":
        return view.span(begin, _strip_end(view, begin, at))  # "with the minister, Eva Ruiz, saying"
    last = next((a for a in reversed(found) if a.source), None)
    if last is not None:
        return last.source
    subject = sentence_subject(view, at)
    return subject if subject and can_speak(view.text.tokens_in(subject)) else None


def _cited_before(view: View, at: int) -> Span | None:
    """ "citing an unnamed source as saying", "quoted X as saying": X."""
    begin = phrase_before(view.tokens, at - 1, view.begin)
    return view.span(begin, at - 1) if begin < at - 1 and _is_subject(view, begin, at - 1) else None


def sentence_subject(view: View, limit: int) -> Span | None:
    """The noun phrase before the first finite verb of the sentence."""
    tokens = view.tokens
    for i in range(view.begin + 1, limit):
        if view.quoted[i]:
            continue
        token = tokens[i]
        verb = (
            is_finite(token)
            or cues.cue_at(tokens, i) is not None
            or (token.lower.endswith("ed") and not token.is_name)
        )
        if verb and tokens[i - 1].lower not in grammar().determiners | grammar().prepositions:
            end = before_verb(tokens, i, view.begin)
            begin = phrase_before(tokens, end, view.begin)
            subordinate = begin > view.begin and tokens[begin - 1].lower in _SUBORDINATE
            if (
                begin < end
                and not subordinate
                and _is_subject(view, begin, end)
                and can_speak(tokens[begin:end])
            ):
                return view.span(begin, end)
    return None


_SUBORDINATE = frozenset(
    {"after", "before", "when", "while", "as", "since", "until", "if", "because", "although", "though"}
)


def _shared_subject(view: View, conjunction: int, found: list[Attribution]) -> Span | None:
    """ "X said … and warned": the source of the attribution before, else the sentence's subject."""
    last = next((a for a in reversed(found) if a.source and a.cue and a.cue[0] >= view.sentence.begin), None)
    if last is not None:
        return last.source
    return sentence_subject(view, conjunction)


def _clause_follows(view: View, begin: int, stop: int) -> bool:
    """For "…, said A": whether what stands after the cue is a clause with its own verb instead."""
    tokens = view.tokens
    return stop < len(tokens) and is_finite(tokens[stop]) and tokens[stop].lower not in {"said"}
