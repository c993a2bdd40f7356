"""Figures: what is counted, of whom, where, when, and what is no figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import figures
from marsad.reading.text import segment
from marsad.records.reading import Actor, Claim, Place, Time


def span_of(text: str, words: str, start: int = 0):
    begin = text.index(words, start)
    return begin, begin + len(words)


def read(text, *, actors=(), places=(), times=(), **claim):
    """Figures of `text` with one narrated claim a sentence."""
    cut = segment(text)
    claims = [
        Claim(id=f"c{n}", spans=(s.span,), text=cut[s.span], kind="narrated", reader="t@1", **claim)
        for n, s in enumerate(cut.sentences, 1)
    ]
    made_actors = [
        Actor(id=f"a{n}", name=name, kind=kind, mentions=(span_of(text, name),), reader="t@1")
        for n, (name, kind) in enumerate(actors, 1)
    ]
    made_places = [
        Place(id=f"p{n}", spans=(span_of(text, name),), text=name, name=name, kind=kind, reader="t@1")
        for n, (name, kind) in enumerate(places, 1)
    ]
    made_times = [
        Time(id=f"t{n}", spans=(span_of(text, words),), text=words, type="DATE", value=edtf, edtf=edtf,
             earliest=first, latest=last, reader="t@1")
        for n, (words, edtf, first, last) in enumerate(times, 1)
    ]  # fmt: skip
    return figures.annotate(cut, claims=claims, actors=made_actors, places=made_places, times=made_times)


def measures(text, **records):
    return [(figure.text, figure.measure) for figure in read(text, **records)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The raid killed 12 people and wounded 30.",
         [("12 people", "casualties.killed"), ("30", "casualties.injured")]),
        ("At least 10 villagers were killed and 45 others injured.",
         [("At least 10 villagers", "casualties.killed"), ("45 others", "casualties.injured")]),
        ("The blast left 14 soldiers dead.", [("14 soldiers", "casualties.killed")]),
        ("The death toll rose to 250.", [("250", "casualties.killed")]),
        ("The shelling claimed the lives of 17 civilians.", [("17 civilians", "casualties.killed")]),
        ("Fifteen children died of malnutrition.", [("Fifteen children", "casualties.died")]),
        ("Some 15 farmers died when shells hit the market.", [("Some 15 farmers", "casualties.killed")]),
        ("They captured 40 gunmen.", [("40 gunmen", "detention.fighters")]),
        ("About 800 fighters are being held in prisons.", [("About 800 fighters", "detention.fighters")]),
        ("More than 2,000 people fled the town.", [("More than 2,000 people", "displacement.people")]),
        ("Some 300 militants surrendered on the bank.", [("Some 300 militants", "surrendered.people")]),
        ("They kidnapped 21 schoolgirls.", [("21 schoolgirls", "hostages.people")]),
        ("The ministry repatriated 35 children.", [("35 children", "repatriated.people")]),
        ("Two dozen miners are missing.", []),
        ("In Aro hundreds were wounded.", [("hundreds", "casualties.injured")]),
        ("Of the 90 Kenyans who had gone and had not been killed, few spoke.",
         [("90 Kenyans", "count.kenyan")]),
        ("The group runs eleven sleeper cells.", [("eleven sleeper cells", "strength.cells")]),
        ("It carried out 153 attacks.", [("153 attacks", "attacks.count")]),
        ("It earned $4 million from extortion.", [("$4 million", "finance.revenue")]),
        ("The governor asked for a $20m fee.", [("$20m", "count.fee")]),
        ("The rebels hold 700 square kilometres.", [("700 square kilometres", "territory.area")]),
        ("Recruits came from 38 countries.", [("38 countries", "origin.countries")]),
        ("They seized 26 tanks.", [("26 tanks", "count.tank")]),
        ("A 30,000-strong border force was promised.", [("30,000-strong border force", "strength.fighters")]),
        ("Thousands more Red Delta men left.", [("Thousands more Red Delta men", "displacement.people")]),
    ],
)  # fmt: skip
def test_measure(text, expected):
    assert measures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The 15-year-old girl left.",
        "Amal, 36, a farmer, waited.",
        "A man aged 52 spoke.",
        "Resolution 2254 was passed.",
        "The 150-strong committee met.",
        "It happened twice, in the 3rd district.",
        "He walked 60km (37 miles).",
        "One of the men spoke.",
        "She has three sons.",
        "The 2003 invasion changed it.",
        "The G20 met.",
        "It takes five years.",
        "The group struck several times.",
        "The team won 2-0.",
        "There are 100 refugee cases.",
    ],
)
def test_what_is_no_figure(text):
    assert read(text) == ()


def test_a_part_is_not_its_whole():
    whole, part, other = read("The strike killed 12 people, including three children and two nurses.")
    assert part.part_of == whole.id and other.part_of == whole.id
    assert {f.measure for f in (whole, part, other)} == {"casualties.killed"}


def test_families_are_a_measure_of_their_own_in_one_population():
    people, families = read(
        "Oak Camp is home to 9,000 individuals, comprising 1,800 families.", places=[("Oak Camp", "camp")]
    )
    assert (people.measure, families.measure) == ("detention.population", "detention.families")
    assert families.part_of is None
    assert people.places == families.places == ("p1",)
    assert (people.unit, people.population) == ("individual", "individuals")


def test_from_to_is_two_levels_and_a_change():
    change, low, high = read("The number of refugees rose from 99,000 to 212,000.")
    assert (change.aspect, change.best) == ("change", 113_000)
    assert [(f.aspect, f.best) for f in (low, high)] == [("level", 99_000), ("level", 212_000)]


def test_a_fall_is_a_negative_change():
    change = read("The number of refugees fell from 900 to 400.")[0]
    assert (change.low, change.high) == (-500, -500)


def test_rates_and_shares():
    assert read("They mount 40 attacks a month.")[0].per == "month"
    share = read("It lost 95% of the territory.")[0]
    assert (share.aspect, share.unit, share.low, share.share_of) == ("share", "%", 95, "the territory")
    whole, part = read("It houses 50,000 people, 80% of whom are women.")
    assert part.share_of == whole.id


def test_time_governs_from_the_head_of_the_sentence():
    text = "In mid-2023, the panel estimated that the Front has between 300 and 500 rebels in Aro and Beni."
    figure = read(
        text,
        actors=[("panel", "organisation"), ("Front", "armed_group")],
        places=[("Aro", "country"), ("Beni", "country")],
        times=[("mid-2023", "[2023-05-01..2023-08-31]", "2023-05-01", "2023-08-31")],
    )[0]
    assert figure.as_of is not None
    assert (figure.as_of.earliest, figure.as_of.latest, figure.as_of.time) == (
        "2023-05-01",
        "2023-08-31",
        "t1",
    )
    assert (figure.subject, figure.status, figure.places) == ("a2", "estimated", ("p1", "p2"))
    assert (figure.low, figure.high, figure.best) == (300, 500, None)


def test_a_toll_has_a_period_and_a_scope():
    figure = read(
        "Some 300 nurses were killed since 2014.", times=[("2014", "2014", "2014-01-01", "2014-12-31")]
    )[0]
    assert figure.as_of is None
    assert figure.period is not None
    assert (figure.period.earliest, figure.period.latest) == ("2014-01-01", None)
    assert figure.scope is not None and figure.scope.text == "since 2014"


def test_scope_of_alone():
    figure = read("It has 500 fighters in Aro alone.", places=[("Aro", "city")])[0]
    assert figure.scope is not None and figure.scope.text == "in Aro alone"


def test_no_time_is_no_guess():
    figure = read("It has 500 fighters.")[0]
    assert figure.as_of is None and figure.period is None and figure.places == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The mayor asked for $9m.", "demanded"),
        ("The army plans to send 900 soldiers.", "planned"),
        ("Up to 700,000 people could flee.", "projected"),
        ("Officials estimated the force at 900 soldiers.", "estimated"),
        ("They will withdraw the 900 soldiers.", "observed"),
        ("In May 900 soldiers marched.", "observed"),
    ],
)
def test_status(text, status):
    assert read(text)[0].status == status


def test_what_is_denied_stays_denied():
    assert read("They killed 40 villagers.", polarity="denied")[0].status == "denied"


def test_subject_is_the_group_in_the_phrase_and_never_of_families():
    fighters = read("About 90 Red Delta fighters met.", actors=[("Red Delta", "armed_group")])[0]
    families = read("About 90 Red Delta families met.", actors=[("Red Delta", "armed_group")])[0]
    assert (fighters.subject, families.subject) == ("a1", None)


def test_a_reporter_of_a_strength_does_not_own_it():
    figure = read("Aro says 900 jihadists remain.", actors=[("Aro", "state")])[0]
    assert figure.subject is None


def test_places_of_two_numbers_part():
    first, second = read("They killed 12 in Aro and 13 in Beni.", places=[("Aro", "city"), ("Beni", "city")])
    assert (first.places, second.places) == (("p1",), ("p2",))


def test_a_number_in_no_claim_is_left_out():
    text = segment("They killed 40 villagers.")
    assert figures.annotate(text, claims=(), actors=(), places=(), times=()) == ()


def test_the_innermost_claim_holds_the_figure():
    text = "They said the raid killed 40 villagers."
    cut = segment(text)
    outer = Claim(id="c1", spans=((0, len(text)),), text=text, kind="narrated", reader="t@1")
    span = span_of(text, "the raid killed 40 villagers")
    inner = Claim(id="c2", spans=(span,), text=cut[span], kind="attributed", reader="t@1")
    found = figures.annotate(cut, claims=(outer, inner), actors=(), places=(), times=())
    assert [figure.claim for figure in found] == ["c2"]


def test_exchanging_a_name_changes_only_the_name():
    sentence = "{} still has between 5,000 and 7,000 militants, and $3 million in reserves."
    first, second = (
        read(sentence.format(n), actors=[(n, "armed_group")]) for n in ("Grey Wolves", "Al-Nahr")
    )
    shape = [(f.measure, f.low, f.high, f.subject, f.bound, f.status) for f in first]
    assert shape == [(f.measure, f.low, f.high, f.subject, f.bound, f.status) for f in second]
    assert [f.subject for f in first] == ["a1", "a1"]


WORDS = [
    *("killed", "12", "people", ",", "and", "$3", "million", "–", "(", ")", "from", "to", "50%", "of", "the"),
    *("fighters", "including", "five", "families", "😀", "مخيم", "in", "2014", "were", "injured", "900", "."),
    *("that", "hundreds", "between", "at", "least", "dead", "camp", "refugees", "more", "than"),
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_spans_are_slices_and_ends_are_in_order(words):
    text = " ".join(words)
    found = read(text)
    for figure in found:
        assert figure.text == text[figure.spans[0][0] : figure.spans[0][1]]
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.best is None or figure.best == figure.low == figure.high
    assert [figure.id for figure in found] == [f"f{n}" for n in range(1, len(found) + 1)]
    assert found == read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("About 2,000 US troops stayed.", [("About 2,000 US troops", "strength.fighters")]),
        ("The 300 UN staff left the town.", [("300 UN staff", "displacement.people")]),
        ("300 FIGHTERS ARE DEAD.", [("300 FIGHTERS", "casualties.killed")]),
        ("Six fighters held the gate.", [("Six fighters", "strength.fighters")]),
        ("A handful of US soldiers stayed.", [("A handful of US soldiers", "strength.fighters")]),
        ("They fired four rockets.", [("four rockets", "count.rocket")]),
        ("They won 40 of 100 seats.", [("40 of 100 seats", "count.seat"), ("100 seats", "count.seat")]),
        ("Nine out of 23 villages fell.", [("23 villages", "count.village")]),
        ("One in 20 people has a tent.", [("One in 20", "count.person")]),
        ("They held half of the country.", [("half", "territory.area")]),
        ("It killed 4% of the country’s population.", [("4%", "casualties.killed")]),
        ("He was killed along with 26 other people.", [("26 other people", "casualties.killed")]),
        ("The blast killed him and 26 others.", [("26 others", "casualties.killed")]),
        ("He was killed and she fled with 26 others.", [("26 others", "count.person")]),
        ("Dazed, one wounded boy slept.", []),
        ("One civilian was killed.", [("One civilian", "casualties.killed")]),
    ],
)  # fmt: skip
def test_counts_of_the_second_round(text, expected):
    assert measures(text) == expected


def test_a_strong_force_counts_persons_and_names_the_force():
    (figure,) = read("They plan a 30,000-strong border force.")
    assert (figure.unit, figure.population, figure.best) == ("person", "force", 30_000)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Only 300 of the 2,000 promised refugees came.", ["planned", "planned"]),
        ("The council would build a force of 3,000.", ["planned"]),
        ("If 200 of its people had been killed, it would have acted.", ["projected"]),
        ("An estimated 5,000 fighters are there, and 300 civilians fled.", ["estimated", "observed"]),
        ("After saying it would withdraw troops, the army had lost 20 men.", ["observed"]),
    ],
)
def test_status_stays_with_its_number(text, statuses):
    assert [figure.status for figure in read(text)] == statuses


def test_places_of_another_clause_and_of_the_camp():
    stood = {"places": [("Dorat", "city")]}
    (killed,) = read("Rebels entered Dorat, and after that 40 people in the city were killed.", **stood)
    assert [killed.places] == [("p1",)]
    (fled,) = read("The army shelled homes in Dorat before 40 people fled.", **stood)
    assert fled.places == ("p1",)
    (later,) = read("They reached Dorat. Inside the town 40 people were killed.", **stood)
    assert later.places == ("p1",)


def test_a_contrast_or_another_number_parts_a_place_from_its_count():
    text = "Forty men were killed, while 15 women were killed in Dorat."
    assert [figure.places for figure in read(text, places=[("Dorat", "city")])] == [(), ("p1",)]


def test_an_owner_of_people_is_where_they_are():
    text = "Dorat’s 30,000 civilians fear war in Ilyria."
    (figure,) = read(text, places=[("Dorat", "city"), ("Ilyria", "country")])
    assert figure.places == ("p1",)


def test_times_of_another_clause_are_not_taken():
    monday = [("Monday", "2021-06-14", "2021-06-14", "2021-06-14")]
    (killed,) = read("The announcement on Monday came after 29 people were killed.", times=monday)
    assert killed.period is None
    first, second = read("The raid killed 12 people and wounded 30 on Monday.", times=monday)
    assert first.period.edtf == second.period.edtf == "2021-06-14"


def test_since_a_year_stays_open():
    (figure,) = read("Since 2016 some 400 people have been killed.",
                     times=[("2016", "2016", "2016-01-01", "2016-12-31")])  # fmt: skip
    assert (figure.period.edtf, figure.period.latest) == ("2016/..", None)
