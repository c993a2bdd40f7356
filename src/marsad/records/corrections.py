"""Notices that a text was changed after it was published: `Correction: ...`, `This article was amended ...`.

One vocabulary for what takes them out of a page (`documents`) and what finds them in plain text
(`reading.metadata`), where the text stays as it is.
"""

from __future__ import annotations

# Passages that begin so, in small letters.
_OPENINGS = (
    *("correction:", "corrections:", "correction –", "correction —", "correction -", "correction ("),
    *("corrections and clarifications", "clarification:", "clarification –", "clarification —", "amendment:"),
    *("erratum:", "corrigendum:", "retraction:", "update and correction", "(corrects ", "(corrected "),
    *("(this story corrects ", "(this version corrects ", "this version corrects ", "this story corrects "),
    *("this article corrects ", "an earlier version of this", "a previous version of this"),
    *("earlier versions of this", "previous versions of this", "an earlier edition of this"),
    *("an earlier headline", "تصحيح:", "تصويب:", "rectificatif :", "rectificatif:", "düzeltme:"),
    *("berichtigung:", "korrektur:", "corrección:", "исправление:"),
)
_KINDS = ("article", "story", "report", "post", "page", "piece", "headline", "dispatch", "text")
_CHANGED = (
    *("was amended", "was corrected", "has been amended", "has been corrected"),
    *("was updated to correct", "has been updated to correct"),
)
# Passages that hold these: of other reports than this one it may be told that they were corrected.
_PHRASES = (
    *(f"{kind} {changed}" for kind in ("article", "story") for changed in _CHANGED),
    *(f"this {kind} {changed}" for kind in _KINDS for changed in _CHANGED),
)
# Notes of an editor are about other things too.
_NOTES = ("editor’s note:", "editor's note:", "editors’ note:", "editors' note:", "ملاحظة المحرر:")
_OF_CHANGE = (
    "amend",
    "correct",
    "clarif",
    "earlier version",
    "previous version",
    "error",
    "wrongly",
    "تصحيح",
)
_LONGEST = 1_200  # characters: a longer passage tells more than what was changed
_BULLETS = "•*·-–—▪●◦‣ \t"


def is_correction(passage: str) -> bool:
    """Whether a paragraph or a sentence says that the text around it was changed."""
    if len(passage) > _LONGEST:
        return False
    folded = passage.casefold().lstrip(_BULLETS)
    if folded.startswith(_NOTES):
        return any(word in folded for word in _OF_CHANGE)
    return folded.startswith(_OPENINGS) or any(phrase in folded for phrase in _PHRASES)


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` without its paragraphs that are such notices, and these; whole where nothing else is in it."""
    paragraphs = text.split("\n\n")
    notices = tuple(paragraph.strip() for paragraph in paragraphs if is_correction(paragraph))
    kept = [paragraph for paragraph in paragraphs if not is_correction(paragraph)]
    return ("\n\n".join(kept), notices) if any(map(str.strip, kept)) else (text, ())
