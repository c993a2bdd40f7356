"""Looking spans up near a place finds what looking at all of them would."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.actors.register import meets
from marsad.reading.claims.layout import STRETCH, Contained, Layout
from marsad.records.spans import Span, contains, overlaps

begins, sizes = st.integers(0, 6 * STRETCH), st.integers(1, 3 * STRETCH)
spans = st.builds(lambda begin, size: (begin, begin + size), begins, sizes)


@given(st.lists(spans), spans)
def test_what_overlaps_is_found(placed: list[Span], span: Span) -> None:
    layout = Layout((other, number) for number, other in enumerate(placed))
    expected = {number for number, other in enumerate(placed) if overlaps(span, other)}
    assert set(layout.over(span)) == expected
    assert layout.touches(span) == bool(expected)


@given(st.lists(spans), spans)
def test_what_lies_within_is_found_in_order(placed: list[Span], span: Span) -> None:
    within = Contained((other, number) for number, other in enumerate(placed)).within(span)
    ordered = sorted((other[0], number) for number, other in enumerate(placed) if contains(span, other))
    assert [(other[0], number) for other, number in within] == ordered


@given(st.lists(spans), begins)
def test_what_begins_before_comes_last_first(placed: list[Span], offset: int) -> None:
    found = [other[0] for other, _ in Contained((other, None) for other in placed).before(offset)]
    assert found == sorted((begin for begin, _ in placed if begin < offset), reverse=True)


@given(st.lists(begins, unique=True), spans)
def test_spans_in_order_meet_one_that_any_of_them_overlaps(edges: list[int], span: Span) -> None:
    ordered = sorted(edges)
    apart = list(zip(ordered[::2], ordered[1::2], strict=False))
    assert meets(apart, span) == any(overlaps(span, other) for other in apart)
