"""The sentences of warnings. A warning is stored as its code and its message, in English; `told` finds again
what was put into its sentence, so that it can be said in another language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from marsad.records.reading import Id, Notice
from marsad.records.sentences import put_into

# By the code of the warning and, where it has several sentences, which of them
SENTENCES = {
    # what does not add up in a text
    "implausible_ratio": "{over} / {under} = {value} {per}, usually {low} to {high}; scopes may differ",
    "part_exceeds_whole": "{parts} = {total} as part of {whole}",
    "parts_exceed_whole": "{parts} = {total} as part of {whole}",
    "share_exceeds_whole": "{share} of {whole}",
    "shares_exceed_whole": "{shares} = {total} of {whole}; the shares may overlap",
    "totals_differ": "{one} and {other} {counted}: a gap of {gap} between two totals of one thing; "
    "sources or scopes may differ",
    # what is not read
    "unread_language": "not read: it is in {language}, and only English is read",
    "unread_columns": "not read: its columns are neither UCDP GED's nor ACLED's",
    "unreadable_cell": "{column} does not hold what that column holds, and is left unknown",
    "cut_short": "The archive holds only the beginning of the page ({why}).",
    # what the text of a file lacks, or is unsure of
    "guessed_encoding": "the encoding was guessed: {encoding}; "
    "where words look wrong, save the text as UTF-8",
    "damaged_encoding": "{count} characters are not valid {encoding}; each stands as U+FFFD",
    "tracked_changes": "changes are tracked; deletions left out: {deleted}, insertions kept: {inserted}",
    "comments": "left out: {count} comments in the margin",
    "hidden_text.docx": "left out: {count} characters formatted as hidden",
    "hidden_text.html": "{count} passages hidden by style, {characters} characters, dropped",
    "hidden_text.html_one": "1 passage hidden by style, {characters} characters, dropped",
    "hidden_text.pdf": "{count} characters that cannot be seen were left out",
    "forwarded": "left out: {count} words of whoever forwarded this message",
    "quoted_text": "left out: {count} lines of other messages, which it quotes",
    "signature": "left out: {count} lines of signature",
    "attachments": "left out: {count} attached files that hold no text ({names})",
    "scanned_pages": "pictures without text, not read: pages {pages} of {all}; OCR makes them readable",
    "scanned_pages.one": "pictures without text, not read: page {pages} of {all}; OCR makes them readable",
    "broken_pages": "cannot be opened: pages {pages} of {all}",
    "broken_pages.one": "cannot be opened: page {pages} of {all}",
    "slanted_text": "{count} characters of slanted text were left out",
    "unmapped_text": "{count} characters whose font does not say which they are",
    "recognised_text": "by character recognition, with its mistakes: pages {pages}",
    "recognised_text.one": "by character recognition, with its mistakes: page {pages}",
}


class Told(NamedTuple):
    """A message as what it says."""

    sentence: str  # its name in `SENTENCES`
    given: dict[str, str]


def notice(sentence: str, records: Sequence[Id] = (), **given: str | int) -> Notice:
    """A warning; whole numbers among what is given are written with separators."""
    return Notice(code=code(sentence), message=message(sentence, **given), records=tuple(records))


def code(sentence: str) -> str:
    return sentence.partition(".")[0]


def message(sentence: str, **given: str | int) -> str:
    said = {name: f"{value:,}" if isinstance(value, int) else value for name, value in given.items()}
    return SENTENCES[sentence].format(**said)


def told(given: Notice) -> Told | None:
    """What a warning says; `None` where an earlier version said it otherwise. Takes linear time."""
    for name, sentence in SENTENCES.items():
        if code(name) == given.code and (found := put_into(sentence, given.message)) is not None:
            return Told(name, found)
    return None
