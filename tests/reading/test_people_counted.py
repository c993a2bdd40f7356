"""Numbers of fighters, detainees and displaced people, and their neighbours that must not be taken for them."""

from __future__ import annotations

import pytest

from marsad.reading import figures
from marsad.reading.text import segment
from marsad.records.reading import Claim, Cue, Place
from tests.reading.figured import DORAT, ILYRIA, places, read

RED_DELTA = ("Red Delta", "armed_group")


def measures(text, **records):
    return [(figure.text, figure.measure) for figure in read(text, **records)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # displaced
        ("Nearly 60,000 people are seeking shelter in the valley.", "displacement.people"),
        ("The town welcomed 800 people escaping the war.", "displacement.people"),
        ("Thousands of villagers poured across the border.", "displacement.people"),
        ("The number of exiles fleeing the fighting has more than doubled in a week, to 212,000 people.",
         "displacement.people"),
        ("It led thousands of locals and old villagers to flee.", "displacement.people"),
        ("Wives of the men, along with thousands of civilians unknown to them, have fled.",
         "displacement.people"),
        ("More than 5 million of us have been forced out.", "displacement.people"),
        ("Half of us have been displaced.", "displacement.people"),
        ("Half the country’s citizens remain displaced.", "displacement.people"),
        ("A further million have fled.", "displacement.people"),
        ("It led to over a 100,000 villagers being driven out.", "displacement.people"),
        ("About 8,000 of its population have fled.", "displacement.people"),
        ("The influx of 900 people began.", "displacement.people"),
        ("If you ask what the refugees want, there are 40,000 of them.", "displacement.people"),
        # held
        ("The army rounded up 400 villagers.", "detention.population"),
        ("Some 300 people are in Alarian custody.", "detention.population"),
        ("About 40 children are in overcrowded prisons.", "detention.population"),
        ("They took 30 gunmen prisoner.", "detention.fighters"),
        ("The prison holds 90 prisoners of war.", "detention.population"),
        # fighters
        ("Thousands of hired auxiliaries came.", "strength.fighters"),
        ("Half the 14,000 Ilyrian military presence stays.", "strength.fighters"),
        ("About 90 villagers are fighting in the hills.", "strength.fighters"),
        ("Hundreds of villagers have fought for Red Delta.", "strength.fighters"),
        ("Hundreds of villagers fought for their lives.", "count.villager"),
        # neighbours
        ("Nine hundred villagers travelled abroad to fight.", "recruitment.people"),
        ("About 40 girls left the town to join the group.", "recruitment.people"),
        ("They took in 650 recruits.", "recruitment.people"),
        ("About 900 people were repatriated.", "repatriated.people"),
        ("They took 40 villagers hostage.", "hostages.people"),
        ("Some 120 soldiers and a senior officer were killed.", "casualties.killed"),
        ("Five villagers fighting for Red Delta have been killed.", "casualties.killed"),
    ],
)  # fmt: skip
def test_what_happened_to_those_counted(text, expected):
    found = [figure for figure in read(text) if figure.measure != "count.multiple"]
    assert found[-1].measure == expected


def test_a_number_after_a_share_counts_what_the_list_counts():
    text = (
        "Ilyria houses 600,000 refugees, Beni 1 million – a sixth of the population – and Alar has 3 million."
    )
    found = [(f.measure, f.low) for f in read(text)]
    assert found[-1] == ("displacement.people", 3_000_000)


def test_half_of_those_who_fled_are_displaced():
    civilians, half = read("Of its 900 civilians, roughly half of whom fled other towns, few complain.")
    assert (half.measure, half.part_of) == ("displacement.people", civilians.id)


def test_never_fewer_is_at_least():
    (figure,) = read("At no time were there fewer than 900 fighters.")
    assert (figure.bound, figure.low, figure.high) == ("at_least", 900, None)


def test_a_number_that_is_said_not_to_be_so_is_denied():
    right, wrong = read("It had 1,400 fighters, and not 2,400.")
    assert (right.status, wrong.status) == ("observed", "denied")


# At a camp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oak Camp houses 900 people.", ("detention.population", "level")),
        ("About 900 people live in Oak Camp.", ("detention.population", "level")),
        ("The arrival in Oak Camp of 900 people was feared.", ("displacement.people", "flow")),
        ("About 900 people were transferred to Oak Camp.", ("displacement.people", "flow")),
        ("Three girls were found in Oak Camp.", ("count.girl", "level")),
        ("Altogether 640 people are on the list of Oak Camp.", ("count.person", "level")),
    ],
)
def test_a_camp_holds_those_who_are_said_to_be_in_it(text, expected):
    (figure,) = read(text, places=[("Oak Camp", "camp")])
    assert (figure.measure, figure.aspect) == expected


def test_the_camp_of_who_says_it_is_not_theirs():
    text = "About 640 people are on a list, said the head of Oak Camp."
    content = text[: text.index(", said")]
    claim = Claim(id="c1", kind="attributed", spans=((0, len(content)),), text=content, reader="t@1")
    at = text.index("Oak Camp")
    camp = Place(
        id="p1", spans=((at, at + 8),), text="Oak Camp", name="Oak Camp", kind="camp", reader="t@1"
    )  # fmt: skip
    (figure,) = figures.annotate(segment(text), claims=[claim], actors=(), places=[camp], times=())
    assert figure.measure == "count.person"


# Numbers that go on with one told before


def test_others_who_put_the_number_elsewhere_mean_the_same_people():
    text = "About 500 fighters of Red Delta remain in Dorat. Officials put the number at 300 fighters."
    first, second = read(text, actors=[RED_DELTA], places=[DORAT])
    assert (second.places, second.subject) == (first.places, first.subject) == (("p1",), "a1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The prison in Dorat holds 900 men in custody. On Monday there were 412.", "detention.population"),
        (
            "About 48,000 people were displaced. In both valleys the panel counts 131,000.",
            "displacement.people",
        ),
        ("Some 900 people fled. It replaces an estimate of 600.", "displacement.people"),
        ("Some 3,000 troops were promised. By June about 1,100 had arrived.", "strength.fighters"),
        ("Some 900 people fled. The index closed at 412.", "count.unspecified"),
        ("Thousands of troops will die. Thousands will be displaced.", "displacement.people"),
        ("Some 900 people fled. It rained. It snowed. On Monday there were 412.", "count.unspecified"),
    ],
)
def test_a_number_without_a_noun_counts_those_told_before(text, expected):
    assert read(text, places=[DORAT] if "Dorat" in text else ())[-1].measure == expected


# Whose, and where


def test_a_document_about_one_group_means_it_by_its_fighters():
    text = "Red Delta fell. Red Delta rose. Red Delta fled. It rained. Up to 500 fighters remain."
    assert read(text, actors=[RED_DELTA])[-1].subject == "a1"
    rivals = [RED_DELTA, ("Blue Gate", "armed_group")]
    both = text.replace("It rained", "Blue Gate fell. Blue Gate rose. It rained")
    assert read(both, actors=rivals)[-1].subject is None


def test_a_relative_clause_is_of_the_name_before_it():
    (figure,) = read("They want to weaken Red Delta, which they say has 900 fighters.", actors=[RED_DELTA])
    assert figure.subject == "a1"


def test_the_strength_of_a_group_is_of_its_own():
    (figure,) = read("The strength of Red Delta in Dorat is down to 400 men.", actors=[RED_DELTA])
    assert figure.subject in ("a1", None)
    (figure,) = read("The strength of Red Delta in Dorat is down to 400 fighters.", actors=[RED_DELTA])
    assert figure.subject == "a1"


def test_the_reserves_of_a_group_are_its_own():
    (figure,) = read("The reserves of Red Delta stood at $4 million.", actors=[RED_DELTA])
    assert (figure.measure, figure.subject) == ("finance.reserves", "a1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit Dorat. At least 900 fighters remain.", ("p1",)),
        ("Shells hit Dorat. The movement has at least 900 fighters.", ()),
        ("Shells hit Dorat. About 900 people are trapped there.", ("p1",)),
        ("There is talk of 900 fighters pushed out of Dorat.", ()),
        ("About 900 villagers were driven out of Dorat.", ("p1",)),
        ("They kept 900 fighters from reaching Dorat.", ("p1",)),
        ("It would let 900 refugees resume their journey to Dorat.", ()),
        ("The Watch, a small group in Dorat, counts 900 refugees.", ()),
        (
            "Shells hit Dorat. The 90 men who held the town stayed. About 900 fighters defend the city.",
            ("p1",),
        ),
    ],
)
def test_where_those_counted_are(text, expected):
    assert places(text, places=[DORAT])[-1] == expected


def test_a_side_of_a_country_is_the_scope_of_a_number_in_it():
    (figure,) = read("After Ilyria’s war at least 900 fighters remain in the east.", places=[ILYRIA])
    assert (figure.places, figure.scope.text) == (("p1",), "in the east")


def test_a_plan_told_elsewhere_is_no_status_of_a_number_that_somebody_states():
    text = "The withdrawal of troops worries officials who say 900 fighters remain."
    begin = text.index("900")
    cue = Cue(text="say", spans=((begin - 4, begin - 1),))
    content = (begin, len(text) - 1)
    claim = Claim(
        id="c1", kind="attributed", spans=(content,), text=text[begin:-1], cue=cue, reader="t@1"
    )  # fmt: skip
    (figure,) = figures.annotate(segment(text), claims=[claim], actors=(), places=(), times=())
    assert figure.status == "observed"
