"""Method: how the report was made, in plain words, with versions and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.ledger.asking.found import FoundDocument
from marsad.records.language import called
from marsad.reports.model import Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.situation import Situation
from marsad.version import VERSION

HEAD = 5  # of the facts, those that stand at the head of the report
_TEXTS = ("reading", "known", "independence", "figures", "private", "blind")


def section(situation: Situation) -> Section:
    say = phrases()
    table = Table(
        say.captions["method"],
        (say.columns["item"], say.columns["value"]),
        tuple(Row(each) for each in facts(situation)),
        of_records=False,
    )
    texts = tuple(say.explain(f"method_{name}") for name in _TEXTS)
    return Section("method", say.titles["method"], (*texts, table))


def facts(situation: Situation) -> tuple[tuple[str, str], ...]:
    """Versions of the program, the reader and the gazetteer; the days; how many documents."""
    say, documents = phrases().facts, situation.documents
    new = [each for each in documents if situation.first <= each.known <= situation.last]
    unread = [each for each in documents if each.is_unread]
    found = [
        (say["made"], situation.last),
        (say["documents"], f"{len(documents):,}"),
        (say["new_documents"], f"{len(new):,}"),
        (say["claims"], f"{len(situation.claims()):,}"),
        (say["window"], situation.now.window_from or phrases().word("none")),
        (say["watch"], situation.watch.name),
        (say["period"], f"{situation.first} to {situation.last}"),
        (say["program"], f"marsad {VERSION}"),
        (say["readers"], _versions(each.document.reader for each in documents)),
        (say["gazetteers"], _versions(each.document.gazetteer for each in documents)),
    ]
    if unread:
        found.append((say["languages"], _languages(unread)))
    return tuple(found)


def _versions(several: Iterable[str | None]) -> str:
    named = sorted({each for each in several if each})
    return ", ".join(named) or phrases().word("none")


def _languages(unread: list[FoundDocument]) -> str:
    names = sorted({called(each.document.language) for each in unread if each.document.language})
    return f"{len(unread):,} ({', '.join(names)})"
