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
        ("Two dozen miners are missing.", [("Two dozen miners", "count.miner")]),
        ("Twelve miners were killed.", [("Twelve miners", "casualties.killed")]),
        ("Twelve sheep were killed.", [("Twelve sheep", "count.sheep")]),
        ("It killed three people and sickened 200.", [("three people", "casualties.killed"), ("200", "count.unspecified")]),
        ("There were 81 H5N1 cases.", [("81 H5N1 cases", "count.case")]),
        ("The number of shares rose to 10.2 million.", [("10.2 million", "count.share")]),
        ("The BBC Three Counties station won.", []),
        ("In nineteen ninety-one he left from 1 to 2:30 p.m.", []),
        ("The team lost 40 points.", [("40 points", "count.point")]),
        ("She has three sons.", [("three sons", "count.son")]),
        ("There are 100 refugee cases.", [("100 refugee cases", "count.case")]),
        ("It runs 20 decently sized coal-fired power plants.",
         [("20 decently sized coal-fired power plants", "count.plant")]),
        ("It opened eight sales offices abroad.", [("eight sales offices", "count.office")]),
        ("About 460 Arlo and Benco lorries left.", [("About 460 Arlo and Benco lorries", "count.lorry")]),
        ("He walked 60km (37 miles).", [("60km", "count.kilometre"), ("37 miles", "count.mile")]),
        ("It holds 50 GB and draws 5 W.", [("50 GB", "count.gigabyte"), ("5 W", "count.watt")]),
        ("The 150-strong committee met.", [("150-strong committee", "count.person")]),
        ("The 30-member council met a six-member panel.",
         [("30-member", "count.member"), ("six-member", "count.member")]),
        ("Raids rose threefold.", [("threefold", "count.multiple")]),
        ("Prices rose 8.5%.", [("8.5%", "count.share")]),
        ("They set a 25% duty.", [("25%", "count.duty")]),
        ("It earns 60% of its advertising income.", [("60%", "count.income")]),
        ("The index closed at 1,463.87.", [("1,463.87", "count.unspecified")]),
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
        ("The war took 300,000 lives.", [("300,000 lives", "casualties.killed")]),
        ("The medics saved 300 lives.", [("300 lives", "count.life")]),
        ("It lists the causes of death: 127 by gunfire, 105 by mines.",
         [("127", "casualties.killed"), ("105", "casualties.killed")]),
        ("Sales fell to 127 by May.", [("127", "count.unspecified")]),
        ("The rebel fighters, about 10,000 strong, met.", [("about 10,000", "strength.fighters")]),
        ("It swelled the ranks of the movement to 70,000.", [("70,000", "strength.fighters")]),
        ("The number of civilian deaths since the launch of the campaign in the valley stood at 151.",
         [("151", "casualties.killed")]),
        ("Eight babies in the camp on the border had died from the cold.",
         [("Eight babies", "casualties.died")]),
        ("Fifteen members of the same family, including children, were killed.",
         [("Fifteen members", "casualties.killed")]),
        ("Several thousand members and their families surrendered.",
         [("Several thousand members", "surrendered.people")]),
        ("About 12% of the record relates to theft.", [("About 12%", "count.record")]),
        ("It says 77% were killed.", [("77%", "casualties.killed")]),
        ("It shelters 900 exiles.", [("900 exiles", "displacement.people")]),
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
        "One day he saw one of the men.",
        "One particular demand led to it.",
        "She sat in Boeing 747 on Highway 4 with S/2024/92.",
        "See Section 427, Row 21, page 12 and paragraph 45.",
        "He met the three men and the two sides.",
        "She was named Arlo, 36, and he is 35.",
        "Boys aged 11 and seven sat under the age of 16.",
        "Call 555-1234 or +44 20 7946 0958.",
        "The 5G mast and the F16 stood at 575 Oak Road.",
        "1. The panel met. (2) It left.",
        "No hospitals were open and no reports of casualties came.",
        "It happened twice, in the 3rd district.",
        "One of the men spoke.",
        "The 2003 invasion changed it.",
        "The G20 met.",
        "It takes five years.",
        "The group struck several times.",
        "The team won 2-0.",
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


def test_subject_is_the_group_in_the_phrase_of_its_families_but_not_of_its_victims():
    fighters = read("About 90 Red Delta fighters met.", actors=[("Red Delta", "armed_group")])[0]
    families = read("About 90 Red Delta families met.", actors=[("Red Delta", "armed_group")])[0]
    victims = read("About 90 Red Delta victims met.", actors=[("Red Delta", "armed_group")])[0]
    assert (fighters.subject, families.subject, victims.subject) == ("a1", "a1", None)


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
        ("Nine out of 23 villages fell.",
         [("Nine out of 23 villages", "count.village"), ("23 villages", "count.village")]),
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
    assert (figure.unit, figure.population, figure.best) == ("person", "border force", 30_000)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Only 300 of the 2,000 promised refugees came.", ["observed", "planned"]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were no casualties.", [("no casualties", "casualties.unspecified")]),
        ("Nobody was hurt.", [("Nobody", "casualties.injured")]),
        ("No civilians were killed.", [("No civilians", "casualties.killed")]),
        ("They left without any casualties.", [("without any casualties", "casualties.unspecified")]),
        ("None of the 12 hostages was killed.",
         [("None of the 12 hostages", "casualties.killed"), ("12 hostages", "hostages.people")]),
    ],
)  # fmt: skip
def test_nought_is_harm_that_the_text_denies(text, expected):
    found = read(text)
    assert [(figure.text, figure.measure) for figure in found] == expected
    assert (found[0].low, found[0].high, found[0].best, found[0].bound) == (0, 0, 0, "exact")


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("They mount two to three attacks a day.", "day"),
        ("Oil costs $58 per barrel.", "barrel"),
        ("It makes 3,000 tests per day.", "day"),
        ("They fire 400 times a minute.", "minute"),
        ("They made a $45-a-share offer.", "share"),
        ("It costs two cents a gallon.", "gallon"),
    ],
)
def test_a_rate_is_of_any_noun(text, per):
    (figure,) = read(text)
    assert (figure.per, figure.aspect) == (per, "rate")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("They hold 1.2 million hectares.", "har"),
        ("They paid 300 Iraqi dinars.", "IQD"),
        ("They sold 40 boxes.", "box"),
        ("They bought 16 houses.", "house"),
        ("They met nine policewomen.", "policewoman"),
        ("They ran three times as many shops.", "1"),
        ("It fell by 40 basis points.", "10*-4"),
    ],
)
def test_units_are_codes_or_lemmas(text, unit):
    assert read(text)[0].unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "No one knows how many were killed.",
        "None of this explains why people were killed.",
        "Nobody has claimed the attack.",
        "Without help people die.",
        "There were no immediate reports of casualties.",
        "No more deaths, they cried.",
        "They had no idea that people were killed.",
    ],
)
def test_what_denies_no_harm(text):
    assert read(text) == ()


def test_one_is_a_count_only_where_somebody_came_to_harm():
    assert read("One of the men left.") == ()
    assert measures("One person was hurt.") == [("One person", "casualties.injured")]


def test_a_part_of_them_says_nothing_of_all():
    part, whole = read("Five of the 12 men were killed.")
    assert (part.measure, whole.measure) == ("casualties.killed", "count.man")


def test_a_sentence_outside_every_content_is_the_narrators():
    text = "A panel of 40 judges said the camp holds 900 people."
    cut = segment(text)
    spans = {"narrated": span_of(text, "A panel"), "attributed": span_of(text, "the camp holds 900 people")}
    claims = [
        Claim(id=f"c{n}", spans=(span,), text=cut[span], kind=kind, reader="t@1")
        for n, (kind, span) in enumerate(spans.items(), 1)
    ]
    found = figures.annotate(cut, claims=claims, actors=(), places=(), times=())
    assert [(figure.text, figure.claim) for figure in found] == [("40 judges", "c1"), ("900 people", "c2")]


@pytest.mark.parametrize("text", ["9" * 5_000, "1," * 2_000, "10^400 men", "5 " + "million " * 80 + "men"])
def test_degenerate_numbers_do_no_harm(text):
    for figure in read(text):
        assert all(end is None or abs(end) <= 10**18 for end in (figure.low, figure.high, figure.best))


def test_what_rises_and_falls_is_what_the_number_counts():
    found = read("Attacks have fallen from 120 to 45.")
    assert [(f.measure, f.unit, f.best) for f in found] == [
        ("attacks.count", "attack", best) for best in (-75, 120, 45)
    ]
    (monthly,) = read("Attacks have risen to 35 a month.")
    assert (monthly.measure, monthly.aspect, monthly.per) == ("attacks.count", "rate", "month")


def test_a_week_later_is_no_rate():
    (figure,) = read("Dozens of families left Dorat a week later.")
    assert (figure.per, figure.aspect) == (None, "flow")


def test_ages_of_many_are_ages():
    assert [f.best for f in read("Half of the camp's 60,000 residents are under 12.")] == [50, 60000]
