"""What the making of a page did to its text, undone once, before offsets exist.

For text that was taken out of HTML, PDF, DOCX and e-mail. Undone are: text decoded in the wrong
encoding (by ftfy), ligatures, soft hyphens, entities that were escaped twice, control characters,
and blanks of other widths. Quotation marks, digits, letters of other scripts and the marks that
set the direction of writing stay as they are, but for canonical composition (NFC).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from unicodedata import normalize

from ftfy import fix_encoding
from ftfy.fixes import fix_c1_controls, fix_latin_ligatures, fix_surrogates, remove_terminal_escapes

_PASSES = 4  # one mistake may hide another; more than three were never seen
_LONGEST_LINE = 1_000  # characters that are looked at together: NFC takes quadratic time over marks
# What UTF-8 looks like when it was decoded as something else: a lead byte, and another byte or a lost blank.
_SUSPECT = re.compile("[À-ô√РСв][^\x00-\x7f]|[ÃÂ├] |‚Ä|ΓÇ|ÔÇ|[\x80-\x9f]")
# ‘“café”’ and “IRÃ”, whose quotation marks ftfy takes for bytes of a broken letter
_QUOTED = re.compile("(?<![^\x00-\x7f“”‘’])[À-ÏÒ-ÖÚ-öø-ý][“”‘’«»„‹›]{1,3}(?!\\w)")
_LONE = re.compile("Â(?=[ \xa0‘’“”«»£°·§©®])")  # what is left of a broken blank or sign
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][0-9A-Za-z]{1,23});")
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#38|#[xX]26);)++")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u2060\u206a-\u206f\ufeff\ufff9-\ufffc]")
_BLANKS = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
_BULLETS = re.compile("[\uf0a7\uf0b7]")  # of a symbol font that lists are made with
# A blank of no width parts the words of scripts without blanks (Thai, Lao, Burmese, Khmer).
_WIDTHLESS = re.compile("(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")


def clean(text: str) -> str:
    """`text` as its author meant it, with `\\n` at the ends of lines. To clean it again changes nothing.

    Time is linear in the length.
    """
    for _ in range(_PASSES):
        cleaned = _once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _once(text: str) -> str:
    if not text.isascii():
        text = "".join(map(_decoded, _pieces(fix_surrogates(text))))
        text = _WIDTHLESS.sub("", fix_latin_ligatures(text))
    if "&" in text:
        text = _ENTITY.sub(_character, _AMPERSANDS.sub("&amp;", text))
    text = remove_terminal_escapes(_LINE_BREAKS.sub("\n", text))
    return _BULLETS.sub("•", _BLANKS.sub(" ", _UNSEEN.sub("", text)))


def _pieces(text: str) -> Iterator[str]:
    """The lines of `text`, ends included; a longer one is cut, at a blank where there is one."""
    begin = 0
    while begin < len(text):
        limit = begin + _LONGEST_LINE
        end = text.find("\n", begin, limit) + 1
        if not end and limit < len(text):
            end = text.rfind(" ", begin, limit) + 1
        yield text[begin : end or limit]
        begin = end or limit


def _decoded(line: str) -> str:
    if line.isascii():
        return line
    if _SUSPECT.search(line) and not _QUOTED.search(line):
        line = fix_c1_controls(fix_encoding(line))
    return normalize("NFC", _LONE.sub("", line))


def _character(entity: re.Match[str]) -> str:
    """The character of an entity that was escaped twice; one that stands for none stays."""
    character = unescape(entity[0])
    return character if character != "\ufffd" else entity[0]
