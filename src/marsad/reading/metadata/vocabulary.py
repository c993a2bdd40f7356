"""The vocabulary of what a document says of itself, as `data/metadata.toml` holds it."""

from __future__ import annotations

from marsad.reading.lexicon import Entry, load


class FurnitureWords(Entry, frozen=True):
    paragraph_begins: tuple[str, ...]
    sentence_begins: tuple[str, ...]
    sentence_holds: tuple[str, ...]
    heading_max_words: int
    title_max_words: int


class BylineWords(Entry, frozen=True):
    leads: tuple[str, ...]
    ends: tuple[str, ...]


class DateWords(Entry, frozen=True):
    published: tuple[str, ...]
    company: tuple[str, ...]


class AuthorNote(Entry, frozen=True):
    verbs: tuple[str, ...]
    roles: tuple[str, ...]


class GenreWords(Entry, frozen=True):
    attribution: tuple[str, ...]
    argument: tuple[str, ...]
    first_person_singular: tuple[str, ...]
    first_person_plural: tuple[str, ...]
    letter_begins: tuple[str, ...]
    letter_holds: tuple[str, ...]
    opinion_labels: tuple[str, ...]
    analysis_labels: tuple[str, ...]
    testimony_holds: tuple[str, ...]
    official_begins: tuple[str, ...]
    official_titles: tuple[str, ...]
    official_holds: tuple[str, ...]


class LanguageWords(Entry, frozen=True):
    english: tuple[str, ...]
    least_share: float
    least_words: int


class Vocabulary(Entry, frozen=True):
    """The shape of `data/metadata.toml`."""

    furniture: FurnitureWords
    byline: BylineWords
    dates: DateWords
    author_note: AuthorNote
    genre: GenreWords
    language: LanguageWords


def vocabulary() -> Vocabulary:
    loaded: Vocabulary = load("metadata", Vocabulary)
    return loaded
