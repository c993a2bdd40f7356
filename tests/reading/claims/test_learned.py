from hypothesis import given
from hypothesis import strategies as st

from marsad.models import Attribution, Tagged
from marsad.reading.claims import learned, quotations
from marsad.reading.claims.learned import apart
from marsad.reading.claims.spoken import Attribution as Spoken
from marsad.reading.text import segment
from tests.reading.claims.tagging import attribution, begins, spans, tagged


def found(text, tags, body=None):
    whole = segment(text)
    return learned.find(whole, tags, quotations.find(whole), begins(text) if body is None else body)


def words(text, one):
    source = text[slice(*one.source)] if one.source else None
    return source, [text[begin:end] for begin, end in one.content]


def test_an_attribution_keeps_its_words():
    text = "The mayor said that the bridge had fallen."
    (one,) = found(text, tagged(text, ("The mayor", "said", "that the bridge had fallen")))
    assert words(text, one) == ("The mayor", ["that the bridge had fallen"])
    assert text[slice(*one.cue)] == "said"


def test_titles_assert_nothing():
    text = "Mayor says bridge fell\n\nThe mayor said that the bridge had fallen."
    tags = tagged(text, ("Mayor", "says", "bridge fell"), ("The mayor", "said", "that the bridge had fallen"))
    (one,) = found(text, tags, body={1: begins(text)[1]})
    assert words(text, one)[0] == "The mayor"


def test_an_unlikely_attribution_without_a_source_is_none():
    text = "The road is considered safe."
    doubtful = Tagged((attribution(text, "", "considered", "The road", "safe", probability=0.6),))
    sure = Tagged((attribution(text, "", "considered", "The road", "safe", probability=0.8),))
    assert found(text, doubtful) == []
    assert len(found(text, sure)) == 1


def test_the_same_speaker_goes_on_in_a_sentence():
    text = "The mayor said the bridge had fallen, adding that nobody was hurt. Asked again, he left."
    tags = tagged(
        text, ("The mayor", "said", "the bridge had fallen"), ("", "adding", "that nobody was hurt")
    )
    assert [words(text, one)[0] for one in found(text, tags)] == ["The mayor", "The mayor"]


def test_a_hidden_source_is_not_the_speaker_before():
    text = "The mayor said the bridge, which is believed to be mined, was closed."
    tags = tagged(
        text,
        ("The mayor", "said", "the bridge, which is believed to be mined, was closed"),
        ("", "is believed", "to be mined"),
    )
    assert {words(text, one)[0] for one in found(text, tags)} == {"The mayor", None}


def test_a_quotation_has_both_its_marks_and_one_without_a_cue_goes_on():
    text = "“The bridge fell,” the mayor said. “Nobody was hurt by it at all.”"
    first, *rest = found(text, tagged(text, ("the mayor", "said", "The bridge fell,")))
    assert words(text, first)[1] == ["“The bridge fell,”", "“Nobody was hurt by it at all.”"]
    assert rest == []


def test_a_heading_is_no_part_of_a_source():
    text = "A bridge falls\n\nThe mayor said nobody was hurt."
    (one,) = found(text, tagged(text, ("A bridge falls\n\nThe mayor", "said", "nobody was hurt")))
    assert words(text, one)[0] == "The mayor"


def test_a_source_ends_with_its_abbreviation():
    text = "Losses are small, according to the U.N., which counts them."
    (one,) = found(text, tagged(text, ("the U.N", "according to", "Losses are small")))
    assert words(text, one)[0] == "the U.N."


def test_rules_find_what_is_told_according_to_somebody_and_was_not_tagged():
    text = "The group can still attack convoys, according to a report of the panel."
    (one,) = found(text, Tagged())
    assert words(text, one) == ("a report of the panel", ["The group can still attack convoys"])
    tags = tagged(text, ("a report of the panel", "according to", "The group can still attack"))
    (one,) = found(text, tags)
    assert words(text, one)[1] == ["The group can still attack"]


def test_whom_a_speaker_cites_stands_behind_him():
    text = "The monitors reported, citing an unnamed officer as saying that the cells were moving north."
    content = "an unnamed officer as saying that the cells were moving north"
    (one,) = found(text, tagged(text, ("The monitors", "citing", content)))
    assert words(text, one) == ("The monitors", ["that the cells were moving north"])
    assert [text[slice(*span)] for span in one.behind] == ["an unnamed officer"]


def test_a_second_cue_that_only_cites_is_a_hand_of_the_first():
    text = "The experts reported, citing an unnamed source, that the group is recruiting."
    told = "that the group is recruiting"
    tags = tagged(
        text, ("The experts", "reported", told), ("The experts", "citing", f"an unnamed source, {told}")
    )
    (one,) = found(text, tags)
    assert words(text, one) == ("The experts", [told])
    assert [text[slice(*span)] for span in one.behind] == ["an unnamed source"]
    tags = tagged(text, ("The experts", "reported", told), ("The experts", "citing", "an unnamed source"))
    (one,) = found(text, tags)
    assert [text[slice(*span)] for span in one.behind] == ["an unnamed source"]


def test_what_is_only_cited_stays_a_claim_where_nobody_tells_it():
    text = "The mayor cited the report."
    (one,) = found(text, tagged(text, ("The mayor", "cited", "the report")))
    assert words(text, one) == ("The mayor", ["the report"])
    assert one.behind == ()


def test_whom_the_words_were_told_by_name_is_a_hand():
    text = "The mayor told Radio Ruritania on Monday that the bridge had fallen."
    (one,) = found(text, tagged(text, ("The mayor", "told", "that the bridge had fallen")))
    assert [text[slice(*span)] for span in one.via] == ["Radio Ruritania"]


def test_a_stretch_that_two_want_is_of_the_nearer_cue():
    text = "“A bridge fell,” the mayor said, adding later: “It was mined.”"
    tags = tagged(
        text,
        ("the mayor", "said", "“A bridge fell,”"),
        ("the mayor", "adding", "“A bridge fell,”", "“It was mined.”"),
    )
    assert [words(text, one)[1] for one in found(text, tags)] == [["“A bridge fell,”"], ["“It was mined.”"]]


def test_what_is_told_within_another_content_stays_in_both():
    text = "The army said the mayor had confirmed that the bridge was mined."
    inner = "that the bridge was mined"
    tags = tagged(
        text,
        ("The army", "said", "the mayor had confirmed that the bridge was mined"),
        ("the mayor", "confirmed", inner),
    )
    assert sorted(words(text, one)[1][0] for one in found(text, tags)) == sorted(
        ["the mayor had confirmed that the bridge was mined", inner]
    )


offsets = st.integers(0, 40)
pieces = st.tuples(offsets, st.integers(1, 8)).map(lambda one: (one[0], one[0] + one[1]))
bare = st.builds(
    lambda cue, content: Spoken(None, cue, tuple(sorted(set(content)))),
    pieces,
    st.lists(pieces, min_size=1, max_size=3),
)


@given(st.lists(bare, max_size=6))
def test_nobody_loses_all_words_and_nothing_is_added(several):
    kept = apart(several)
    assert len(kept) == len(several)
    for before, after in zip(several, kept, strict=True):
        assert after.content
        assert set(after.content) <= set(before.content)


@given(st.text("The mayor said, “no U.N.” \n", max_size=60), st.data())
def test_any_tags_of_any_text_give_spans_in_it(text, data):
    if not text.strip():
        return
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(
        lambda one: (one[0], min(len(text), one[0] + one[1]))
    )
    drawn = data.draw(st.lists(st.tuples(span, span, span), max_size=4))
    tags = Tagged(tuple(Attribution((a,), (b,), (c,), 0.9) for a, b, c in drawn))
    for one in found(text, tags):
        for begin, end in (*one.content, *one.via, *one.behind, *([one.source] if one.source else [])):
            assert 0 <= begin < end <= len(text)


def test_spans_are_found_for_the_tests():
    assert spans("a b", "b") == ((2, 3),)
