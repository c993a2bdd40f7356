"""Snippets by ACLED's sub-events: the file's form, the score, and what the rules make of a reading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import BadInput, NotFound
from marsad.evaluation import acled
from marsad.evaluation.eventtypes import Prediction, Row, predict, rows, score
from marsad.reading.incidents.kinds import kinds, types

HEADER = "id\tEventSnippet\tSubType\n"


def label(text: str) -> str:
    return predict(Row("1", text, "")).label


def written(folder: Path, text: str) -> Path:
    path = folder / "snippets.tsv"
    path.write_text(text, "utf-8")
    return path


def test_snippets_are_read_by_the_names_of_their_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "SubType\tid\tEventSnippet\nARREST\t7\tPolice held a man.\n\n")
    assert list(rows(path)) == [Row("7", "Police held a man.", "ARREST")]


def test_the_quotation_marks_of_a_spreadsheet_come_off_and_others_stay(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + '1\t"They said ""no""."\tOTHER\n2\t"A" and "B" met.\tDIPLO\n')
    assert [row.text for row in rows(path)] == ['They said "no".', '"A" and "B" met.']


@pytest.mark.parametrize("text", ["", "id,EventSnippet,SubType\n", HEADER + "1\tonly two\n"])
def test_another_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"snippets\.tsv"):
        list(rows(written(tmp_path, text)))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(rows(tmp_path / "none.tsv"))
    with pytest.raises(BadInput, match="folder"):
        list(rows(tmp_path))
    (tmp_path / "bytes.tsv").write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(BadInput, match="UTF-8"):
        list(rows(tmp_path / "bytes.tsv"))


def test_f1_is_weighted_by_the_key() -> None:
    gold, found = ["A", "A", "A", "B"], ["A", "A", "B", "C"]
    pairs = [(Row("1", "", g), Prediction("1", f)) for g, f in zip(gold, found, strict=True)]
    scores = score(pairs)
    assert scores["by_type"] == {"A": 0.8, "B": 0.0, "C": 0.0}
    assert scores["weighted_f1"] == 0.6  # 3/4 of 0.8
    assert scores["accuracy"] == 0.5


def test_an_empty_corpus_has_no_score() -> None:
    assert score([])["weighted_f1"] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels and soldiers clashed near the town of Hentzau, leaving six dead.", "ARMED_CLASH"),
        ("Warplanes struck a market in Strelsau and killed 12 people.", "AIR_STRIKE"),
        ("Shells target the outskirts of Strelsau", "ART_MISS_ATTACK"),
        ("The army hit the village with more than thirty rockets.", "ART_MISS_ATTACK"),
        ("An IED exploded under a police car on the road to Hentzau.", "REM_EXPLOS"),
        ("A suicide bomber blew himself up at a checkpoint in Strelsau.", "SUIC_BOMB"),
        ("Unknown men threw a grenade into the garden of a mayor.", "GRENADE"),
        ("Helicopters dropped chlorine on a district of Strelsau.", "CHEM_WEAP"),
        ("Gunmen shot a teacher dead outside her home.", "ATTACK"),
        ("Soldiers raped three women in a village near Hentzau.", "SEX_VIOL"),
        ("Masked men kidnapped a doctor from his surgery.", "ABDUCT_DISSAP"),
        ("A mob beat a man to death whom it took for a thief.", "MOB_VIOL"),
        ("Militiamen looted shops and burned houses in Hentzau.", "PROPERTY_DISTRUCT"),
        ("Police arrested 14 members of the opposition.", "ARREST"),
        ("The army and the rebels signed a ceasefire agreement.", "AGREEMENT"),
        ("Experts defused a bomb near the station.", "DISR_WEAP"),
        ("Two brigades announced their merger under a new name.", "CHANGE_TO_GROUP_ACT"),
        ("The army set up a new observation post on the hill.", "HQ_ESTABLISHED"),
        ("The army recaptured the village of Hentzau from rebels.", "GOV_REGAINS_TERIT"),
        ("Rebels seized the town of Hentzau from the army.", "NON_STATE_ACTOR_OVERTAKES_TER"),
        ("Rebels handed over the town to the army without a fight.", "NON_VIOL_TERRIT_TRANSFER"),
        ("Hundreds of people demonstrated in Strelsau over the price of bread.", "PEACE_PROTEST"),
        ("Police used tear gas to disperse a protest in Strelsau.", "PROTEST_WITH_INTER"),
        ("Protesters threw stones at police and burned tyres.", "VIOL_DEMONSTR"),
        ("Police opened fire on protesters, killing two.", "FORCE_AGAINST_PROTEST"),
        ("The foreign ministers held talks in Strelsau.", "DIPLO"),
        ("Ruritania blamed the rebels for the attack on the bridge.", "ATTRIB"),
        ("Customs officers found 40 kilograms of cocaine in a lorry.", "ORG_CRIME"),
        ("An earthquake of magnitude 6 destroyed hundreds of homes.", "NATURAL_DISASTER"),
        ("A ferry capsized and 30 passengers drowned.", "MAN_MADE_DISASTER"),
        ("The choir sang in the cathedral.", "OTHER"),
    ],
)
def test_one_snippet_a_label(text: str, expected: str) -> None:
    assert label(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Residents staged a protest against the shelling of Strelsau.", "PEACE_PROTEST"),
        ("Rebels seized the town after driving out the army.", "NON_STATE_ACTOR_OVERTAKES_TER"),
        ("A curfew was imposed in Strelsau after the assassination of a judge.", "OTHER"),
    ],
)
def test_what_hangs_on_after_or_against_gives_way(text: str, expected: str) -> None:
    assert label(text) == expected


def test_every_rule_asks_for_what_there_is() -> None:
    words = acled.acled()
    known = {kind.name for kind in kinds()} | {topic.name for topic in words.topics} | {*types()}
    known |= {f"{side} side" for side in (*words.sides, "unknown")}
    asked = {name for rule in words.rules for name in rule.any | rule.with_ | rule.with_too | rule.without}
    assert asked <= known


def test_every_label_is_reached_by_a_rule_or_is_the_rest() -> None:
    found = {rule.label for rule in acled.acled().rules}
    assert len(found) == 30
    assert acled.acled().other in found


@settings(max_examples=25)
@given(st.text(alphabet="the army killed Rebels, a bomb.“” in protest\n😀ا", max_size=120))
def test_any_snippet_gets_a_label(text: str) -> None:
    assert re.fullmatch("[A-Z_]+", label(text))


@pytest.mark.parametrize("name", ["Red Front", "Blue Brigade", "Green Guard"])
def test_the_name_of_a_group_changes_no_label(name: str) -> None:
    assert label(f"Fighters of the {name} ambushed an army patrol near Hentzau.") == "ARMED_CLASH"
