"""What every hostile input must come to: documents, or one clear line for each that is refused.

`take` goes the way of `marsad add` from paths to frozen documents, and lets through what that way does
not catch: an error that is none of the project's own ends a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from marsad import documents, sources
from marsad.records.original import Frozen, Original, Refused
from marsad.sources.kinds import media_type_of

WORDS = "The army said that 40 men had fled the town of Zafir."
LONGEST_REASON = 400  # characters beside the name of the source: more is no clear line


class Taken(NamedTuple):
    """What became of the documents of some paths."""

    frozen: tuple[Frozen, ...]
    refused: tuple[Refused, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(each.document.text for each in self.frozen)

    @property
    def reasons(self) -> str:
        return "\n".join(each.reason for each in self.refused)

    @property
    def said(self) -> str:
        """All that leaves the program: texts, what is stated of them, and refusals."""
        return "\n".join([*map(repr, self.frozen), *map(repr, self.refused)])


def take(*paths: Path | str) -> Taken:
    """The documents that `paths` hold, and the refusals, each of which is one clear line."""
    return _sorted(each for found in sources.expand(map(str, paths)) for each in _frozen(found))


def take_bytes(raw: bytes, name: str = "a", media_type: str | None = None) -> Taken:
    """The same of one file's bytes, as if they were read from a file `name`."""
    media_type = media_type or media_type_of(name)
    return _sorted(documents.freeze(Original(raw, name, media_type=media_type)))


def _frozen(found: Original | Refused) -> Iterator[Frozen | Refused]:
    if isinstance(found, Refused):
        yield found
    else:
        yield from documents.freeze(found)


def _sorted(found: Iterator[Frozen | Refused]) -> Taken:
    frozen: list[Frozen] = []
    refused: list[Refused] = []
    for each in found:
        if isinstance(each, Refused):
            check_reason(each)
            refused.append(each)
        else:
            check_text(each)
            frozen.append(each)
    return Taken(tuple(frozen), tuple(refused))


def check_reason(refused: Refused) -> None:
    """One line that a person can read, and no inner part of the program."""
    reason = refused.reason
    assert reason.strip(), refused
    assert len(reason.splitlines()) == 1, refused
    assert len(reason) <= LONGEST_REASON + len(refused.source), refused
    assert "Traceback" not in reason and "object at 0x" not in reason, refused


def check_text(frozen: Frozen) -> None:
    """A text that every later stage can take: code points that UTF-8 can hold, and something to read."""
    document = frozen.document
    document.text.encode()
    assert document.text.strip()
    assert "\0" not in document.text
    for stated in (document.title, document.author, document.publisher, document.url, document.source):
        (stated or "").encode()
