"""The reader's incidents become templates in the form of the key."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from marsad.errors import BadInput
from marsad.evaluation.corpus import document, rows
from marsad.evaluation.incidents import LABELS, Prediction, Row, predict, score
from marsad.evaluation.muc_mapping import templates
from marsad.models import Filler, Frame, Tagged
from marsad.reading import pipeline

TEXT = (
    "LIMA, 4 March 1990 (Reuter) -- A bomb exploded yesterday in Arequipa. Police said that two guards were "
    "killed. The police accused the Red Front (RF) of the bombing."
)
FULL = {
    "inc_type": ["BOMBING"],
    "inc_date": ["03 MAR 90"],
    "inc_loc": ["PERU: AREQUIPA (CITY)"],
    "inc_instr_id": ['"BOMB"'],
    "perp_org_id": ['"RED FRONT" / "RF"'],
    "perp_org_conf": ['SUSPECTED OR ACCUSED BY AUTHORITIES: "RED FRONT" / "RF"'],
    "hum_tgt_num": ['2: "GUARDS"'],
}


def filler(role: str, words: str) -> Filler:
    begin = TEXT.index(words)
    return Filler(role, (begin, begin + len(words)), 0.9)


FRAME = Frame(
    "bombing",
    0.9,
    (
        filler("weapon", "bomb"),
        filler("described", "guards"),
        filler("organisation", "Red Front"),
        filler("organisation", "RF"),
    ),
)


def test_a_frame_becomes_a_template_with_the_slots_of_the_reading() -> None:
    reading = pipeline.read(document(TEXT))
    (found,) = templates(reading, Tagged(frames=(FRAME,)))
    assert found.type == "bombing"
    assert [len(found.roles[role]) for role in ("PerpOrg", "Weapon")] == [1, 1]
    assert found.slots is not None
    assert found.slots.dates == (("1990-03-03", "1990-03-03"),)
    assert found.slots.places[0][0] == "Peru"
    assert found.slots.places[0][-1] == "Arequipa"
    assert [(count.numbers, count.target) for count in found.slots.counts] == [(((2, 2),), ("guards",))]
    assert [blame.values for blame in found.slots.blames] == [("SUSPECTED OR ACCUSED BY AUTHORITIES",)]


def test_without_frames_the_incidents_tell() -> None:
    text = "LIMA, 4 March 1990 (Reuter) -- Gunmen killed the journalist Ana Ruiz in Arequipa yesterday."
    (found,) = templates(pipeline.read(document(text)))
    assert found.type == "attack"
    assert found.slots is not None
    assert found.slots.dates == (("1990-03-03", "1990-03-03"),)


def test_a_battle_of_two_armed_sides_is_no_template() -> None:
    assert (
        templates(pipeline.read(document("The army clashed with rebels in Arequipa on 3 March 1990."))) == []
    )


def test_a_prediction_has_the_form_of_its_key() -> None:
    full = predict(Row("a", TEXT, (FULL,)))
    assert all("inc_type" in template for template in full.templates)
    bare = predict(Row("a", TEXT.lower(), ()))
    assert all("incident_type" in template for template in bare.templates)


def test_the_key_itself_is_right_throughout() -> None:
    scores = score([(Row("a", TEXT, (FULL,)), Prediction("a", (FULL,)))])
    assert set(scores) == set(LABELS)
    assert scores["template_f1"] == 1.0
    assert scores["slots"] == dict.fromkeys(("date", "place", "human_count", "responsibility"), 1.0)


def test_a_corpus_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(msgspec.json.encode({"docid": "a", "text": TEXT, "templates": [{"kind": "x"}]}))
    with pytest.raises(BadInput, match="neither form"):
        list(rows(path, Row, "incidents"))
