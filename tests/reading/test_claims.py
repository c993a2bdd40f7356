import pytest

from marsad.reading.pipeline import read
from tests.reading.making import document

pytestmark = pytest.mark.usefixtures("rules_alone")


def claims_of(text, **known):
    return read(document(text, **known)).claims


def holders(text, **known):
    reading = read(document(text, **known))
    names = {actor.id: actor.name for actor in reading.actors}
    return [
        (c.source.text, c.source.kind, names.get(c.source.actor))
        for c in reading.claims
        if c.source is not None
    ]


def test_a_speaker_is_known_again_by_surname_role_and_pronoun():
    text = (
        "Ana Ruiz, a researcher at the Ruritanian Institute, said the truce was weak. Ruiz said it would break. "
        "The researcher warned that towns would suffer. She said that nobody listened."
    )
    assert holders(text) == [
        ("Ana Ruiz, a researcher at the Ruritanian Institute", "person", "Ana Ruiz"),
        ("Ruiz", "person", "Ana Ruiz"),
        ("The researcher", "person", "Ana Ruiz"),
        ("She", "person", "Ana Ruiz"),
    ]


def test_kinds_of_parties():
    text = (
        "Residents said the road was mined. A western diplomat said talks had failed. "
        "According to a report, the mine was old. Analysts said the mine was new. "
        "A spokesman for the Syrian Democratic Forces said nobody was hurt."
    )
    assert [(kind, name) for _, kind, name in holders(text)] == [
        ("private", None),
        ("unnamed", None),
        ("document", None),
        ("unnamed", None),
        ("unnamed", "Syrian Democratic Forces"),
    ]


def test_the_chain_runs_from_the_publisher_to_the_origin():
    text = "The monitors reported, citing an unnamed officer as saying that the cells were moving north."
    (claim,) = claims_of(text, publisher="Ruritania Today")
    assert [p.text for p in claim.chain] == ["Ruritania Today", "The monitors", "an unnamed officer"]
    assert claim.source.text == "The monitors"
    assert claim.chain[-1].kind == "unnamed"


def test_a_claim_within_a_claim_has_its_parent_and_its_parents_chain():
    outer, inner = claims_of(
        "The army said the mayor had confirmed that the bridge was mined.", publisher="RT"
    )
    assert inner.parent == outer.id
    assert [p.text for p in inner.chain] == ["RT", "The army", "the mayor"]


def test_what_nobody_else_says_is_narrated():
    (claim,) = claims_of("The bridge fell on 3 May 2021.", publisher="RT")
    assert (claim.kind, claim.source, claim.cue) == ("narrated", None, None)
    assert [p.text for p in claim.chain] == ["RT"]
    assert claim.true_of.edtf == "2021-05-03"


def test_a_question_and_a_heading_assert_nothing():
    text = "A town waits\n\nBy Ana Ruiz\n\nThe town was quiet on Monday, after a week of shelling.\n\nWhy did it end?"
    assert [c.text for c in claims_of(text)] == ["The town was quiet on Monday, after a week of shelling"]


def test_certainty_polarity_and_denial():
    asserted, denied = claims_of(
        "The rebels said the army shelled the clinic. The army denied that it shelled the clinic."
    )
    assert (asserted.certainty, asserted.polarity) == ("certain", "affirmed")
    assert (denied.polarity, denied.denies) == ("denied", asserted.id)
    (hedged,) = claims_of("The panel said the group may have split.")
    assert hedged.certainty == "possible"
    (order,) = claims_of("The governor ordered residents to leave.")
    assert (order.attitude, order.certainty) == ("order", "certain")


def test_a_hidden_source_is_marked():
    (claim,) = claims_of("The commander is believed to have fled to the hills.")
    assert (claim.kind, claim.hidden_source, claim.source, claim.attitude) == (
        "attributed",
        True,
        None,
        "belief",
    )


def test_quotation_kinds():
    direct, mixed, indirect = claims_of(
        "“The road is shut,” Ana Ruiz said. Ruiz said the road was “shut for good”. Ruiz said the town was quiet."
    )
    assert [c.quotation for c in (direct, mixed, indirect)] == ["direct", "mixed", "indirect"]


def test_a_quotation_without_a_cue_keeps_its_holder():
    first, second, third = claims_of(
        "Ana Ruiz said the road was shut. The town waited for a week. “Nobody can leave the town by night.”"
    )
    assert (second.kind, third.kind) == ("narrated", "attributed")
    assert third.cue is None
    assert third.source.text == first.source.text


def test_the_time_of_saying_and_the_time_that_it_is_true_of():
    (claim,) = claims_of("On 3 May 2021 the army said the bridge had fallen on 1 May 2021.")
    assert (claim.said.edtf, claim.true_of.edtf) == ("2021-05-03", "2021-05-01")


def test_the_author_is_the_origin_of_an_opinion():
    text = "The truce was weak, and it fell within a week of its start."
    (claim,) = claims_of(text, publisher="RT", author="Ana Ruiz", genre="opinion")
    assert [p.text for p in claim.chain] == ["RT", "Ana Ruiz"]
