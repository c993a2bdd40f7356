"""Templates are mapped for most, entities match one to one, slots give half credit, optional ones are not missed."""

from __future__ import annotations

import pytest

from marsad.evaluation import muc_forms
from marsad.evaluation.muc import Scores, Template, mapping, score
from marsad.evaluation.muc_slots import Blame, Count, Slots, Stretch, credits_of

GOLD = Template("bombing", {"PerpOrg": [["Red Front", "RF"]], "Target": [["town hall"], ["bridge"]]})


def rates(gold: list[Template], found: list[Template]) -> Scores:
    return score([(gold, found)])


def test_the_key_itself_is_right() -> None:
    assert rates([GOLD], [GOLD])["template_f1"] == rates([GOLD], [GOLD])["ceaf_ree_f1"] == 1.0


def test_any_mention_of_an_entity_will_do_but_no_other_beside_it() -> None:
    right = GOLD._replace(roles={"PerpOrg": [["the RF"]]})
    wrong = GOLD._replace(roles={"PerpOrg": [["RF", "rebels"]]})
    assert rates([GOLD], [right])["by_role"]["PerpOrg"] == 1.0  # type: ignore[index]
    assert rates([GOLD], [wrong])["by_role"]["PerpOrg"] == 0.0  # type: ignore[index]


def test_one_entity_of_the_key_is_found_once() -> None:
    twice = GOLD._replace(roles={"PerpOrg": [["RF"], ["Red Front"]]})
    assert rates([GOLD], [twice])["by_role"]["PerpOrg"] == pytest.approx(2 / 3, abs=1e-6)  # type: ignore[index]


def test_types_have_to_agree_and_may_be_alternatives() -> None:
    assert mapping([GOLD], [GOLD._replace(type="attack")]) == {}
    assert mapping([GOLD._replace(type="bombing / attack")], [GOLD._replace(type="attack")]) == {0: 0}


def test_templates_are_mapped_so_that_most_is_right() -> None:
    other = Template("bombing", {"Target": [["school"]]})
    found = [Template("bombing", {"Target": [["bridge"], ["school"]]}), Template("bombing", {})]
    assert mapping([GOLD, other], found) in ({0: 0, 1: 1}, {0: 1, 1: 0})
    assert mapping([GOLD, other], [other, GOLD]) == {0: 1, 1: 0}


def test_role_fillers_are_those_of_the_document() -> None:
    elsewhere = Template("attack", dict(GOLD.roles))
    assert rates([GOLD], [elsewhere])["template_f1"] == 0.0
    assert rates([GOLD], [elsewhere])["ceaf_ree_f1"] == 1.0


def test_a_missed_optional_template_costs_no_slot() -> None:
    day = Slots(dates=(Stretch("1990-02-02", "1990-02-02"),))
    gold = [GOLD._replace(slots=day), Template("attack", {}, day, optional=True)]
    assert rates(gold, [gold[0]])["slots"]["date"] == 1.0  # type: ignore[index]


@pytest.mark.parametrize(
    ("key", "answer", "worth"),
    [
        (("1990-02-02", "1990-02-02"), ("1990-02-02", "1990-02-02"), 1.0),
        ((None, "1990-02-02"), ("1990-02-02", "1990-02-02"), 0.5),
        ((None, "1990-02-02"), ("1989-12-30", "1989-12-30"), 0.5),
        (("1989-12-30", "1989-12-30"), (None, "1990-02-02"), 0.0),
        (("1990-02-01", "1990-02-05"), ("1990-02-03", "1990-02-03"), 0.5),
        (("1990-02-02", "1990-02-02"), ("1990-02-03", "1990-02-03"), 0.0),
    ],
)
def test_a_date_within_the_key_or_with_one_end_of_it_is_partly_right(
    key: tuple[str | None, str | None], answer: tuple[str | None, str | None], worth: float
) -> None:
    gold, found = (Slots(dates=(Stretch(*ends),)) for ends in (key, answer))
    assert credits_of(gold, found)["date"].worth == worth


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        (("Peru", "Lima"), 1.0),
        (("Perú", "Lima Province", "LIMA"), 1.0),
        (("Peru",), 0.5),
        (("Peru", "Cuzco"), 0.5),
        (("Chile", "Lima"), 0.0),
    ],
)
def test_the_country_alone_is_partly_right(answer: tuple[str, ...], worth: float) -> None:
    assert credits_of(Slots(places=(("PERU", "LIMA"),)), Slots(places=(answer,)))["place"].worth == worth


def test_a_number_is_of_its_target() -> None:
    key = Slots(counts=(Count(((6, 6),), ("JESUIT PRIESTS", "PRIESTS")), Count(((2, 2),), ("WOMEN",))))
    found = Slots(counts=(Count(((6, 6),), ("six priests",)), Count(((2, 2),), ("soldiers",))))
    assert credits_of(key, found)["human_count"].worth == 1.5


def test_an_accusation_is_partly_right_whoever_makes_it() -> None:
    key = Slots(blames=(Blame(("SUSPECTED OR ACCUSED BY AUTHORITIES",), ("Red Front", "RF")),))
    found = Slots(blames=(Blame(("SUSPECTED OR ACCUSED",), ("RF",)),))
    assert credits_of(key, found)["responsibility"].worth == 0.5


def test_a_full_key_is_read_and_written() -> None:
    key = muc_forms.read(
        {
            "inc_type": ["ATTACK"],
            "inc_date": ["(- 04 MAR 90) / (03 MAR 90 - 04 MAR 90)"],
            "inc_loc": ["(PERU: LIMA (CITY / DEPARTMENT)) / (PERU)"],
            "perp_org_id": ['"RED FRONT" / "RF"'],
            "perp_org_conf": ['? POSSIBLE: "RED FRONT" / "RF"'],
            "hum_tgt_name": ['"ANA RUIZ"'],
            "hum_tgt_num": ['1: "ANA RUIZ"', 'PLURAL / 10 -: "GUARDS"'],
        }
    )
    assert key.roles["PerpOrg"] == (("RED FRONT", "RF"),)
    assert key.slots == Slots(
        dates=(Stretch(None, "1990-03-04"), Stretch("1990-03-03", "1990-03-04")),
        places=(("PERU", "LIMA"), ("PERU",)),
        counts=(Count(((1, 1),), ("ANA RUIZ",)), Count(((2, None), (10, None)), ("GUARDS",))),
        blames=(Blame(("POSSIBLE",), ("RED FRONT", "RF"), optional=True),),
    )
    again = muc_forms.read(muc_forms.write_full(key))
    assert again.slots is not None and again.slots._replace(blames=()) == key.slots._replace(blames=())
    assert again.roles == key.roles


def test_a_template_of_neither_form_is_refused() -> None:
    with pytest.raises(ValueError, match="neither form"):
        muc_forms.read({"kind": "attack"})


def test_days_that_are_none_are_no_alternative() -> None:
    key = muc_forms.read({"inc_type": ["ATTACK"], "inc_date": ["31 FEB 90"], "inc_loc": ["-"]})
    assert key.slots == Slots()
