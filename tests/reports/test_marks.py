from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.marks import Mark, masked, segments

from .readings import TEXT, reading

spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: (min(ends), max(ends)))
marks = st.lists(
    st.builds(
        Mark,
        spans.filter(lambda s: s[0] < s[1]),
        st.sampled_from(["figure", "place"]),
        st.sampled_from("abc"),
    )
)


def the_only(found: list[list]) -> list:
    assert len(found) == 1
    return found[0]


def test_nested_and_crossing_spans_are_cut_at_every_boundary() -> None:
    found = the_only(
        segments(
            "one two three four",
            [(0, 18)],
            [
                Mark((0, 13), "attributed", "c1", "c1"),
                Mark((4, 7), "figure", "f1", "c1"),
                Mark((8, 18), "place", "p1"),
            ],
        )
    )
    assert [(piece.text, piece.records) for piece in found] == [
        ("one ", ("c1",)),
        ("two", ("c1", "f1")),
        (" ", ("c1",)),
        ("three", ("c1", "p1")),
        (" four", ("p1",)),
    ]
    assert [piece.claim for piece in found] == ["c1", "c1", "c1", "c1", None]
    assert found[0].first_of == ("c1",)
    assert found[3].last_of == ("c1",)


def test_a_claim_inside_a_claim_is_what_a_click_opens() -> None:
    found = the_only(
        segments(
            "outer inner outer",
            [(0, 17)],
            [
                Mark((0, 17), "attributed", "c1", "c1"),
                Mark((6, 11), "attributed", "c2", "c2"),
            ],
        )
    )
    assert [piece.claim for piece in found] == ["c1", "c2", "c1"]


def test_a_mark_over_two_paragraphs_is_in_both() -> None:
    first, second = segments("one\n\ntwo", [(0, 3), (5, 8)], [Mark((0, 8), "attributed", "c1", "c1")])
    assert [piece.records for piece in first + second] == [("c1",), ("c1",)]
    assert first[0].first_of == ("c1",)
    assert not second[0].first_of
    assert second[0].last_of == ("c1",)


@given(st.text(min_size=40, max_size=40), marks)
def test_joined_segments_are_the_text_and_each_carries_what_covers_it(text: str, some: list[Mark]) -> None:
    found = the_only(segments(text, [(0, len(text))], some))
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        covering = {mark.record for mark in some if mark.span[0] <= piece.begin < mark.span[1]}
        assert set(piece.records) == covering
        end = piece.begin + len(piece.text)
        assert not any(piece.begin < cut < end for mark in some for cut in mark.span)


def test_masked_words_in_a_row_are_one_passage() -> None:
    whole, shown = "Ann Lee of Altai left", "███ ███ of █████ left"
    assert [mark.span for mark in masked(whole, shown)] == [(0, 7), (11, 16)]
    assert masked(whole, whole) == []


def test_every_span_of_the_hand_made_reading_is_its_words() -> None:
    for record in (*reading().claims, *reading().figures, *reading().places, *reading().times):
        assert record.text == " … ".join(TEXT[begin:end] for begin, end in record.spans)
