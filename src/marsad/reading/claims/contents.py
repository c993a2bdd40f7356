"""What an attribution says: the words after its cue, before it, or on both sides."""

from __future__ import annotations

from marsad.reading import cues
from marsad.reading.claims.quotations import MARKS, Quotation, ends_with_mark
from marsad.reading.claims.view import (
    View,
    clause_begin,
    clause_end,
    has_verb,
    starts_clause,
    trim,
    whole_quotations,
)
from marsad.reading.cues import Cue
from marsad.reading.noun_phrases import phrase_after
from marsad.reading.syntax import grammar, is_adverb, is_finite
from marsad.records.spans import Span, Spans

LONGEST_ASIDE = 14  # tokens between a cue and its that-clause: "told reporters in the capital on Monday that"


def content_of(
    view: View, cue: Cue, verb: int, begin: int, source: Span
) -> tuple[str, Spans, Spans, Spans] | None:
    """(frame, content, further hands, cited hands) of a cue verb, or None when it reports nothing.

    `begin` is the index after the cue, or after the source that follows it.
    """
    tokens = view.tokens
    clausal = bool({"clause", "that"} & cue.frames)
    behind, cited = _cited(view, begin + 1 if begin < len(tokens) and tokens[begin].text == "," else begin)
    if behind and clausal:
        return "clause", content_after(view, cited), (), behind
    start = _skip_aside(view, cue, begin)
    closing = "clause" in cue.frames and "ing" not in cue.forms
    preceding = _preceding(view, verb, source, begin) if closing else ()
    via: Spans = _hearer(view, cue, begin, start)
    if preceding:
        quoted = ends_with_mark(view.text, preceding[-1])
        return "clause", preceding + _resumed(view, begin, quoted=quoted), via, ()
    if start >= len(tokens) or tokens[start].text == ".":
        follows = view.after is not None and view.before is None and "clause" in cue.frames
        return ("clause", (view.after.span,), via, ()) if follows and view.after else None
    following = tokens[start]
    if clausal and following.text == ":" and start + 1 == len(tokens):
        return ("clause", (view.after.span,), via, ()) if view.after else None
    if clausal and _opens_content(view, start):
        skip = 1 if following.lower == "that" or following.text in {":", ","} else 0
        return "clause", content_after(view, start + skip), via, ()
    if "clause" in cue.frames and starts_clause(view, start):
        return "clause", content_after(view, start), via, ()
    return _phrasal(view, cue, begin, via)


def _opens_content(view: View, at: int) -> bool:
    """Whether "that", a colon or a quotation opens the content at `at`."""
    token = view.tokens[at]
    if token.lower in {"that", "how", "why"} or token.text in MARKS | {":"}:
        return True
    return token.text == "," and at + 1 < len(view.tokens) and view.quoted[at + 1]


def _phrasal(view: View, cue: Cue, begin: int, via: Spans) -> tuple[str, Spans, Spans, Spans] | None:
    """Contents that are no clause: to-infinitives, "of" phrases, noun phrases."""
    tokens = view.tokens
    if (
        begin < len(tokens)
        and tokens[begin].lower in {"on", "late", "earlier", "last", "this"} | grammar().time_words
    ):
        begin = _skip_adverbial(view, begin) or begin
    end = _phrase_end(view, begin, clause_end(view, begin))
    window = range(begin, min(begin + 9, end))
    if "inf" in cue.frames:
        to = next(
            (
                i
                for i in window
                if tokens[i].lower == "to"
                and i + 1 < end
                and not tokens[i + 1].is_name
                and tokens[i + 1].lower not in grammar().determiners
            ),
            None,
        )
        if to is not None and not any(tokens[i].text in MARKS | {","} for i in range(begin, to)):
            return "inf", trim(view, begin, end), via, ()
    if "whether" in cue.frames and begin < end:
        i = next((i for i in window if tokens[i].lower in {"whether", "if", "why", "how"}), None)
        if i is not None:
            return "whether", trim(view, i, end), via, ()
    if "of" in cue.frames:
        of = next((i for i in window if tokens[i].lower in {"of", "about", "against"}), None)
        if cue.base == "accuse":
            of = next((i for i in range(begin, min(begin + 24, end)) if tokens[i].lower == "of"), None)
            return ("of", trim(view, begin, end), via, ()) if of is not None else None
        between = [tokens[i] for i in range(begin, of)] if of is not None else []
        parted = any(t.text in MARKS | {","} or t.lower in grammar().prepositions for t in between)
        if of is not None and not parted:
            first = begin if cue.base == "accuse" else of + 1
            return "of", trim(view, first, end), via, ()
    if "for" in cue.frames and begin < end and tokens[begin].lower == "for":
        return "for", trim(view, begin + 1, end), via, ()
    if "as" in cue.frames:
        i = next((i for i in window if tokens[i].lower == "as"), None)
        if i is not None:
            return "as", trim(view, begin, end), via, ()
    if "gerund" in cue.frames and begin < end and tokens[begin].lower.endswith("ing"):
        return "gerund", trim(view, begin, end), via, ()
    if "np" in cue.frames and begin + 1 < end:
        head = tokens[begin]
        if (
            head.is_name
            or head.lower in grammar().determiners - {"that"}
            or (
                head.is_word
                and head.lower not in grammar().prepositions | grammar().subordinators | {"and"}
                and not is_adverb(head)
            )
        ):
            return "np", trim(view, begin, end), via, ()
    return None


def _phrase_end(view: View, begin: int, end: int) -> int:
    """Where a content that is no clause ends: before what the narrator adds behind a comma.

    ", and has …", ", which …", ", replacing …", ", a reference to …".
    """
    tokens = view.tokens
    for i in range(begin + 1, end - 2):
        if tokens[i].text != "," or view.quoted[i]:
            continue
        word, following = tokens[i + 1], tokens[i + 2]
        joined = word.lower in {"and", "but"} and (
            is_finite(following) or following.lower in grammar().pronouns
        )
        added = word.lower in _ADDED or (word.lower.endswith("ing") and not word.is_name)
        if joined or added or (is_adverb(word) and following.lower.endswith("ing")):
            return i
    return end


_ADDED = frozenset(
    {"which", "who", "whom", "whose", "where", "but", "although", "though", "despite", "a", "an", "when"}
)


def _cited(view: View, start: int) -> tuple[Spans, int]:
    """ "citing an unnamed source as saying that": whom the source cites, and where the content begins."""
    tokens = view.tokens
    if start + 1 < len(tokens) and tokens[start].lower in {"citing", "quoting"}:
        stop = phrase_after(tokens, start + 1, len(tokens))
        rest = [t.lower for t in tokens[stop : stop + 3]]
        if rest[:2] in (["as", "saying"], ["as", "reporting"], ["as", "having"]):
            stop_content = stop + 2 + (1 if rest[2:] == ["that"] else 0)
            if stop_content < len(tokens) and tokens[stop_content].text in {",", ":"}:
                stop_content += 1
            return (view.span(start + 1, stop),), stop_content
        if rest[:1] == [","]:
            return (view.span(start + 1, stop),), stop + 1 + (1 if rest[1:2] == ["that"] else 0)
    return (), start


def _hearer(view: View, cue: Cue, begin: int, start: int) -> Spans:
    """Whom the words were told, if a medium with a name: a hand between publisher and source."""
    if cue.base != "tell" and not (begin < start and view.tokens[begin].lower == "to"):
        return ()
    first = begin + (1 if begin < len(view.tokens) and view.tokens[begin].lower == "to" else 0)
    stop = phrase_after(view.tokens, first, min(max(start, first), len(view.tokens)))
    if stop > first and any(t.is_name for t in view.tokens[first:stop]):
        return (view.span(first, stop),)
    return ()


def _skip_aside(view: View, cue: Cue, begin: int) -> int:
    """Index where the content's own words begin after hearers, channels and adverbials."""
    tokens, g = view.tokens, grammar()
    if begin >= len(tokens) or (tokens[begin].lower == "to" and "inf" in cue.frames):
        return begin
    if (
        begin + 2 < len(tokens)
        and tokens[begin].text == tokens[begin + 2].text == ","
        and is_adverb(tokens[begin + 1])
    ):
        begin += 3  # "He said, however, that"
    hears = cue.base in {"tell", "inform", "assure", "remind"}
    first = tokens[begin].lower
    aside = (
        hears
        or first in g.prepositions | g.time_words | {"late", "earlier", "last", "this"}
        or is_adverb(tokens[begin])
    )
    for i in range(begin, min(len(tokens), begin + LONGEST_ASIDE)):
        token = tokens[i]
        if token.text in {".", ";", "—"} or (i > begin and not aside and token.text != ":"):
            break
        if token.text in MARKS | {":"} or (token.lower == "that" and (i == begin or aside)):
            return i
        if token.text == "," and i + 1 < len(tokens) and view.quoted[i + 1] and tokens[i + 1].text in MARKS:
            return i
        if i > begin and is_finite(token) and not (hears and i == begin + 1):
            break
    at = _skip_hearer(view, begin) if hears else begin
    if at < len(tokens) and tokens[at].lower in _ADVERBIAL | g.time_words and cue.base != "point":
        at = _skip_adverbial(view, at) or at
    return at


_ADVERBIAL = frozenset(
    {
        "on",
        "in",
        "at",
        "during",
        "late",
        "earlier",
        "last",
        "this",
        "after",
        "to",
        "via",
        "through",
        "by",
        "over",
    }
)


def _skip_hearer(view: View, at: int) -> int:
    """Index after the person told: "reporters", "the Daily Record", "her", "Radio One"."""
    tokens, g = view.tokens, grammar()
    if at >= len(tokens):
        return at
    if tokens[at].lower in g.objects:
        return at + 1
    if tokens[at].text in MARKS | {",", "."}:
        return at
    stop = at + 1 if tokens[at].lower in g.determiners else at
    first = stop
    while (
        stop < len(tokens)
        and (tokens[stop].is_name or tokens[stop].text in {"’s", "'s", "-"})
        and tokens[stop].is_word
    ):
        stop += 1
    if stop == first:
        while (
            stop < len(tokens)
            and stop < first + 3
            and tokens[stop].is_word
            and tokens[stop].lower not in g.determiners | g.pronouns | g.prepositions
            and not is_finite(tokens[stop])
        ):
            stop += 1
            if tokens[stop - 1].lower.endswith("s") or tokens[stop - 1].lower in {
                "press",
                "crowd",
                "court",
                "parliament",
                "audience",
                "committee",
            }:
                break
    return stop


def _skip_adverbial(view: View, at: int) -> int | None:
    """Index after "on Monday", "in a statement", "last week" before a bare clause; None if none."""
    tokens, g = view.tokens, grammar()
    for i in range(at, min(at + 7, len(tokens))):
        word = tokens[i].lower
        if (
            word in g.time_words
            or word in cues.phrases().channels
            or (tokens[i].is_number and len(word) <= 4)
        ):
            stop = i + 1
            while stop < len(tokens) and (tokens[stop].is_number or tokens[stop].lower in g.time_words):
                stop += 1
            return stop
        if tokens[i].text in MARKS | {",", "."}:
            return None
    return None


def _preceding(view: View, verb: int, source: Span, begin: int) -> Spans:
    """The content before the cue, when the cue closes or interrupts it; empty if it does not.

    `begin` is the index after the cue, or after the source that follows it.
    """
    tokens = view.tokens
    first = min(verb, next((i for i, t in enumerate(tokens) if t.begin >= source[0]), verb))
    if first <= view.begin:
        is_tag = view.before is not None and _is_bare_tag(view, begin)
        return (view.before.span,) if is_tag and view.before else ()
    before = tokens[first - 1]
    if before.text not in MARKS | {",", "?", "!", "—", "–"}:
        return ()
    at = first - 1 if before.text != "," or view.quoted[first - 1] or first < 2 else first - 2
    quotation = view.quotation_at(at)
    if quotation is not None:
        opening = clause_begin(view, first)
        alone = quotation.begin <= tokens[opening].begin
        if not alone and _is_aside(view, opening, quotation):
            return (quotation.span,)
        return ((quotation.begin if alone else tokens[opening].begin, quotation.end),)
    after = tokens[begin] if begin < len(tokens) else None
    ends = (
        after is None
        or after.text in {".", ",", ";", "—", "–", "?", "!"}
        or _closes_with_adverbial(view, begin)
    )
    parted = begin + 1 < len(tokens) and tokens[begin].text == "," and has_verb(view, begin, len(tokens))
    if not ends or not (has_verb(view, view.begin, first) or parted):
        return ()
    return trim(view, clause_begin(view, first), first)


def _is_aside(view: View, opening: int, quotation: Quotation) -> bool:
    """Whether the words before a closing quotation hold an attribution of their own."""
    inside = range(opening, len(view.tokens))
    return any(view.tokens[i].begin < quotation.begin and cues.speaks(view.tokens, i) for i in inside)


def _is_bare_tag(view: View, begin: int) -> bool:
    """The sentence is nothing but a source and its cue, with adverbials: "Voronkov said." """
    return not any(view.quoted) and _closes_with_adverbial(view, begin) and not starts_clause(view, begin)


def _closes_with_adverbial(view: View, at: int) -> bool:
    """ "…, he said on Friday." """
    rest = view.tokens[at:]
    return len(rest) <= 14 and not any(is_finite(t) for t in rest) and not any(view.quoted[at:])


def _resumed(view: View, at: int, *, quoted: bool) -> Spans:
    """What goes on after an interrupting cue: “A,” he said, “B”; A, she said, but B."""
    tokens = view.tokens
    for i in range(at, len(tokens)):
        if view.quoted[i]:
            quotation = view.quotation_at(i)
            return (quotation.span,) if quotation else ()
        if is_finite(tokens[i]) and quoted:
            break
        if not quoted and i > at and tokens[at].text == ",":
            break
    if quoted or at + 1 >= len(tokens) or tokens[at].text != ",":
        return ()
    hit = cues.cue_at(tokens, at + 1)
    if hit and "ing" in hit[0].forms:
        return ()
    end = clause_end(view, at + 1)
    resumes = is_finite(tokens[at + 1]) or has_verb(view, at + 1, end)
    return trim(view, at + 1, end) if resumes else ()


def content_after(view: View, start: int) -> Spans:
    """The content that begins at `start`, to its clause's end or the end of a quotation in it."""
    if start >= len(view.tokens):
        return ()
    return whole_quotations(view, trim(view, start, clause_end(view, start)))
