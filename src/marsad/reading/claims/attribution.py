"""Attribution by rules: who is said to say, believe or want what, as spans.

A cue is found, then its source (a noun phrase before it, after it, or the last speaker), then its
content (what follows, what precedes, or both). Quotations bind to the cue beside them, and one
that stands alone keeps the holder of the quotation before it.
"""

from __future__ import annotations

from marsad.reading import cues
from marsad.reading.claims import binding, counting
from marsad.reading.claims.contents import content_after, content_of
from marsad.reading.claims.layout import Layout
from marsad.reading.claims.quotations import MARKS, Quotation
from marsad.reading.claims.sources import source_of
from marsad.reading.claims.spoken import Attribution
from marsad.reading.claims.view import (
    View,
    clause_begin,
    clause_end,
    starts_clause,
    trim,
    view_of,
    whole_quotations,
)
from marsad.reading.cues import Cue
from marsad.reading.noun_phrases import phrase_after, phrase_before
from marsad.reading.syntax import before_verb, grammar, is_finite
from marsad.reading.text import Text
from marsad.records.reading import Attitude, Certainty
from marsad.records.spans import Span, Spans, hull


def find(text: Text, quotations: tuple[Quotation, ...], begins: dict[int, int]) -> list[Attribution]:
    """All attributions of `text`, in order of their content.

    `begins` gives, by number of the sentence, the offset where its body begins; sentences that are
    not in it (titles, bylines) are not read.
    """
    found: list[Attribution] = []
    taken: Layout[None] = Layout()
    for sentence in text.sentences:
        if sentence.number not in begins:
            continue
        view = view_of(text, sentence, quotations, begins[sentence.number])
        if view.before and taken.touches(view.before.span):
            view = view._replace(before=None)  # it has a cue of its own
        for attribution in _of_sentence(view):
            found.append(attribution)
            for span in attribution.content:
                taken.add(span, None)
    found += counting.beside(found, counting.counts(text, quotations, begins))
    found += counting.continuing(text, found, begins)
    found = binding.merge(text, quotations, found)
    found.extend(binding.lone(text, quotations, found, begins))
    return sorted(found, key=lambda a: (hull(a.content), a.cue or (0, 0)))


def according(text: Text, quotations: tuple[Quotation, ...], begins: dict[int, int]) -> list[Attribution]:
    """Those of one form alone, which rules do not mistake: "according to …"."""
    found = []
    for sentence in text.sentences:
        if sentence.number not in begins or not any(t.lower == "according" for t in sentence.tokens):
            continue
        view = view_of(text, sentence, quotations, begins[sentence.number])
        made = (_according(view, at) for at in range(view.begin, len(view.tokens)) if not view.quoted[at])
        found += [one[0] for one in made if one and one[0] and one[0].content]
    return found


def _of_sentence(view: View) -> list[Attribution]:
    found: list[Attribution] = []
    at = view.begin
    while at < len(view.tokens):
        made = None
        if not view.quoted[at]:
            made = (
                _according(view, at)
                or _opinion(view, at)
                or _hidden(view, at)
                or _noun(view, at)
                or _verb(view, at, found)
            )
        if made:
            attribution, at = made
            if attribution:
                found.append(attribution)
        else:
            at += 1
    return [a for a in found if a.content]


# --- the forms of attribution --------------------------------------------------------------------


def _according(view: View, at: int) -> tuple[Attribution | None, int] | None:
    """ "According to the UN, …", "…, according to the UN, …"."""
    after = cues.phrase_at(view.tokens, at, "according")
    if after is None:
        return None
    stop = phrase_after(view.tokens, after, len(view.tokens))
    if stop == after:
        return None
    stop = _with_participle(view, stop)
    source, cue = view.span(after, stop), view.span(at, after)
    rest = clause_end(view, stop)
    if at == view.begin or not any(t.is_word for t in view.tokens[view.begin : at]):
        content = trim(view, stop, clause_end(view, stop))
    else:
        begin = clause_begin(view, at)
        content = trim(view, begin, at)
        if (
            stop < len(view.tokens)
            and view.tokens[stop].text == ","
            and rest - stop > 3
            and not starts_clause(view, stop + 1)
        ):
            content += trim(view, stop, rest)
    return Attribution(source, cue, whole_quotations(view, content)), stop


def _with_participle(view: View, stop: int) -> int:
    """ "a report issued by the mission" is one source."""
    tokens = view.tokens
    if (
        stop + 1 < len(tokens)
        and tokens[stop].lower
        in {
            "issued",
            "published",
            "released",
            "compiled",
            "written",
            "prepared",
            "obtained",
            "seen",
            "submitted",
            "presented",
        }
        and tokens[stop + 1].lower in {"by", "to"}
    ):
        return phrase_after(tokens, stop + 2, len(tokens))
    if stop + 1 < len(tokens) and tokens[stop].lower == "by" and tokens[stop + 1].is_word:
        return phrase_after(tokens, stop + 1, len(tokens))
    return stop


def _opinion(view: View, at: int) -> tuple[Attribution | None, int] | None:
    """ "is of the opinion that …"."""
    after = cues.phrase_at(view.tokens, at, "opinion")
    if after is None or not (after < len(view.tokens) and view.tokens[after].lower == "that"):
        return None
    begin = phrase_before(view.tokens, at, view.begin)
    if begin == at or _is_condition(view, view.span(begin, at)):
        return None
    content = content_after(view, after + 1)
    source = view.span(begin, at)
    return Attribution(source, view.span(at, after), content, "belief", "probable"), after


def _hidden(view: View, at: int) -> tuple[Attribution | None, int] | None:
    """ "is believed to …", "reportedly", "it was reported that", "amid reports that"."""
    tokens, p = view.tokens, cues.phrases()
    token = tokens[at]
    if token.lower in p.hidden_adverbs:
        begin, end = _narrow_begin(view, at), clause_end(view, at)
        content = trim(view, begin, at) + trim(view, at + 1, end)
        return Attribution(None, (token.begin, token.end), content, certainty="possible", hidden=True), at + 1
    if token.lower in p.hidden_participles and at > view.begin:
        return _hidden_passive(view, at)
    if (
        token.lower in p.hidden_nouns
        and at + 1 < len(tokens)
        and tokens[at + 1].lower == "that"
        and at > view.begin
    ):
        before = tokens[at - 1].lower
        if before in _BEFORE_HEARSAY:
            content = content_after(view, at + 2)
            return Attribution(
                None, (token.begin, token.end), content, certainty="possible", hidden=True
            ), at + 2
    return None


_BEFORE_HEARSAY = frozenset(
    {"after", "amid", "are", "been", "despite", "followed", "following", "of", "to", "were", "with"}
)


def _narrow_begin(view: View, at: int) -> int:
    """Index of the subject of the verb at `at`; of what "who" stands for in a relative clause."""
    tokens = view.tokens
    if at > view.begin + 1 and tokens[at - 1].lower in {"who", "which"}:
        comma = tokens[at - 2].text == ","
        return phrase_before(tokens, at - 2 if comma else at - 1, view.begin)
    begin = phrase_before(tokens, at, view.begin)
    return begin if begin < at else clause_begin(view, at)


def _hidden_passive(view: View, at: int) -> tuple[Attribution | None, int] | None:
    tokens = view.tokens
    verb = before_verb(tokens, at, view.begin)
    passive = any(t.lower in {"is", "are", "was", "were", "be", "been", "being"} for t in tokens[verb:at])
    if not passive or at + 1 >= len(tokens):
        return None
    following = tokens[at + 1].lower
    belief: Attitude = (
        "belief"
        if tokens[at].lower in {"believed", "thought", "feared", "presumed", "considered", "suspected"}
        else "statement"
    )
    how: Certainty = (
        "possible"
        if tokens[at].lower in {"feared", "rumoured", "rumored", "alleged", "suspected"}
        else "probable"
    )
    asked = verb > view.begin + 1 and tokens[verb - 2].lower in grammar().modals  # "nor can it be said"
    if asked or any(t.lower in grammar().negations | grammar().modals for t in tokens[verb:at]):
        return None
    if following == "that" and verb > view.begin and tokens[verb - 1].lower == "it":
        content = content_after(view, at + 2)
        return Attribution(None, view.span(verb, at + 1), content, belief, how, hidden=True), at + 2
    if (
        following != "to"
        or tokens[at].lower in {"expected", "known"}
        or at + 2 >= len(tokens)
        or tokens[at + 2].is_name
    ):
        return None
    begin = _narrow_begin(view, verb)
    content = trim(view, begin, verb) + trim(view, at + 1, clause_end(view, at + 1))
    return Attribution(None, view.span(verb, at + 1), content, belief, how, hidden=True), at + 1


def _noun(view: View, at: int) -> tuple[Attribution | None, int] | None:
    """ "the ministry's claim that …", "his belief is that …"."""
    tokens = view.tokens
    if tokens[at].lower not in cues.phrases().nouns or at == view.begin:
        return None
    dated = grammar().time_words | grammar().time_modifiers - {"that"}
    after = at + 1
    while after < min(len(tokens), at + 4) and tokens[after].lower in dated:
        after += 1  # "the announcement last month that"
    if after < len(tokens) and tokens[after].lower in {"is", "was"}:
        after += 1  # "the position is that"
    if after >= len(tokens) or tokens[after].lower != "that":
        return None
    source = _owner(view, at)
    if source is None:
        return None
    after += 1
    belief = tokens[at].lower in {
        "view",
        "belief",
        "fear",
        "fears",
        "hope",
        "hopes",
        "estimate",
        "assessment",
    }
    attitude: Attitude = "belief" if belief else "statement"
    certain: Certainty = "probable" if belief else "certain"
    cue = (tokens[at].begin, tokens[at].end)
    return Attribution(source, cue, content_after(view, after), attitude, certain), after


def _owner(view: View, at: int) -> Span | None:
    """Whose the noun at `at` is: "the ministry's latest claim", "his claim"."""
    tokens = view.tokens
    for owner in range(at - 1, max(view.begin, at - 4) - 1, -1):
        if tokens[owner].lower in {"his", "her", "their", "its"}:
            return view.span(owner, owner + 1)
        if tokens[owner].text in {"’s", "'s"}:
            begin = phrase_before(tokens, owner, view.begin)
            return view.span(begin, owner) if begin < owner else None
        if not tokens[owner].is_word:
            return None
    return None


def _verb(view: View, at: int, found: list[Attribution]) -> tuple[Attribution | None, int] | None:
    """A cue verb with its source and its content."""
    hit = cues.cue_at(view.tokens, at)
    if hit is None:
        return None
    cue, after = hit
    verb = before_verb(view.tokens, at, view.begin)
    if _is_no_report(view, verb, at, cue):
        return None
    source, inverted = source_of(view, verb, at, after, cue, found)
    if source is None or _is_condition(view, source):
        return None
    begin = inverted or after
    parsed = content_of(view, cue, verb, begin, source)
    if parsed is None:
        return None
    frame, content, via, behind = parsed
    attitude, certainty, polarity = cue.stance(frame)
    behind = behind or _citing(view)
    words = Attribution(
        source,
        view.span(at, after),
        whole_quotations(view, content),
        attitude,
        certainty,
        polarity,
        via=via,
        behind=behind,
    )
    return words, max(begin, after)


def _citing(view: View) -> Spans:
    """ "Citing unnamed officials, the paper said": whom the whole sentence cites."""
    tokens = view.tokens
    if tokens[view.begin].lower not in {"citing", "quoting"}:
        return ()
    stop = phrase_after(tokens, view.begin + 1, len(tokens))
    return (view.span(view.begin + 1, stop),) if stop > view.begin + 1 else ()


def _is_condition(view: View, source: Span) -> bool:
    """ "until the community is convinced that": nobody is said to be."""
    first = next((i for i, t in enumerate(view.tokens) if t.begin >= source[0]), 0)
    return first > view.begin and view.tokens[first - 1].lower in {
        "if",
        "until",
        "unless",
        "whether",
        "should",
        "once",
    }


def _is_no_report(view: View, verb: int, at: int, cue: Cue) -> bool:
    """Negated, modal, infinitive, passive or nominal forms report nothing."""
    g, tokens = grammar(), view.tokens
    between = [t.lower for t in tokens[verb:at]]
    if any(w in g.negations | g.modals for w in between) or tokens[at].is_name:
        return True
    if (
        any(w in {"is", "are", "was", "were", "been", "being", "be"} for w in between)
        and "ing" not in cue.forms
    ):
        return True
    before = tokens[verb - 1] if verb > view.begin else None
    if before is None:
        return False
    if before.lower == "to":
        lead = tuple(t.lower for t in tokens[max(view.begin, verb - 3) : verb - 1])
        return not any(lead[-len(w) :] == w for w in cues.fixed("reporting_infinitives"))
    if before.lower in g.determiners - _QUANTIFIERS:
        return True
    return _is_nominal(view, verb, at, cue)


_QUANTIFIERS = frozenset(
    {"some", "many", "most", "all", "both", "several", "few", "one", "another", "others", "those"}
)


# Nouns without -s that take a verb in the plural.
_PLURALS = frozenset(
    {
        "people", "police", "women", "men", "children", "many", "some", "others", "who", "media", "most",
        "family", "couple", "pair", "government", "group", "team", "committee", "opposition", "military",
        "army",
    }
)  # fmt: skip


def _is_nominal(view: View, verb: int, at: int, cue: Cue) -> bool:
    """Whether a base or -s form is a noun: "previous comments", "the border dispute"."""
    if not cue.forms <= {"base", "s"}:
        return False
    g, tokens = grammar(), view.tokens
    before = tokens[verb - 1]
    if before.lower in g.prepositions or before.text in {"’s", "'s", "’"}:
        return True
    if before.lower in g.pronouns or before.text in MARKS | {",", ")"} or verb < at:
        return False
    if "base" in cue.forms:  # a plural subject
        begin = phrase_before(tokens, verb, view.begin)
        plural = before.lower.endswith("s") or before.lower in _PLURALS
        joined = any(t.text == "and" for t in tokens[begin:verb])
        return not (plural or joined)
    if at + 1 < len(tokens) and (is_finite(tokens[at + 1]) or cues.speaks(tokens, at + 1)):
        return True  # "latest estimates suggest"
    opens = verb - 1 == view.begin and before.lower in g.openers  # "Media reports": no name
    if (before.is_name and not opens) or before.lower in {"who", "which", "and", "but"}:
        return False
    begin = phrase_before(tokens, verb, view.begin)
    return tokens[begin].lower not in g.determiners and (opens or not tokens[begin].is_name)
