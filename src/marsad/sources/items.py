"""What a list of documents gives: its entries, and each of them opened."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from marsad.records.original import Listed, Original
from marsad.sources.fetch import UNCONDITIONAL, Failed, Later, NotModified, Validators
from marsad.sources.pace import Forbidden


class Item(NamedTuple):
    """One entry of a list: a document that can be opened."""

    address: str
    version: str  # what changes when the document does; empty where the list does not say
    listed: Listed


class Contents(NamedTuple):
    """All that a list holds now."""

    kind: str  # feed, sitemap, index or reliefweb
    title: str | None
    items: tuple[Item, ...]
    validators: Validators = UNCONDITIONAL
    trouble: str | None = None  # why it may hold more


class Empty(NamedTuple):
    """An entry without a text of its own."""


Opened = Original | Empty | Later | Failed | Forbidden


class Source(Protocol):
    """A list that can be asked again and again."""

    def contents(self, validators: Validators) -> Contents | NotModified | Later | Failed:
        """What it lists now, or that this is the same as when `validators` were given.

        Raises:
            BadInput: it is no list, or cannot be read as one.
            Unreachable: it may not be asked.
        """

    def open(self, item: Item) -> Opened:
        """One of its documents.

        Raises:
            Unreachable: it may not be asked, or sends what cannot be read.
            TooLarge: it is over a limit.
        """
