"""What holds of every reading, whatever the text."""

import json

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.reading.pipeline import read, read_with_vectors
from marsad.records.reading import decode, encode, json_schema
from marsad.records.spans import text_of
from marsad.records.vectors import DIMENSIONS
from tests.reading.making import document

SENTENCES = (
    "The Syrian Democratic Forces (SDF) said on 3 May 2021 that at least 12 fighters were killed near Raqqa.",
    "“We left by night,” said Leila Karim, 34, a mother of two from Sarmin. “Nobody helped.”",
    "In late 2021, the mission estimated that the group still had between 400 and 900 militants in Iraq.",
    "The reserves vary between $10 to $25 million, according to a report.",
    "Clashes between ISIS and Iraqi forces were reported in Mosul, the mayor denied.",
    "Omar Said, a researcher, told Reuters the camp is home to about 55,000 people in 2,423 families.",
    "The commander is believed to have fled. He could return!",
    "داعش أعلنت المسؤولية 😀 e\u0301te\u0301.",
    "\n\n",
    "“An open quotation. ",
    "1. S/2024/92 May 5pm $10bn (£7.6bn) — U.S.-led",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
NOISE = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=60)
@given(NOISE, TEXTS, NOISE)
def test_every_span_quotes_the_document_and_every_id_is_known(before, text, after):
    whole = before + text + after
    reading = read(document(whole))
    parties = [p for c in reading.claims for p in (c.source, *c.chain) if p is not None]
    cues = [c.cue for c in reading.claims if c.cue]
    scopes = [f.scope for f in reading.figures if f.scope]
    for record in (
        *reading.claims,
        *reading.figures,
        *reading.places,
        *reading.times,
        *parties,
        *cues,
        *scopes,
    ):
        if record.spans:
            assert record.text == text_of(whole, record.spans)
        assert all(0 <= begin < end <= len(whole) for begin, end in record.spans)
    lists = (
        reading.claims,
        reading.figures,
        reading.incidents,
        reading.relations,
        reading.places,
        reading.times,
    )
    ids = [record.id for records in (*lists, reading.actors) for record in records]
    assert len(ids) == len(set(ids))
    used = (
        {c.parent for c in reading.claims} | {f.claim for f in reading.figures} | {p.actor for p in parties}
    )
    used |= {f.incident for f in reading.figures} | {f.subject for f in reading.figures}
    assert used - {None} <= set(ids)


@settings(max_examples=25)
@given(TEXTS)
def test_the_same_document_reads_the_same_and_fits_the_schema(text):
    first, second = encode(read(document(text))), encode(read(document(text)))
    assert first == second
    assert encode(decode(first)) == first
    jsonschema_rs.validate(json_schema(), json.loads(first))


TEMPLATES = (
    "{} fighters attacked Raqqa on 3 May 2021, killing 12 soldiers.",
    "The army said {} had lost the town of Manbij. The group denied it.",
    "In late 2021, the mission estimated that {} still had between 400 and 900 militants in Iraq.",
    "Clashes between {} and Iraqi forces went on in Mosul, residents said.",
    "{} vowed to retake the town, according to a report.",
    "“We fear {},” said Eva Ruiz, the mayor of Qamishli.",
    "The financial reserves of {} vary between $10 to $25 million, the panel said.",
)
GROUPS = ("ISIS", "Hamas", "Hezbollah", "Boko Haram", "Ahrar al-Sham", "YPG", "al-Qaeda")


@pytest.mark.parametrize("name", GROUPS[1:])
def test_another_name_of_the_same_kind_changes_nothing_but_the_name(name):
    for template in TEMPLATES:
        assert _shape(template.format(name), name) == _shape(template.format(GROUPS[0]), GROUPS[0])


def _shape(text, name):
    """A reading without its offsets, its hashes and the name."""
    reading = json.loads(encode(read(document(text))))
    reading["document"] = None
    assert name in json.dumps(reading["actors"], ensure_ascii=False)
    return json.loads(json.dumps(_without_spans(reading), ensure_ascii=False).replace(name, "NAME"))


def _without_spans(value):
    if isinstance(value, dict):
        return {
            k: _without_spans(v)
            for k, v in value.items()
            if k not in {"spans", "mentions", "private", "aliases"}
        }
    if isinstance(value, list):
        return [_without_spans(item) for item in value]
    return value


def test_an_empty_text_has_an_empty_reading():
    reading = read(document(" \n"))
    assert (reading.claims, reading.figures, reading.places, reading.actors) == ((), (), (), ())


def rows(text, **fields):
    reading, vectors = read_with_vectors(document(text, **fields))
    assert reading == read(document(text, **fields))
    assert vectors.claims == len(reading.claims)
    body = vectors.body
    return {
        claim.text: body[at * DIMENSIONS : (at + 1) * DIMENSIONS] for at, claim in enumerate(reading.claims)
    }


@pytest.mark.parametrize("as_written", [str, str.upper, str.lower])
def test_each_claim_has_a_vector_whatever_the_case_of_the_text(as_written):
    found = rows(as_written(" ".join(SENTENCES[:3])))
    assert len(set(found.values())) == len(found) > 2
    assert all(any(vector) for vector in found.values())
    read_with_vectors(document("Nobody came."))
    assert rows(as_written(" ".join(SENTENCES[:3]))) == found


def test_another_name_changes_no_vector():
    one = rows("John Miller, the mayor, said that the road to the bridge was closed on Monday.")
    other = rows("Peter Shaw, the mayor, said that the road to the bridge was closed on Monday.")
    assert list(one.values()) == list(other.values())


def test_what_is_not_read_by_the_network_has_no_vectors():
    row = document("event_id_cnty: XXX1\nnotes: Clashes.", genre="coded")
    assert read_with_vectors(row)[1] is None
    assert read_with_vectors(document("Nichts davon ist wahr.", language="de"))[1] is None
    reading, none = read_with_vectors(document(""))
    assert reading.claims == ()
    assert none is None
