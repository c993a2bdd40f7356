"""Claims: every attribution with its holder, and every other sentence as the narrator's own."""

from __future__ import annotations

from typing import NamedTuple

from marsad.models import Tagged
from marsad.reading.actors.annotator import Cast
from marsad.reading.claims import attribution, denials, learned, quotations
from marsad.reading.claims.hedging import certainty_of
from marsad.reading.claims.layout import Contained, Layout
from marsad.reading.claims.narration import narrated
from marsad.reading.claims.quotations import Quotation, touching
from marsad.reading.claims.references import Resolver, party
from marsad.reading.claims.spoken import Attribution
from marsad.reading.claims.stance import judged
from marsad.reading.text import Text
from marsad.reading.times.annotator import interval
from marsad.records.reading import Claim, Cue, Document, Interval, Party, Time
from marsad.records.reading import Quotation as QuotationKind
from marsad.records.spans import Span, Spans, any_contains, hull, overlaps, subtract, text_of

READER = "marsad.claims.rules@4"
TRAINED = "marsad.claims.trained@3"


class Reported(NamedTuple):
    """The claims of a text, and the mentions of actors that resolving their sources added."""

    claims: tuple[Claim, ...]
    mentions: tuple[tuple[str, Span], ...]


def annotate(
    text: Text,
    document: Document,
    *,
    cast: Cast,
    times: tuple[Time, ...],
    begins: dict[int, int],
    tagged: Tagged | None = None,
) -> Reported:
    """All claims of `text`, in order of their first span.

    `begins` gives, by number of the sentence, where its body begins; other sentences (title,
    byline, headings) assert nothing. `tagged` is what the trained reader found; rules find the
    attributions without it.
    """
    quoted = quotations.find(text)
    if tagged is None:
        bare = attribution.find(text, quoted, begins)
    else:
        bare = learned.find(text, tagged, quoted, begins)
    attributions = [one for each in bare if (one := judged(text, each)) is not None]
    spoken = [((one.source,), one.content) for one in attributions if one.source is not None]
    resolver = Resolver(text, cast, quoted, spoken)
    drafts = [_attributed(text, a, resolver, quoted) for a in sorted(attributions, key=_spoken_at)]
    drafts += [_Draft("narrated", (span,)) for span in narrated(text, attributions, begins, times)]
    drafts.sort(key=lambda c: (hull(c.spans)[0], -hull(c.spans)[1], c.kind))
    finisher = _Finisher(text, document, cast, times, drafts, READER if tagged is None else TRAINED)
    claims = denials.link([finisher.finish(number) for number in range(len(drafts))])
    mentions = tuple(
        (p.actor, hull(p.spans))
        for c in claims
        for p in (c.source,)
        if p and p.actor and len(p.text.split()) <= 3
    )
    return Reported(claims, mentions)


def _spoken_at(attribution: Attribution) -> int:
    return attribution.source[0] if attribution.source else hull(attribution.content)[0]


class _Draft(NamedTuple):
    """A claim before it has an id, a parent and a chain."""

    kind: str
    spans: Spans
    source: Party | None = None
    via: tuple[Party, ...] = ()
    behind: tuple[Party, ...] = ()
    antecedent: Party | None = None  # what a pronoun as source stands for, where it is no actor
    spoken: Attribution | None = None
    quotation: QuotationKind = "none"


def _attributed(text: Text, spoken: Attribution, resolver: Resolver, quoted: tuple[Quotation, ...]) -> _Draft:
    source = antecedent = None
    if spoken.source is not None:
        source = party(text, (spoken.source,), speaker := resolver.resolve(spoken.source))
        words = resolver.antecedent(spoken.source)
        antecedent = party(text, (words,), speaker) if words else None
    elif spoken.continues:
        last = resolver.last(hull(spoken.content)[0])
        source = party(text, (last[0],), last[1]) if last else None
    hands = [party(text, (span,), resolver.resolve(span)) for span in spoken.behind]
    heard = [party(text, (span,), resolver.resolve(span)) for span in spoken.via]
    return _Draft(
        "attributed",
        spoken.content,
        source,
        tuple(p for p in heard if p.kind == "organisation"),
        tuple(hands),
        antecedent,
        spoken,
        _quotation_kind(text, spoken.content, quoted),
    )


def _quotation_kind(text: Text, content: Spans, quoted: tuple[Quotation, ...]) -> QuotationKind:
    inside = [[q.span for q in touching(quoted, span)] for span in content]
    if not any(inside):
        return "indirect"
    outside = any(
        t.is_word
        for span, holes in zip(content, inside, strict=True)
        for piece in subtract(span, holes)
        for t in text.tokens_in(piece)
    )
    return "mixed" if outside else "direct"


class _Finisher:
    """Gives drafts their ids, parents, chains and intervals."""

    def __init__(
        self,
        text: Text,
        document: Document,
        cast: Cast,
        found: tuple[Time, ...],
        drafts: list[_Draft],
        reader: str,
    ) -> None:
        self._text = text
        self._reader = reader
        self._drafts = drafts
        self._narrator = _narrator(document, cast)
        self._sizes = [_size(draft.spans) for draft in drafts]
        spoken = [(number, draft) for number, draft in enumerate(drafts) if draft.spoken is not None]
        self._contents = Layout((span, number) for number, draft in spoken for span in draft.spans)
        self._times = Contained((hull(t.spans), t) for t in found if t.edtf)
        self._actors = [actor.id for actor in cast.actors]
        self._mentions = Contained(
            (mention, number) for number, actor in enumerate(cast.actors) for mention in actor.mentions
        )
        self._parents = [self._parent(number) for number in range(len(drafts))]
        self._chains: dict[int, tuple[Party, ...]] = {}

    def finish(self, number: int) -> Claim:
        draft = self._drafts[number]
        parent = self._parents[number]
        spoken = draft.spoken or Attribution(
            None, None, draft.spans, certainty=certainty_of(self._text, draft.spans, sure=True)
        )
        content_time = next((t for span in draft.spans for _, t in self._times.within(span)), None)
        said = self._said(draft)
        words = text_of(self._text.text, draft.spans)
        return Claim(
            id=f"c{number + 1}",
            spans=draft.spans,
            text=words,
            kind="narrated" if draft.kind == "narrated" else "attributed",
            reader=self._reader,
            parent=f"c{parent + 1}" if parent is not None else None,
            source=draft.source,
            chain=self._chain(number),
            cue=Cue(text=self._text[spoken.cue], spans=(spoken.cue,)) if spoken.cue else None,
            quotation=draft.quotation,
            attitude=spoken.attitude,
            certainty=spoken.certainty,
            polarity=spoken.polarity,
            hidden_source=spoken.hidden,
            said=said,
            true_of=interval(content_time) if content_time else self._true_of(draft, said),
            about=self._about(draft.spans),
        )

    def _parent(self, number: int) -> int | None:
        """The smallest claim whose content holds this one's content and cue."""
        draft = self._drafts[number]
        if draft.spoken is None:
            return None
        if draft.spoken.cue is None:
            return None
        inner = [*draft.spans, draft.spoken.cue]
        near = sorted((self._sizes[at], at) for at in set(self._contents.over(draft.spoken.cue)))
        return next((at for _, at in near if at != number and _holds(self._drafts[at].spans, inner)), None)

    def _chain(self, number: int) -> tuple[Party, ...]:
        known = self._chains.get(number)
        if known is None:
            known = self._chains[number] = self._chain_of(number)
        return known

    def _chain_of(self, number: int) -> tuple[Party, ...]:
        draft = self._drafts[number]
        parent = self._parents[number]
        before = self._chain(parent) if parent is not None else self._narrator
        source = draft.antecedent or draft.source
        own = (*draft.via, *((source,) if source else ()), *draft.behind)
        known = {(p.actor, p.text) for p in before}
        return (*before, *(p for p in own if (p.actor, p.text) not in known and not _is_publisher(p, before)))

    def _said(self, draft: _Draft) -> Interval | None:
        """The time beside the cue: in its sentence and outside of every content."""
        if draft.spoken is None or draft.spoken.cue is None:
            return None
        sentence = self._text.sentence_at(draft.spoken.cue[0])
        beside = [
            t for _, t in self._times.within(sentence.span)
            if t.type in {"DATE", "TIME"} and not self._contents.touches(hull(t.spans))
            and not (draft.source and any(overlaps(hull(t.spans), s) for s in draft.source.spans))
        ]  # fmt: skip
        cue = draft.spoken.cue[0]
        return interval(min(beside, key=lambda t: abs(t.spans[0][0] - cue))) if beside else None

    def _true_of(self, draft: _Draft, said: Interval | None) -> Interval | None:
        """ "In mid-2023 the UN estimated that the group has …" is true of mid-2023."""
        present = draft.spoken is not None and draft.spoken.attitude in {"statement", "belief"}
        return said if present else None

    def _about(self, spans: Spans) -> tuple[str, ...]:
        told = {number for span in spans for _, number in self._mentions.within(span)}
        return tuple(self._actors[number] for number in sorted(told))


def _size(spans: Spans) -> int:
    return sum(end - begin for begin, end in spans)


def _holds(outer: Spans, inner: list[Span]) -> bool:
    return all(any_contains(outer, span) for span in inner)


def _narrator(document: Document, cast: Cast) -> tuple[Party, ...]:
    """The publisher; behind it the author, where the genre makes the words the author's own."""
    hands = []
    if document.publisher:
        actor = next((a for a in cast.actors if document.publisher in (a.name, *a.aliases)), None)
        hands.append(
            Party(text=document.publisher, spans=(), actor=actor.id if actor else None, kind="organisation")
        )
    if document.author and document.genre in {"opinion", "letter", "testimony"}:
        hands.append(Party(text=document.author, spans=(), actor=None, kind="person"))
    return tuple(hands)


def _is_publisher(party: Party, before: tuple[Party, ...]) -> bool:
    return any(party.actor is not None and party.actor == p.actor for p in before[:1])
