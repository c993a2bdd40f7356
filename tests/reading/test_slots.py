"""The slots of a figure: where, when, of what kind, of what status, of whom, and a part of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import figures
from marsad.reading.text import segment
from marsad.records.reading import Actor, Claim, Place, Published
from tests.reading.figured import DORAT, ILYRIA, MONDAY, places, read, spans_of, when

# Where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit Dorat. At least 12 people were killed.", ("p1",)),
        ("Dorat residents hid. At least 12 people were killed.", ("p1",)),
        ("They were held in Dorat. It was cold. Forty prisoners died.", ("p1",)),
        ("They were held in Dorat. It was cold. Nobody came. Forty prisoners died.", ()),
        ("Shells hit Dorat. Some 12 people were killed at Wadi Hara.", ()),
        ("The governor spoke to reporters in Dorat. At least 12 people were killed.", ()),
        ("Shells hit Dorat. Elsewhere 12 people were killed.", ()),
        ("Shells hit Dorat. The ministry spent $12m.", ()),
        ("Shells hit Dorat. Some 40% of voters agreed.", ()),
        ("They fled from areas like Dorat. At least 12 people were killed.", ()),
    ],
)
def test_a_sentence_without_a_place_goes_on_with_the_one_before(text, expected):
    assert places(text, places=[DORAT]) == [expected]


def test_a_sentence_with_a_place_of_its_own_takes_none_from_the_one_before():
    text = "Shells hit Dorat. In Beni 12 people were killed."
    assert places(text, places=[DORAT, ("Beni", "town")]) == [("p2",)]


@pytest.mark.parametrize(
    "text",
    [
        "They encircled Dorat in northern Ilyria, besieging 900 civilians.",
        "Strikes on Dorat, a rebel-held town in Ilyria, killed 12 people.",
        "About 900 people live in Dorat, near the border of Ilyria.",
        "Shells hit Dorat, in the east of Ilyria. At least 12 people were killed.",
    ],
)
def test_what_only_says_where_a_place_is_does_not_hold_those_counted(text):
    assert places(text, places=[DORAT, ILYRIA]) == [("p1",)]


@pytest.mark.parametrize(
    "text",
    [
        "Ilyria houses 900 refugees from Dorat.",
        "Officials suggested Ilyria might take in 900 refugees.",
        "Half a dozen states, Ilyria 900 refugees.",
        "Ilyria’s 900 refugees fear Dorat.",
    ],
)
def test_a_country_that_takes_people_in_holds_them(text):
    assert places(text, places=[ILYRIA])[-1] == ("p1",)


def test_those_who_are_beside_a_place_are_not_in_it():
    text = "In a valley bordering Ilyria 900 civilians wait."
    assert places(text, places=[ILYRIA]) == [()]


def test_those_who_leave_a_place_were_there_and_those_from_it_are_not():
    assert places("They will withdraw 900 soldiers from Dorat.", places=[DORAT]) == [("p1",)]
    assert places("About 900 people were evacuated from Dorat.", places=[DORAT]) == [("p1",)]
    assert places("They hired 900 soldiers from Dorat.", places=[DORAT]) == [()]


def test_the_place_of_the_speaker_is_not_that_of_the_number():
    text = "They cannot feed 900 people, said a doctor in Dorat."
    cut = segment(text)
    content = (0, text.index(", said"))
    claim = Claim(id="c1", spans=(content,), text=text[: content[1]], kind="attributed", reader="t@1")
    place = Place(
        id="p1", spans=(spans_of(text, "Dorat")[0],), text="Dorat", name="Dorat", kind="city", reader="t@1"
    )
    (figure,) = figures.annotate(cut, claims=[claim], actors=(), places=[place], times=())
    assert figure.places == ()


def test_one_place_for_two_deeds_of_a_sentence():
    assert places("The raid killed 12 people and wounded 30 in Dorat.", places=[DORAT]) == [("p1",), ("p1",)]
    text = "The raid killed 12 people and we are feeding 900 people in Dorat."
    assert places(text, places=[DORAT]) == [(), ("p1",)]


def test_the_country_is_the_one_that_most_places_are_in():
    text = "Shells hit Dorat in Ilyria, far from Marenia. Some 900,000 people have fled the country."
    cut = segment(text)
    made = [
        Place(
            id=f"p{n}", spans=(spans_of(text, name)[0],), text=name, name=name, kind=kind, country=code,
            reader="t@1",
        )
        for n, (name, kind, code) in enumerate(
            [("Dorat", "city", "IL"), ("Ilyria", "country", "IL"), ("Marenia", "country", "MN")], 1
        )
    ]  # fmt: skip
    claim = Claim(id="c1", spans=((0, len(text)),), text=text, kind="narrated", reader="t@1")
    (figure,) = figures.annotate(cut, claims=[claim], actors=(), places=made, times=())
    assert figure.places == ("p2",)
    for unsettled in (made[1:], made[:1]):  # one place each, or no country at all
        (figure,) = figures.annotate(cut, claims=[claim], actors=(), places=unsettled, times=())
        assert figure.places == ()


def test_who_fled_and_how_strong_a_group_is_takes_no_place_from_the_sentence_before():
    hit = "Airstrikes hit Dorat on Monday. "
    assert places(hit + "More than 900,000 people have fled since December.", places=[DORAT]) == [()]
    assert places(hit + "The movement has between 12,000 and 15,000 fighters.", places=[DORAT]) == [()]
    assert places(hit + "At least 12 people were killed.", places=[DORAT]) == [("p1",)]


# When


def test_now_is_the_date_of_the_document_where_it_is_known():
    text = "The group currently has 500 fighters."
    assert when(text) == ["2021-06-16"]
    assert when(text, published=Published()) == [None]
    assert when("The group has 500 fighters.") == [None]


def test_since_reaches_over_its_noun_phrase():
    text = "Since an abortive coup in 2016 some 4,000 people have been detained."
    (figure,) = read(text, times=[("2016", "2016", "DATE")])
    assert (figure.aspect, figure.period.edtf) == ("flow", "2016/..")
    assert figure.scope.text == "Since an abortive coup in 2016"


def test_since_something_began():
    text = "About 530 people have died since a barrage of rockets and shells began on Monday."
    assert when(text, times=[MONDAY]) == ["2021-06-14/.."]


def test_a_time_that_another_clause_takes_up():
    text = "It failed on Monday, when rebels fired 59 rockets."
    assert when(text, times=[MONDAY]) == ["2021-06-14"]
    text = "They met on Monday, when there were talks on a war that killed 900 people."
    assert when(text, times=[MONDAY]) == [None]


def test_the_attack_has_the_day_of_the_sentence_before():
    text = "A bomb went off on Monday. The blast killed 12 people. {} 30 people were killed."
    assert when(text.format("Last year"), times=[MONDAY]) == ["2021-06-14", None]


def test_a_decision_and_what_it_is_about_have_times_of_their_own():
    text = "The decision taken on Monday to withdraw 900 soldiers was a surprise."
    assert when(text, times=[MONDAY]) == [None]
    text = "About 900 soldiers are there and have fought since 2014."
    assert when(text, times=[("2014", "2014", "DATE")]) == [None]


# Of what kind


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("Some 65,000 refugees were resettled.", "flow"),
        ("They want to bring 900 refugees to the coast.", "flow"),
        ("They kidnapped 21 schoolgirls.", "flow"),
        ("The deal led to the release of 1,500 prisoners.", "flow"),
        ("The war could displace 300,000 people.", "flow"),
        ("The navy fired 59 missiles.", "flow"),
        ("Around 900 prisoners are held there.", "level"),
        ("The army withdrew its 2,000 soldiers.", "level"),
        ("The front controls 30 villages.", "level"),
        ("The town registers 900 refugees who fled the war.", "flow"),
        ("More than 300 people are waiting.", "level"),
        ("The escape of 900 men was a surprise, and 300 fighters remain.", "flow"),
        ("The number of refugees rose by 300.", "change"),
        ("It lost 95% of the territory.", "share"),
        ("It mounts 40 attacks a month.", "rate"),
    ],
)
def test_aspect(text, aspect):
    assert read(text)[0].aspect == aspect


def test_a_stretch_of_time_makes_a_flow_of_those_displaced():
    text = "Some 900 people have been displaced in the last two years."
    years = [("the last two years", "2019-06-16/2021-06-16", "DURATION")]
    (figure,) = read(text, times=years)
    assert (figure.aspect, figure.period.edtf, figure.as_of) == ("flow", "2019-06-16/2021-06-16", None)


# Of what status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The council should take back 800 fighters.", "demanded"),
        ("The charity called on the union to house 900 refugees.", "demanded"),
        ("These are the 20,000 refugees that the prime minister promised to take.", "planned"),
        ("The state has a target of 45,000 refugees.", "planned"),
        ("The king withheld billions of dollars in pledges.", "planned"),
        ("The strike may have killed 30 people.", "estimated"),
        ("The strike may kill 30 people.", "projected"),
        ("They denied killing 40 villagers.", "denied"),
        ("The town was the target of an attack that killed 40 villagers.", "observed"),
        ("Relatives are seeking 700 women.", "observed"),
    ],
)
def test_status(text, status):
    assert read(text)[0].status == status


def test_what_somebody_believes_is_an_estimate():
    assert read("There are 400 men.", kind="attributed", attitude="belief")[0].status == "estimated"


# A part of what


def test_a_part_in_the_sentence_after_its_whole():
    whole, part = read("The strike killed 12 people. Among them were three children.")
    assert (part.part_of, part.measure, part.aspect) == (whole.id, "casualties.killed", "flow")
    whole, part = read("The strike killed 12 people. Among them were 13 children.")
    assert part.part_of is None  # more than the whole


def test_two_sentences_later_is_too_late():
    found = read("The strike killed 12 people. It was night. Among them were three children.")
    assert [figure.part_of for figure in found] == [None] * len(found)


def test_a_part_is_where_and_when_its_whole_is():
    text = "A bomb in Dorat on Monday killed 12 people. Among the dead were three children."
    whole, part = read(text, places=[DORAT], times=[MONDAY])
    assert part.part_of == whole.id
    assert (part.places, part.period.edtf) == (("p1",), "2021-06-14")


def test_some_out_of_all():
    part, whole = read("They hold 14 of the 23 villages.")
    assert part.part_of == whole.id and whole.part_of is None


def test_a_number_without_a_noun_counts_what_the_one_before_counts():
    first, second = read("The state resettled 900 refugees in May, up from 400 in April.")
    assert (second.measure, second.unit, second.aspect) == (first.measure, first.unit, "flow")


# Of whom, and within what limits


@pytest.mark.parametrize(
    ("text", "population"),
    [
        ("About 520 foreign fighters are there.", "foreign fighters"),
        ("About 2,000 women and children are there.", "women and children"),
        ("They promised a 30,000-strong border force.", "border force"),
        ("One of eight foreign nationals killed was named.", "foreign nationals"),
        ("They hold 300 other people.", "people"),
        ("The raid killed 12.", None),
    ],
)
def test_population_as_worded(text, population):
    assert read(text)[-1].population == population


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Some 300 people have been killed so far.", "so far"),
        ("There are 900 refugees worldwide.", "worldwide"),
        ("The group had 900 fighters at its peak.", "at its peak"),
        ("Some 300 people died, not counting soldiers, in the war.", "not counting soldiers"),
        ("Some 300 people died outside the town.", None),
    ],
)
def test_scope(text, scope):
    (figure,) = read(text)
    assert (figure.scope.text if figure.scope else None) == scope


def test_things_that_a_group_has_are_its_own():
    group = [("Red Delta", "armed_group")]
    assert read("Red Delta has 26 tanks.", actors=group)[0].subject == "a1"
    assert read("Red Delta has 900 prisoners.", actors=group)[0].subject is None


WORDS = [
    *(
        "Dorat",
        "killed",
        "12",
        "people",
        "of",
        "them",
        "the",
        "camp",
        "who",
        "fled",
        "in",
        "on",
        "Monday",
        ".",
    ),
    *(
        "and",
        ",",
        "including",
        "three",
        "children",
        "since",
        "2014",
        "when",
        "promised",
        "Ilyria",
        "The",
        "blast",
    ),
    *("40%", "$3", "million", "out", "to", "have", "been", "now", "fighters", "'s", "from", "–", "(", ")"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=50))
def test_slots_point_at_records_that_are_there(words):
    text = " ".join(words)
    records = {
        "places": [place for place in (DORAT, ILYRIA) if place[0] in text],
        "times": [time for time in (MONDAY, ("2014", "2014", "DATE")) if time[0] in text],
    }
    found = read(text, **records)
    ids = {figure.id for figure in found}
    for figure in found:
        assert set(figure.places) <= {"p1", "p2"}
        assert figure.part_of is None or (figure.part_of in ids and figure.part_of != figure.id)
        assert (figure.as_of is None) or (figure.period is None)
        assert figure.scope is None or figure.scope.text in text
    assert found == read(text, **records)


RED = [("Red Delta", "armed_group")]


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Sixty foreign volunteers who joined Red Delta were questioned.", ["a1"]),
        ("Sixty teachers who left Red Delta were questioned.", [None]),
        ("She left with two friends to join Red Delta.", [None]),
        ("Red Delta is besieged. About 500 militants remain in the town.", ["a1"]),
        ("Officials said Red Delta is besieged. Six militants were seen.", [None]),
        ("The army fights Red Delta commanders. About 500 militants remain.", [None]),
        ("The army fought against Red Delta. About 500 militants remain.", [None]),
        ("The number of Red Delta fighters stood at 500.", ["a1"]),
        ("Mortars killed three Red Delta soldiers and injured another seven.", ["a1", "a1"]),
        ("A patient who lost seven cousins spoke to Red Delta.", [None]),
        ("Red Delta has demanded a $20m fee.", ["a1"]),
        ("Red Delta said entry now costs $20,000.", [None]),
    ],
)
def test_the_group_that_those_counted_are_of(text, subjects):
    assert [figure.subject for figure in read(text, actors=RED)] == subjects


def test_the_other_of_two_groups_is_nobodys():
    text = "Red Delta and Blue Delta met. About 500 militants remain."
    assert read(text, actors=[*RED, ("Blue Delta", "armed_group")])[0].subject is None


def test_who_says_it_is_not_whose_it_is():
    text = "Red Delta said about 500 militants remain."
    claim = Claim(
        id="c1",
        spans=((15, len(text)),),
        text=text[15:],
        reader="t@1",
        kind="attributed",
        quotation="indirect",
    )
    actor = Actor(id="a1", name="Red Delta", kind="armed_group", mentions=((0, 9),), reader="t@1")
    found = figures.annotate(segment(text), claims=[claim], actors=[actor], places=[], times=[])
    assert [figure.subject for figure in found] == [None]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("The centre counted 900 deaths and says 70% were violent. A further 12% were of illness.", [None, "f1", "f1"]),
        ("The centre counted 900 deaths and says 70% were violent, 4% by fire.", [None, "f1", "f1"]),
        ("It says over 900 men left. They think that 20%, some 180 men, were killed, and another 40% have returned.",
         [None, "f1", "f1", "f1"]),
        ("It counted 900 deaths. Nobody knows more. Two-thirds of the deaths were of civilians.", [None, "f1"]),
        ("At least 15 children died. Eight babies died in a camp. A further seven children froze to death.",
         [None, "f1", "f1"]),
        ("At least 15 children died. Six babies died in a camp. A further two children froze to death.",
         [None, None, None]),
        ("Some 92% of the 13,700 children came alone.", ["f2", None]),
        ("Officers said 119 children had been killed in the city, out of an estimated 340 people.", ["f2", None]),
        ("About 3,500 children live there. About 70 were believed to be Alarian.", [None, "f1"]),
        ("The town has 900 men. Prices rose 40%.", [None, None]),
        ("The town has 900 men. Bread costs 40% more.", [None, None]),
    ],
)  # fmt: skip
def test_the_whole_of_a_share_and_of_a_sum(text, wholes):
    assert [figure.part_of for figure in read(text)] == wholes


def test_half_of_a_place_is_territory():
    assert [f.measure for f in read("They hold half of Dorat.", places=[DORAT])] == ["territory.area"]
    assert [f.measure for f in read("They hold half of Dorat's schools.", places=[DORAT])] != [
        "territory.area"
    ]
