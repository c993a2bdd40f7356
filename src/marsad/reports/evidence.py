"""The evidence of a report: the words of each claim, and what may be said on the strength of them.

All of it is disclosed. The words around a quotation come from the masked text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from marsad.assessment.voices import speaker
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.asking.gathering import Gathered
from marsad.ledger.store import Store
from marsad.linkage.origins import Origin
from marsad.records import wording
from marsad.records.reading import Claim, Figure, Incident, Interval
from marsad.records.spans import Spans
from marsad.reports.model import Evidence, Piece, Stated
from marsad.reports.phrases import phrases

AROUND = 160  # code points of the text that are shown on each side of a quotation


class Book:
    """The claims from which a report is made, each as a piece of evidence, by id.

    A figure or an incident is shown by the claims that it stands on.
    """

    def __init__(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self._evidence: dict[str, Evidence] = {}
        self._spans: dict[str, Spans] = {}
        self._claims_of: dict[str, tuple[str, ...]] = {}
        self._origins = dict(gathered.origins)
        for claim in gathered.claims:
            self.add_claim(claim)
        for figure in gathered.figures:
            self.add_figure(figure)
        for incident in gathered.incidents:
            self.add_incident(incident)

    def __getitem__(self, each: str) -> Evidence:
        return self._evidence[each]

    def cites(self, *records: str) -> tuple[str, ...]:
        """The evidence of some records, each once; records that are not here are left out."""
        found = (each for record in records for each in self._claims_of.get(record, (record,)))
        return tuple(dict.fromkeys(each for each in found if each in self._evidence))

    def holder(self, claim: str) -> str:
        """Who says it, as a report shows it."""
        return self._evidence[claim].holder or phrases().parts["nobody"]

    def origin(self, claim: str) -> Origin:
        return self._origins[claim]

    # What is put in

    def add_claim(self, found: Found[Claim]) -> None:
        """A claim with its figures; one that was not gathered goes back to whom the ledger says."""
        if found.id in self._evidence:
            return
        if found.id not in self._origins and found.origin:
            self._origins[found.id] = Origin(**found.origin)  # type: ignore[arg-type]
        self._put(found.record, found.found_in, found.holder, found.names)
        for figure in found.figures:
            self._state(figure, found.names)

    def add_figure(self, found: Found[Figure]) -> None:
        """A figure, on the claim that states it."""
        figure = found.record
        for account in found.accounts:
            if account.claim.id not in self._evidence:
                self._put(account.claim, found.found_in, account.holder, found.names)
        self._state(figure, found.names)

    def _state(self, figure: Figure, names: Mapping[str, str]) -> None:
        before = self._evidence[figure.claim]
        self._claims_of[figure.id] = (figure.claim,)
        values = frozenset(v for v in (figure.low, figure.high, figure.best) if v is not None)
        stated = Stated(figure.id, values, tuple(needed(figure, self.holder(figure.claim))))
        self._evidence[figure.claim] = replace(
            before,
            words=_joined(before.words, figure.text),
            figures=(*(each for each in before.figures if each.id != figure.id), stated),
            dates=before.dates | _days(figure.as_of, figure.period),
            names=(*before.names, *self._called(names), *filter(None, _named(figure))),
            shows=before.shows | {figure.id},
        )

    def add_incident(self, found: Found[Incident]) -> None:
        """An incident, on the claims that tell of it."""
        incident = found.record
        self._claims_of[incident.id] = tuple(account.claim.id for account in found.accounts)
        parties = [party.text for side in incident.sides for party in side]
        for account in found.accounts:
            claim = account.claim
            if claim.id not in self._evidence:
                self._put(claim, found.found_in, account.holder, found.names)
            before = self._evidence[claim.id]
            tolls = tuple(_tolls(incident, self.holder(claim.id)))
            self._evidence[claim.id] = replace(
                before,
                figures=(*before.figures, *tolls),
                dates=before.dates | _days(incident.date),
                names=(*before.names, *self._called(found.names), *parties, *incident.weapons),
                shows=before.shows | {incident.id},
            )

    def add_basis(self, figure: str, words: str) -> None:
        """The period that a figure counts, as the assessment has it of its record."""
        for each in self._claims_of.get(figure, ()):
            before = self._evidence[each]
            self._evidence[each] = replace(before, names=(*before.names, words))

    def add_correction(self, found: FoundDocument, words: str) -> str:
        """What a document says of its own corrections; gives the id of that evidence."""
        each = f"{found.id}:{words}"
        self._evidence[each] = replace(
            _of_document(found), id=each, words=words, pieces=(Piece("", words, ""),)
        )
        return each

    def _put(
        self, claim: Claim, found_in: FoundDocument, holder: str | None, names: Mapping[str, str]
    ) -> None:
        origin = self._origins.get(claim.id)
        parties = [party.text for party in (*claim.chain, *filter(None, [claim.source]))]
        holder = speaker(holder, origin and origin.name)
        called = [*parties, *self._called(names), *filter(None, [holder, origin and origin.name])]
        of = _of_document(found_in)
        self._spans[claim.id] = claim.spans
        self._claims_of[claim.id] = (claim.id,)
        self._evidence[claim.id] = replace(
            of,
            id=claim.id,
            holder=holder,
            origin=origin and origin.key,
            words=claim.text,
            dates=of.dates | _days(claim.true_of, claim.said),
            names=(*of.names, *called),
            shows=of.shows | {claim.id, *filter(None, [origin and origin.key])},
        )

    def _called(self, names: Mapping[str, str]) -> Iterator[str]:
        """What actors and places are called, in their document and in the ledger."""
        for each, name in names.items():
            yield name
            yield self.gathered.names.get(self.gathered.actors.get(each, ""), name)
            if located := self.gathered.places.get(each):
                yield located.name

    # What is taken out

    def cited(self, ledger: Store, ids: Iterable[str]) -> tuple[Evidence, ...]:
        """The evidence of `ids`, each once and in their order, with the words around it."""
        wanted = [self._evidence[each] for each in dict.fromkeys(ids)]
        texts = ledger.shown_texts({each.document for each in wanted})
        return tuple(
            each
            if each.pieces
            else replace(
                each, pieces=tuple(_pieces(texts.get(each.document), each.words, self._spans[each.id]))
            )
            for each in wanted
        )


def needed(figure: Figure, holder: str) -> Iterator[str]:
    """What a sentence has to say with a figure, in the words in which a report says it."""
    yield holder
    if figure.scope:
        yield " ".join(figure.scope.text.split())
    if (when := figure.as_of or figure.period) and (when.earliest or when.latest):
        yield wording.short_days(when)
    if figure.status not in ("observed", "estimated"):
        yield figure.status


def _tolls(incident: Incident, holder: str) -> Iterator[Stated]:
    for toll in (incident.deaths, incident.injured):
        if toll is not None:
            values = frozenset(v for v in (toll.low, toll.best, toll.high) if v is not None)
            yield Stated(incident.id, values, (holder,))


def _named(figure: Figure) -> tuple[str | None, ...]:
    return (figure.population, figure.scope.text if figure.scope else None, figure.unit, figure.share_of)


def _of_document(found: FoundDocument) -> Evidence:
    document = found.document
    published = Interval(earliest=document.published.earliest, latest=document.published.latest, edtf=None)
    title = document.title or ""
    return Evidence(
        id=document.id,
        document=document.id,
        title=title,
        publisher=document.publisher,
        published=wording.days(published),
        known=found.known,
        url=document.url,
        holder=None,
        origin=None,
        words="",
        dates=frozenset({found.known}) | _days(published),
        names=tuple(filter(None, [title, document.publisher, document.author])),
        shows=frozenset({document.id}),
    )


def _days(*intervals: Interval | None) -> frozenset[str]:
    return frozenset(day for each in intervals if each for day in (each.earliest, each.latest) if day)


def _joined(words: str, more: str) -> str:
    return words if more in words else f"{words} … {more}"


def _pieces(text: str | None, words: str, spans: Spans) -> Iterator[Piece]:
    """The words under each span with those before and after it, which are cut at a space."""
    if text is None:
        yield Piece("", words, "")
        return
    last = 0
    for at, (begin, end) in enumerate(spans):
        following = spans[at + 1][0] if at + 1 < len(spans) else len(text)
        before = text[max(last, begin - AROUND) : begin]
        after = text[end : min(following, end + AROUND)] if at + 1 == len(spans) else ""
        yield Piece(_cut_before(before, begin > AROUND), text[begin:end], _cut_after(after))
        last = end


def _cut_before(text: str, is_cut: bool) -> str:
    """The last words of the paragraph, without a part of a word at its beginning."""
    line = text.rpartition("\n")[2]
    if is_cut and line == text:
        line = f"…{line.partition(' ')[2]}"
    return line


def _cut_after(text: str) -> str:
    line = text.partition("\n")[0]
    return f"{line.rpartition(' ')[0]}…" if line == text and len(text) >= AROUND else line
