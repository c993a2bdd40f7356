"""One document as evidence: its whole text with every record in place, by the ids of the ledger.

This is the one view that is not masked: it belongs to whoever holds the document. What other pages
would mask is marked, so that nobody takes it for something that can be handed on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from marsad.disclosure import mask_text
from marsad.errors import NotFound
from marsad.ledger.asking.found import FoundDocument
from marsad.ledger.identity import numbered
from marsad.ledger.reviewing import reviews
from marsad.ledger.reviewing.applying import Reviewed
from marsad.ledger.reviewing.reviews import Listed
from marsad.ledger.store import Store
from marsad.reading.text import segment
from marsad.records.reading import Claim, Figure, Incident, Notice, Place, Reading, Relation
from marsad.records.review import RecordKind
from marsad.records.spans import Span
from marsad.reports.marks import Mark, Segment, marks_of, masked, segments

PART = 40_000  # characters of a text that one page shows; a longer one is shown in parts
BLOCK = 10_000  # characters of a paragraph; in a text without empty lines all is one
T = TypeVar("T", Figure, Relation)


class Item(NamedTuple):
    """A record with its kind and its id in the ledger."""

    id: str
    kind: RecordKind
    record: Any  # one of the types of records.reading


@dataclass(frozen=True)
class Evidence:
    """A document with all that was read in it, as people left it."""

    found: FoundDocument
    reviewed: Reviewed
    past: tuple[Listed, ...]  # its reviews, oldest first
    versions: tuple[FoundDocument, ...]  # all that came from its address, in the order of becoming known

    @classmethod
    def of(cls, store: Store, document_id: str) -> Evidence:
        """The document whose id this is, at one moment.

        Raises:
            NotFound: there is none, or its text was redacted.
        """
        with store.at_one_moment() as ledger:
            found = ledger.documents(document=document_id).first()
            reviewed = ledger.reviewed(document_id)
            if found is None:
                raise NotFound(f"{document_id}: no such document")
            past = tuple(reviews.listed(ledger, document=document_id)) if reviewed.outcomes else ()
            return cls(found, reviewed, past, versions_of(ledger, found))

    @property
    def reading(self) -> Reading:
        return self.reviewed.reading

    # Records

    @cached_property
    def items(self) -> dict[str, Item]:
        """The records by their local ids."""
        found = numbered(self.reading)
        return {each.record.id: Item(each.id, cast(RecordKind, each.kind), each.record) for each in found}

    @cached_property
    def local(self) -> dict[str, str]:
        """Local ids by those of the ledger."""
        return {item.id: local for local, item in self.items.items()}

    def item(self, record_id: str) -> Item:
        """A record by its id in the ledger.

        Raises:
            NotFound: the document has no such record now.
        """
        if record_id not in self.local:
            raise NotFound(f"{record_id[:40]}: no such record in this document now; see its trace")
        return self.items[self.local[record_id]]

    def claims_of(self, item: Item) -> list[Item]:
        """The claims on which a record stands."""
        record = item.record
        held = record.claims if isinstance(record, Incident) else [getattr(record, "claim", None)]
        return [self.items[each] for each in held if each in self.items]

    @cached_property
    def figures_of(self) -> dict[str, list[Figure]]:
        return _by_claim(self.reading.figures)

    @cached_property
    def relations_of(self) -> dict[str, list[Relation]]:
        return _by_claim(self.reading.relations)

    @cached_property
    def incidents_of(self) -> dict[str, list[Incident]]:
        found: dict[str, list[Incident]] = defaultdict(list)
        for incident in self.reading.incidents:
            for claim in incident.claims:
                found[claim].append(incident)
        return found

    def places_of(self, item: Item) -> list[Place]:
        """The places that a record is, or is said to be at."""
        if item.kind == "place":
            return [item.record]
        return [self.items[each].record for each in getattr(item.record, "places", ()) if each in self.items]

    # Reviews

    @cached_property
    def _by_record(self) -> dict[str | None, list[Listed]]:
        found: dict[str | None, list[Listed]] = defaultdict(list)
        for review in self.past:
            found[review.record if review.record in self.local else None].append(review)
        return found

    def reviews_of(self, item: Item) -> list[Listed]:
        """What people said of a record that is listed now, oldest first."""
        return self._by_record.get(item.id, [])

    @property
    def other_reviews(self) -> list[Listed]:
        """Reviews of what is listed no more, masks, and withdrawals."""
        return self._by_record.get(None, [])

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """The reviews that cannot be taken back, for they are."""
        return frozenset(review.review for review in self.past if review.state in ("withdrawn", "redacted"))

    def day_of(self, review: str) -> str:
        """When a review was made."""
        return next((each.recorded_at[:10] for each in self.past if each.review == review), "")

    def versions_by(self, day: str | None) -> list[FoundDocument]:
        """This document, with the other versions that were known on a day."""
        own = self.found.id
        return [each for each in self.versions if day is None or each.known <= day or each.id == own]

    def warnings_of(self, local: str) -> list[Notice]:
        return [notice for notice in self.reading.warnings if local in notice.records]

    # Text

    @cached_property
    def parts(self) -> list[list[Span]]:
        """The paragraphs, by the part of the text that shows them; one part at least."""
        found: list[list[Span]] = [[]]
        text = self.reading.document.text
        whole = segment(text).paragraphs
        for begin, end in (piece for paragraph in whole for piece in _pieces(text, paragraph)):
            if found[-1] and end - found[-1][0][0] > PART:
                found.append([])
            found[-1].append((begin, end))
        return found

    def part_of(self, item: Item) -> int:
        """The number of the part, from 0, that has the first words of a record."""
        spans = item.record.mentions if item.kind == "actor" else item.record.spans
        first = min((begin for begin, _ in spans), default=0)
        return max(bisect_right(self._begins, first) - 1, 0)

    @cached_property
    def _begins(self) -> list[int]:
        return [part[0][0] if part else 0 for part in self.parts]

    def blocks(self, part: int) -> list[list[Segment]]:
        """The paragraphs of a part, cut where records begin and end."""
        return segments(self.reading.document.text, self.parts[part], self.marks)

    def claims(self, part: int) -> list[Claim]:
        """The claims whose words begin in a part."""
        return [claim for claim in self.reading.claims if self.part_of(self.items[claim.id]) == part]

    @cached_property
    def hidden(self) -> list[Mark]:
        """What every other output masks."""
        return masked(self.reading.document.text, mask_text(self.reading))

    @cached_property
    def marks(self) -> list[Mark]:
        """The spans of every record, by the ids of the ledger, and what is masked elsewhere."""
        return [*(self._with_ledger_ids(mark) for mark in marks_of(self.reading)), *self.hidden]

    def _with_ledger_ids(self, mark: Mark) -> Mark:
        local, dash, part = mark.record.partition("-")
        record = self.items[local].id + dash + part
        return mark._replace(record=record, claim=mark.claim and self.items[mark.claim].id)


def versions_of(store: Store, found: FoundDocument) -> tuple[FoundDocument, ...]:
    """All versions of a document, itself included, in the order in which they became known."""
    ids = store.revisions(found.id)
    others = (store.documents(document=each).first() for each in ids if each != found.id)
    known = {each.id: each for each in (found, *others) if each is not None}
    return tuple(known[each] for each in ids if each in known)


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph, cut where a line or a word ends if it is long."""
    begin, end = paragraph
    while end - begin > BLOCK:
        ends = (text.rfind(mark, begin, begin + BLOCK) + 1 for mark in "\n ")
        cut = next((each for each in ends if each > begin), begin + BLOCK)
        yield begin, cut
        begin = cut
    yield begin, end


def _by_claim(records: Iterable[T] | Sequence[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for record in records:
        found[record.claim].append(record)
    return found
