"""Fighters, detained and displaced people: where they are told to be, and that they are counted as such."""

from __future__ import annotations

import pytest

from marsad.reading import figures
from marsad.reading.text import segment
from marsad.records.reading import Claim, Cue, Party, Place
from tests.reading.figured import ALAR, DORAT, ILYRIA, places, read, spans_of

BENI = ("Beni", "town")
JORDAN = "Jordan"  # a country whose adjective the gazetteer knows


def located(text: str, *, claim: Claim | None = None, **kinds: tuple[str, str]) -> list[tuple[str, ...]]:
    """The names of the places of each figure; each place is given with its kind and its country."""
    made = [
        Place(
            id=f"p{begin}", spans=((begin, end),), text=name, name=name, kind=kind, country=code, reader="t@1"
        )
        for name, (kind, code) in kinds.items()
        for begin, end in spans_of(text, name)
    ]
    cut = segment(text)
    whole = [
        Claim(id=f"c{n}", spans=(s.span,), text=cut[s.span], kind="narrated", reader="t@1")
        for n, s in enumerate(cut.sentences, 1)
    ]
    found = figures.annotate(
        cut, claims=[*whole, *([claim] if claim else [])], actors=(), places=made, times=()
    )
    names = {place.id: place.name for place in made}
    return [tuple(names[each] for each in figure.places) for figure in found]


# The sentence before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit Dorat. Some 900 people have fled.", ("p1",)),
        ("Shells hit Dorat. Some 900 people have fled since December.", ()),
        ("Shells hit Dorat. Some 900 people have fled since then.", ("p1",)),
        ("Shells hit Dorat. More than a million people have fled.", ()),
        ("Shells hit Dorat. Some 900 people have fled the country.", ()),
        ("The battle for Dorat goes on. About 400 fighters defend the quarter.", ("p1",)),
        ("Shells hit Dorat. The movement has 12,000 fighters.", ()),
        ("Officials met diplomats in Dorat. About 400 fighters defend the quarter.", ()),
        ("They were held in Dorat. About 400 are in Alarian custody.", ("p1",)),
        ("Dorat fell on Monday. Some 900 residents had already fled.", ("p1",)),
        ("Dorat denied it. Some 900 residents had already fled.", ()),
    ],
)
def test_those_who_flee_or_fight_are_where_the_sentence_before_plays(text, expected):
    assert places(text, places=[DORAT]) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell on Oak Camp. More than 900 people have arrived there.", ("p1",)),
        ("Oak Camp lies in the hills. More than 900 people have arrived there.", ("p1",)),
        ("Oak Camp lies in the hills. It houses 900 people.", ("p1",)),
        ("Oak Camp lies in the hills. Its population has swollen to 900.", ("p1",)),
        ("Oak Camp lies in the hills. It takes 900 people to run a town.", ()),
        ("Officials spoke of Oak Camp. Its population has swollen to 900.", ()),
    ],
)
def test_there_and_it_are_the_place_that_the_sentence_before_tells_of(text, expected):
    assert places(text, places=[("Oak Camp", "camp")]) == [expected]


def test_a_withdrawal_tells_where_the_soldiers_there_are():
    told = "Marenia announced its withdrawal from Ilyria. "
    assert located(told + "There are 900 soldiers there.", Ilyria=("country", "IL")) == [("Ilyria",)]
    assert located(told + "There are 900 soldiers.", Ilyria=("country", "IL")) == [()]


def test_no_country_is_told_to_hold_the_displaced_of_the_world():
    told = "Rain fell in Ilyria. War came in the north of Ilyria. Nobody in Ilyria slept. It was cold. "
    ilyria = {"Ilyria": ("country", "IL")}
    assert located(told + "It was long. Some 6 million people are displaced.", **ilyria) == [("Ilyria",)]
    assert located(told + "It was long. Some 68 million people are displaced.", **ilyria) == [()]


# Camps


def test_the_camps_are_those_that_were_named_together():
    camps = [("Oak Camp", "camp"), ("Elm Camp", "camp"), DORAT]
    named = "Men are kept in Oak Camp, women in Elm Camp. "
    assert places(named + "Each camp holds 900 people.", places=camps[:2]) == [("p1", "p2")]
    assert places(named + "Some 900 people were moved to the camps.", places=camps[:2]) == [("p1", "p2")]
    assert places("Men are kept in Oak Camp. Each camp holds 900 people.", places=camps[:1]) == [("p1",)]


def test_camps_of_a_country_are_in_it_where_the_document_names_it():
    told = "They crossed from Jordan. "
    assert located(told + "Some 900 children are held in Jordanian camps.", Jordan=("country", "JO")) == [
        ("Jordan",)
    ]
    assert located("Some 900 children are held in Jordanian camps.") == [()]
    assert located(told + "Some 900 Jordanian refugees need help.", Jordan=("country", "JO")) == [()]


# The document


def test_the_country_that_a_document_plays_in_is_the_last_resort():
    told = (
        "Rain fell in Ilyria. War came in the north of Ilyria. Nobody in Ilyria slept. It was a cold year. "
    )
    ilyria = {"Ilyria": ("country", "IL")}
    assert located(told + "It was long. Some 900 fighters were left.", **ilyria) == [("Ilyria",)]
    assert located(told + "It was long. Some 900 refugees waited.", **ilyria) == [()]  # they are elsewhere
    assert located(told + "It was long. Ilyria massed 900 soldiers.", **ilyria) == [()]  # wherever it did
    assert located(
        "Rain fell in Ilyria. It was cold. It was long. Some 900 fighters were left.", **ilyria
    ) == [()]
    other = (
        told + "Bestia is far. Bestia is cold. Bestia is rich. Bestia is old. Some 900 fighters were left."
    )
    assert located(other, **ilyria, Bestia=("country", "BE")) == [()]


def test_both_countries_are_the_two_that_were_named_last():
    told = "It fights in Ilyria and Bestia. "
    both = {"Ilyria": ("country", "IL"), "Bestia": ("country", "BE")}
    assert located(told + "It has 900 fighters across both countries.", **both) == [("Ilyria", "Bestia")]
    alone = "It fights in Ilyria. It has 900 fighters across both countries."
    assert located(alone, Ilyria=("country", "IL")) == [()]


# The sentence itself


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The group has 900 fighters north of Dorat.", "north of Dorat"),
        ("The group has 900 fighters along the border with Ilyria.", "along the border with Ilyria"),
        ("Some 900 people are held east of the river Alar.", "east of the river Alar"),
        ("The bank lost 900 tables north of Dorat.", None),
    ],
)
def test_a_side_of_a_place_is_the_scope_of_those_who_are_there(text, scope):
    (figure,) = read(text, places=[(name, kind) for name, kind in (DORAT, ILYRIA, ALAR) if name in text])
    assert (figure.scope.text if figure.scope else None) == scope


def test_where_another_number_has_a_verb_of_its_own_its_place_is_its_own():
    text = "Some 5,300 people have fled and another 1,200 are seeking safety in Dorat."
    assert places(text, places=[DORAT]) == [(), ("p1",)]
    assert places("They killed 12 and wounded 30 in Dorat.", places=[DORAT]) == [("p1",), ("p1",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 900 people have fled Dorat since Monday.", [("p1",)]),
        ("Some 900 people who had fled the war for Dorat want to return.", [("p1",)]),
        ("Some 900 people voted for Dorat.", [()]),
        ("A 900-strong force would patrol Dorat’s frontiers.", [("p1",)]),
        ("Dorat still has 400 fighters.", [("p1",)]),
        ("Dorat, with its 900 displaced people, was shelled.", [("p1",)]),
        ("Aid reached 12,000 people in Dorat, up from 9,000 in May.", [("p1",), ("p1",)]),
    ],
)
def test_the_place_that_those_counted_leave_reach_hold_or_make_up(text, expected):
    assert places(text, places=[DORAT]) == expected


def test_a_city_is_its_fighters_place_and_a_country_has_its_own_anywhere():
    assert places("Ilyria still has 400 fighters.", places=[ILYRIA]) == [()]


def test_an_earlier_count_is_of_the_same_place_and_not_of_the_sentence_before():
    told = "Rain fell on Dorat. Ilyria accepted 11 refugees, compared to 15,000 in May."
    both = {"Dorat": ("city", "IL"), "Ilyria": ("country", "IL")}
    assert located(told, **both) == [("Ilyria",), ("Ilyria",)]


def test_in_a_neighbouring_country_is_in_it():
    assert places("Some 900 people live as refugees in neighbouring Ilyria.", places=[ILYRIA]) == [("p1",)]
    assert places("Some 900 people fled an area neighbouring Ilyria.", places=[ILYRIA]) == [()]


def test_the_seat_of_whoever_speaks_is_no_place_of_those_counted():
    text = "Ann Lee, head of Aid Ilyria, said 900 people had fled."
    begin = text.index("900")
    claim = Claim(
        id="c9", spans=((begin, len(text) - 1),), text=text[begin:-1], kind="attributed", reader="t@1",
        source=Party(text="Ann Lee", spans=((0, 7),), actor=None, kind="person"),
        cue=Cue(text="said", spans=((text.index("said"), text.index("said") + 4),)),
    )  # fmt: skip
    assert located(text, claim=claim, Ilyria=("country", "IL")) == [()]
    there = "Doctors in Ilyria said 900 people had fled."
    assert located(there, Ilyria=("country", "IL")) == [("Ilyria",)]


# Who is counted


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("A 5,000-man garrison holds the town.", "strength.fighters"),
        ("A 30,000-strong group-based “border force” was planned.", "strength.fighters"),
        ("The 2,000-strong US force will leave.", "strength.fighters"),
        ("A 30,000-strong, largely local border guard was planned.", "strength.fighters"),
        ("It wants to build a 30,000 strong border guard.", "strength.fighters"),
        ("The general took back his fighters, of whom 150 are ill.", "strength.fighters"),
        ("The number of refugees is likely to reach between 21,000-22,000.", "displacement.people"),
        ("The province is full of men and millions of displaced.", "displacement.people"),
        ("The war has driven 9,000 people from their homes.", "displacement.people"),
        ("Thirty orphans were flown home.", "repatriated.people"),
        ("Taxis have driven 9,000 people to the fair.", "count.person"),
        ("A force of 1,500 Europeans would police it.", "strength.fighters"),
        ("The force will number 400.", "strength.fighters"),
        ("The force will have 30,000 members.", "strength.fighters"),
        ("The group's ranks have dwindled to 400.", "strength.fighters"),
        ("The group's strength is put at 2,000.", "strength.fighters"),
        ("Some 4,000 members of the group are left.", "strength.fighters"),
        ("The pocket is defended by no more than 400 men.", "strength.fighters"),
        ("The council has 36 members.", "count.member"),
        ("The house has 20 people.", "count.person"),
        ("The refugees number 40,000.", "displacement.people"),
        ("The number of those displaced stands at 167,000.", "displacement.people"),
        ("Some 7,000 civilians were let out of the pocket.", "displacement.people"),
        ("Some 7,000 people were bussed from the town.", "displacement.people"),
        ("The town has taken in 4,000 families.", "displacement.people"),
        ("Twelve Britons are among those held.", "detention.population"),
    ],
)
def test_fighters_detained_and_displaced_people_in_many_words(text, measure):
    (figure,) = read(text)
    assert figure.measure == measure


def test_a_group_has_its_men():
    fighters = {"actors": [("Red Delta", "armed_group")]}
    assert [f.measure for f in read("Red Delta has 2,000 men.", **fighters)] == ["strength.fighters"]
    said = "Red Delta is small. Red Delta is poor. Red Delta is old. It has some 2,000 members."
    assert [f.measure for f in read(said, **fighters)] == ["strength.fighters"]
    other = [("Red Delta", "armed_group"), ("the court", "organisation")]
    assert [f.measure for f in read("Red Delta fled. the court has 12 members.", actors=other)] == [
        "count.member"
    ]


def test_an_organisation_that_is_described_has_its_fighters():
    told = (
        "There is fear of a Red Delta resurgence – the jihadist organisation is thought to have 900 fighters."
    )
    group = [("Red Delta", "armed_group")]
    assert [f.subject for f in read(told, actors=group)] == ["a1"]
    two = [*group, ("Blue Ford", "armed_group")]
    assert [
        f.subject for f in read("Blue Ford fears a Red Delta return: the group has 900 fighters.", actors=two)
    ] == [None]


def test_a_total_is_not_of_what_was_added_to_it():
    text = "About 900 people have arrived in Oak Camp since Monday, bringing its total population to 65,000."
    first, total = read(text, places=[("Oak Camp", "camp")])
    assert (first.measure, total.measure, total.aspect) == ("displacement.people", "count.person", "level")


def test_those_to_whom_a_place_is_home_are_there():
    (figure,) = read("Dorat is home to 900 people who have fled the war.", places=[DORAT])
    assert (figure.aspect, figure.places) == ("level", ("p1",))


def test_those_who_are_left_did_not_leave():
    assert [f.measure for f in read("Of the leaders there are only 10 left.")] == ["count.unspecified"]
    assert [f.measure for f in read("About 900 people left.")] == ["displacement.people"]


# Who says it


def test_the_number_of_a_plan_that_somebody_tells_of_is_his():
    text = "“Ilyria is asking Bestia to send 900 troops,” Ann Lee said."
    inner = (text.index("Bestia"), text.index(",”"))
    claims = [
        Claim(
            id="c1", spans=((0, text.index(" Ann")),), text="…", kind="attributed", reader="t@1",
            source=Party(text="Ann Lee", spans=(), actor=None, kind="person"),
        ),
        Claim(
            id="c2", spans=(inner,), text="…", kind="attributed", parent="c1", attitude="request", reader="t@1",
            source=Party(text="Ilyria", spans=(), actor=None, kind="group"),
        ),
    ]  # fmt: skip
    (figure,) = figures.annotate(segment(text), claims=claims, actors=(), places=(), times=())
    assert (figure.claim, figure.status) == ("c1", "demanded")
