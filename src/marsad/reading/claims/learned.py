"""Attributions that the trained reader found, made ready to be claims.

The reader says which words are source, cue and content. What it does not know is left to rules: whose a
stretch is that two attributions want, quotations that have no cue of their own, and through whose hands
the words went.
"""

from __future__ import annotations

from marsad.models import Attribution as Tags
from marsad.models import Tagged
from marsad.reading.claims import attribution, binding, counting, edges, stance
from marsad.reading.claims.hands import Hands, passed_on, quoting
from marsad.reading.claims.layout import Layout
from marsad.reading.claims.quotations import Quotation
from marsad.reading.claims.spoken import Attribution
from marsad.reading.text import Text
from marsad.records.spans import Span, Spans, any_contains, hull

NAMELESS = 0.7  # the least probability of an attribution without a source: most unlikely ones are none


def find(
    text: Text, tagged: Tagged, quotations: tuple[Quotation, ...], begins: dict[int, int]
) -> list[Attribution]:
    """All attributions of `text` that are `tagged`, in order of their content.

    `begins` is that of `attribution.find`: titles, bylines and headings assert nothing.
    """
    bare = [
        _bare(text, edges.mended(text, one, quotations))
        for one in tagged.attributions
        if (one.source or one.probability >= NAMELESS)
        and any(text.sentence_at(begin).number in begins for begin, _ in one.content)
    ]
    bare = passed_on(text, [one for one in bare if not stance.takes_in(text, one)])
    hands = Hands(text, bare)
    sure = attribution.find(text, quotations, begins)
    found = _sourced([_passing_on(_with_hands(each, hands)) for each in apart(bare)], sure)
    found = _sources_shared(text, found)
    found += _missed(found, attribution.according(text, quotations, begins))
    found += _missed(found, counting.counts(text, quotations, begins))
    found += _missed(found, counting.told(text, found, sure))
    found += counting.continuing(text, found, begins)
    found = binding.merge(text, quotations, found)
    found.extend(binding.lone(text, quotations, found, begins))
    return sorted(found, key=lambda a: (hull(a.content), a.cue or (0, 0)))


def _bare(text: Text, one: Tags) -> Attribution:
    return quoting(text, Attribution(hull(one.source) if one.source else None, hull(one.cue), one.content))


def _missed(found: list[Attribution], sure: list[Attribution]) -> list[Attribution]:
    """Those of rules with a cue of which no word is another's."""
    cues = Layout((one.cue, None) for one in found if one.cue is not None)
    return [one for one in sure if one.cue is not None and not cues.touches(one.cue)]


def _sourced(found: list[Attribution], sure: list[Attribution]) -> list[Attribution]:
    """With the source of the rules where they know the cue and the trained reader saw nobody."""
    known = Layout((one.cue, one.source) for one in sure if one.cue is not None and one.source is not None)
    citing = Layout((span, one.source) for one in sure if one.source is not None for span in one.behind)

    def of(one: Attribution) -> Span | None:
        if one.source is not None or one.cue is None:
            return one.source
        told = [source for source in known.over(one.cue) if not any_contains(one.content, source)]
        told = told or [source for span in one.behind for source in citing.over(span)]
        return told[0] if told else None

    return [one._replace(source=of(one)) for one in found]


def _sources_shared(text: Text, found: list[Attribution]) -> list[Attribution]:
    """ "X said …, adding …": who speaks goes on to the next cue of the sentence that names nobody."""
    shared: list[Attribution] = []
    last: tuple[int, Span] | None = None  # a sentence, and the source of the last cue in it
    for one in sorted(found, key=lambda each: each.cue or (0, 0)):
        number = text.sentence_at(one.cue[0]).number if one.cue else -1
        source = one.source
        if source is None and last is not None and last[0] == number and not _is_hidden(text, one):
            source = last[1]
        if source is not None:
            last = number, source
        shared.append(one._replace(source=source))
    return _sources_ahead(text, shared)


def _sources_ahead(text: Text, found: list[Attribution]) -> list[Attribution]:
    """ "Insisting that …, he said": who speaks is named with the next cue of the sentence."""
    told = list(found)
    for at in range(len(found) - 2, -1, -1):
        one, after = told[at], told[at + 1]
        if one.cue is None or after.cue is None or after.source is None:
            continue
        opens = one.cue[0] == (sentence := text.sentence_at(one.cue[0])).begin
        doing = sentence.tokens[0].lower.endswith("ing")
        if opens and doing and after.cue[1] <= sentence.end and not _is_hidden(text, after):
            told[at] = one._replace(source=after.source)
    return told


def _is_hidden(text: Text, one: Attribution) -> bool:
    return one.cue is not None and stance.of(text, (one.cue,), one.content, ()).hidden


def _passing_on(bare: Attribution) -> Attribution:
    """Without a source that is the one cited: who cites it is somebody else."""
    return bare._replace(source=None) if bare.source in bare.behind else bare


def _with_hands(bare: Attribution, hands: Hands) -> Attribution:
    return bare._replace(via=hands.told(bare), behind=bare.behind or hands.cited(bare))


def apart(found: list[Attribution]) -> list[Attribution]:
    """Each stretch of content with one attribution, the one with the nearer cue, unless one holds the other.

    An attribution keeps at least one piece of its content.
    """
    pieces = Layout((span, at) for at, one in enumerate(found) for span in one.content)
    lost: list[set[Span]] = [set() for _ in found]
    for at, one in enumerate(found):
        for span in one.content:
            for other in set(pieces.over(span)) - {at}:
                if _is_beside(one, found[other]) and _is_further(one, found[other], span, at > other):
                    lost[at].add(span)
    return [one._replace(content=_without(one.content, gone)) for one, gone in zip(found, lost, strict=True)]


def _is_beside(one: Attribution, other: Attribution) -> bool:
    """Neither is told within the other."""
    return not (
        (one.cue and any_contains(other.content, one.cue))
        or (other.cue and any_contains(one.content, other.cue))
    )


def _is_further(one: Attribution, other: Attribution, span: Span, is_later: bool) -> bool:
    return (_distance(one.cue, span), is_later) > (_distance(other.cue, span), not is_later)


def _distance(cue: Span | None, span: Span) -> int:
    return max(span[0] - cue[1], cue[0] - span[1], 0) if cue else 0


def _without(content: Spans, gone: set[Span]) -> Spans:
    return tuple(span for span in content if span not in gone) or content
