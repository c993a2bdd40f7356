"""Which languages are read, English so far, and what languages are called."""

from __future__ import annotations

ENGLISH = "en"  # ISO 639-1


def is_read(language: str | None) -> bool:
    """Whether texts in `language` (ISO 639-1) are read; so are those whose language cannot be told."""
    return language in (ENGLISH, None)


def called(language: str) -> str:
    """The English name of a language, by the CLDR; its code where it has none."""
    from babel import Locale  # noqa: PLC0415 - only few texts are not read

    return str(Locale(ENGLISH).languages.get(language, language))


def code_of(name: str) -> str:
    """The code of a language by its English name; the name itself where it has none."""
    from babel import Locale  # noqa: PLC0415 - only few texts are not read

    return next((code for code, called_so in Locale(ENGLISH).languages.items() if called_so == name), name)
