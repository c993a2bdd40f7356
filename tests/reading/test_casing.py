"""Texts without mixed case get their names back, at the same length, and records keep the words of the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.evaluation.corpus import document
from marsad.models import Entity
from marsad.reading import casing
from marsad.reading.casing import as_written, is_caseless, restored
from marsad.reading.pipeline import read
from marsad.records.spans import text_of

BULLETIN = (
    "   LIMA, 3 JAN 90 (REUTER) -- [TEXT] PRESIDENT JULIO ZAMBRANO OF PERU MET COL OKOYE IN AREQUIPA ON MONDAY.\n"
    "\n   HE SAID THAT THE ZORVAN LIBERATION FRONT [ZLF] ATTACKED A BRIDGE.  THE ZLF DENIED IT."
)


def entity(kind: str, words: str) -> Entity:
    begin = BULLETIN.index(words)
    return Entity((begin, begin + len(words)), kind, 0.9)


ENTITIES = (
    entity("Person", "PRESIDENT JULIO ZAMBRANO"),
    entity("Person", "COL OKOYE"),
    entity("Organisation", "THE ZORVAN LIBERATION FRONT"),
)


def test_names_titles_and_sentences_get_their_capitals() -> None:
    found = restored(BULLETIN, ENTITIES)
    assert "[text] President Julio Zambrano of Peru met Col Okoye in Arequipa on Monday." in found
    assert "He said that the Zorvan Liberation Front [ZLF] attacked a bridge.  The ZLF denied it." in found
    assert found.startswith("   Lima, 3 Jan 90 (")


def test_small_letters_are_read_as_capitals_are() -> None:
    assert restored(BULLETIN.lower(), ENTITIES) == restored(BULLETIN, ENTITIES)


def test_a_text_with_both_cases_stays_as_it_is() -> None:
    text = "The army of Peru attacked a bridge near Arequipa on Monday, a spokesman for the ministry said."
    assert not is_caseless(text)
    assert restored(text) == text


def test_a_short_text_says_nothing_of_its_case() -> None:
    assert restored("BREAKING NEWS") == "BREAKING NEWS"


def test_pronouns_and_common_words_are_no_names() -> None:
    text = "They told us that they may march to the capital, where the police were waiting for them today."
    assert restored(text.upper()) == restored(text.lower()) == text


def test_a_letter_whose_other_case_is_longer_keeps_the_length() -> None:
    text = (
        "THE STRASSE IN İZMIR AND THE STRAßE IN ÇANAKKALE WERE CLOSED BY POLICE AFTER AN ATTACK ON A MAYOR."
    )
    assert len(restored(text)) == len(text)


@given(st.text(alphabet="abcdefghij ABCDE.-'’[]()\nßİŉ’ı", max_size=200))
def test_every_text_keeps_its_length_and_is_restored_once(text: str) -> None:
    for each in (text, text.upper(), text.lower()):
        found = restored(each)
        assert len(found) == len(each)
        assert restored(found) == found


def test_records_have_the_words_of_the_text() -> None:
    reading = read(document(BULLETIN))
    assert reading.document.text == BULLETIN
    for claim in reading.claims:
        assert claim.text == text_of(BULLETIN, claim.spans)
    for place in reading.places:
        assert place.text == text_of(BULLETIN, place.spans)
    assert reading.document.published.latest == "1990-01-03"


def test_words_are_laid_back_at_every_depth() -> None:
    inner = document(casing.restored(BULLETIN, ENTITIES))
    written = as_written(read(inner), document(BULLETIN))
    sources = [claim.source for claim in written.claims if claim.source is not None]
    assert all(source.text == text_of(BULLETIN, source.spans) for source in sources if source.spans)
