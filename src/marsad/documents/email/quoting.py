"""Whose words are in a message: its writer's, those it replies to, and those it forwards.

Works on lines of plain text with `>` before what is quoted, as mail programs have written them since
1985, and on the ways of those that write no `>`.
"""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

_FORWARDED = ("forwarded message", "weitergeleitete nachricht", "message transféré", "mensaje reenviado")
_ORIGINAL = ("original message", "ursprüngliche nachricht", "message d'origine", "mensaje original")
_WROTE = (
    "wrote:",
    "writes:",
    "schrieb:",
    "a écrit :",
    "a écrit:",
    "escribió:",
    "ha scritto:",
    "كتب:",
    "пишет:",
)
_FORWARDS = ("fw:", "fwd:", "wg:", "tr:", "rv:")  # as subjects begin
_HEADERS = {
    **dict.fromkeys(("from", "von", "de", "da", "от", "من"), "from"),
    **dict.fromkeys(("date", "sent", "datum", "gesendet", "envoyé", "enviado", "fecha", "дата"), "date"),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "тема"), "subject"),
    **dict.fromkeys(("to", "an", "à", "para", "a", "cc", "bcc", "reply-to", "importance", "кому"), "to"),
}
_LONGEST_HEADER = 8  # lines of a block of headers inside a message
_LONGEST_SIGNATURE = 15  # lines
_LONGEST_INTRODUCTION = 3  # lines of `On ... wrote:`


class Forwarded(NamedTuple):
    """A message inside a message, with the headers that stand before it."""

    lines: tuple[str, ...]
    headers: dict[str, str]  # from, date, subject, to


class Words(NamedTuple):
    """A message with its parts told apart; lines that are left out are counted."""

    own: str
    forwarded: Forwarded | None = None
    quoted: int = 0
    signature: int = 0


def told_apart(text: str, subject: str = "") -> Words:
    """The writer's own words in `text`, and the message that it forwards, if it does.

    Where nothing is the writer's own, what is quoted stays, without its marks.

    Args:
        subject: which tells a forward from a reply where the text does not.
    """
    lines = text.split("\n")
    at, is_forward = _inner_message(lines)
    is_forward = is_forward or (at < len(lines) and subject.lower().startswith(_FORWARDS))
    forwarded = _forwarded(lines[at:]) if is_forward else None
    replied = 0 if is_forward else _written(lines[at:])
    kept, signature = _without_signature(lines[:at])
    kept, quoted = _without_quotes(kept)
    own = _joined(kept)
    if not own.strip() and forwarded is None and quoted + replied:
        return Words(_unmarked(lines))
    return Words(own, forwarded, quoted + replied, signature)


def _inner_message(lines: list[str]) -> tuple[int, bool]:
    """Where another message begins that is not marked by `>`, and whether it is forwarded."""
    for at, line in enumerate(lines):
        words = line.strip(" \t>").lower()
        if _is_rule(words, _FORWARDED) or words.startswith("begin forwarded message"):
            return at, True
        if _is_rule(words, _ORIGINAL) or (not line.startswith(">") and _is_header_block(lines, at)):
            return at, False
        if words.endswith(_WROTE) and _introduces_the_rest(lines, at):
            return _paragraph_begin(lines, at), False
    return len(lines), False


def _is_rule(words: str, titles: tuple[str, ...]) -> bool:
    """A line such as `---------- Forwarded message ---------`."""
    return words.startswith("--") and words.strip("- ").startswith(titles)


def _is_header_block(lines: list[str], at: int) -> bool:
    """Whether `From:` and two other headers follow one another, as Outlook puts them before a reply."""
    if _header(lines[at])[0] != "from":
        return False
    kinds = {_header(line)[0] for line in lines[at : at + _LONGEST_HEADER]}
    return {"date", "subject"} <= kinds or {"date", "to"} <= kinds


def _header(line: str) -> tuple[str | None, str]:
    name, colon, value = line.replace("*", "").strip().partition(":")
    return (_HEADERS.get(name.strip().lower()) if colon and len(name) < 20 else None), value.strip()


def _introduces_the_rest(lines: list[str], at: int) -> bool:
    """Whether `On ... wrote:` stands before words that bear no mark: then all of them are quoted.

    It names an address or an hour; a report that says `the ministry wrote:` does not.
    """
    following = next((line for line in lines[at + 1 :] if line.strip()), "")
    introduction = " ".join(lines[_paragraph_begin(lines, at) : at + 1])
    has_hour = any(
        before.isdigit() and after.isdigit()
        for before, colon, after in zip(introduction, introduction[1:], introduction[2:], strict=False)
        if colon == ":"
    )
    return bool(following) and not following.startswith(">") and ("@" in introduction or has_hour)


def _paragraph_begin(lines: list[str], at: int) -> int:
    """The first line of the paragraph that ends at `at`, at most some lines before."""
    begin = at
    while begin > 0 and at - begin + 1 < _LONGEST_INTRODUCTION and _goes_on(lines[begin - 1]):
        begin -= 1
    return begin


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(">")


def _forwarded(lines: list[str]) -> Forwarded:
    """What follows a rule: headers, a blank line, and the message; each of its lines may bear a mark."""
    rest = lines if _header(lines[0])[0] else lines[1:]
    first = next((line for line in rest if line.strip()), "")
    if first.startswith(">"):
        marked = takewhile(lambda line: line.startswith(">") or not line.strip(), rest)
        rest = [line[1:].removeprefix(" ") for line in marked]
    headers: dict[str, str] = {}
    at = next((at for at, line in enumerate(rest) if line.strip()), len(rest))
    while at < len(rest) and rest[at].strip():
        kind, value = _header(rest[at])
        if kind is None and not headers:
            break
        if kind is not None:
            headers.setdefault(kind, value)
        at += 1
    return Forwarded(tuple(rest[at:]), headers)


def _without_quotes(lines: list[str]) -> tuple[list[str], int]:
    """`lines` without those that begin with `>`, and without what introduces them."""
    kept: list[str] = []
    dropped = 0
    for line in lines:
        if not line.startswith(">"):
            kept.append(line)
            continue
        if dropped == 0 or line.strip("> \t"):
            begin = _introduction(kept)
            dropped += _written(kept[begin:])
            del kept[begin:]
        dropped += 1
    return kept, dropped


def _introduction(kept: list[str]) -> int:
    """Where the paragraph begins that introduces a quotation; the end, where there is none."""
    last = len(kept) - 1
    while last >= 0 and not kept[last].strip() and last > len(kept) - 3:
        last -= 1
    if last < 0 or not kept[last].rstrip().endswith(":"):
        return len(kept)
    begin = _paragraph_begin(kept, last)
    words = " ".join(kept[begin : last + 1])
    is_one = begin == 0 or not _goes_on(kept[begin - 1])
    says_who = words.rstrip().lower().endswith(_WROTE) or "@" in words
    return begin if is_one and says_who else len(kept)


def _without_signature(lines: list[str]) -> tuple[list[str], int]:
    """`lines` up to `-- ` or to the foot that a mailing list adds, and how many were cut."""
    first, rest = len(lines), 0
    while first > 0 and rest <= _LONGEST_SIGNATURE:
        first -= 1
        rest += bool(lines[first].strip())
    for at in range(first, len(lines)):
        if (lines[at].rstrip() == "--" or _is_foot(lines, at)) and any(map(str.strip, lines[:at])):
            return lines[:at], _written(lines[at + 1 :])
    return lines, 0


def _is_foot(lines: list[str], at: int) -> bool:
    is_rule = len(lines[at]) > 30 and not lines[at].strip("_ ")
    return is_rule and any("mailing list" in line.lower() for line in lines[at + 1 : at + 4])


def _joined(lines: list[str]) -> str:
    """The lines as one text, where what was left out leaves one blank line."""
    blank_before = [True, *(not line.strip() for line in lines)]
    kept = [line for line, follows in zip(lines, blank_before, strict=False) if line.strip() or not follows]
    return "\n".join(kept).strip("\n")


def _written(lines: list[str]) -> int:
    return sum(bool(line.strip()) for line in lines)


def _unmarked(lines: list[str]) -> str:
    return "\n".join(line.lstrip("> ") if line.startswith(">") else line for line in lines).strip("\n")


def unfolded(text: str, *, joins_words: bool = False) -> str:
    """A text of `format=flowed` (RFC 3676) with the lines of a paragraph joined.

    Args:
        joins_words: `DelSp=yes`: the blank at the end of a line is none of the text's.
    """
    written: list[str] = []
    depth_before, is_open = 0, False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        is_signature = words == "-- "
        if is_open and depth == depth_before and not is_signature:
            written[-1] += words
        else:
            written.append(">" * depth + (" " if depth else "") + words)
        is_open = words.endswith(" ") and not is_signature
        if is_open and joins_words:
            written[-1] = written[-1][:-1]
        depth_before = depth
    return "\n".join(written)
