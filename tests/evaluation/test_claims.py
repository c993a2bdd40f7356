"""Claims are scored as spans of a role, as whole triples, and sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInput
from marsad.evaluation.claims import LABELS, Attribution, Prediction, Row, predict, score
from marsad.evaluation.corpus import rows
from marsad.records.spans import Spans

TEXT = "“The road is open,” Ana Ruiz said on Monday. “It was mined. Nobody may use it,” she added."


def spans(*pieces: str) -> Spans:
    return tuple((TEXT.index(each), TEXT.index(each) + len(each)) for each in pieces)


ROAD = Attribution(content=spans("“The road is open,”"), cue=spans("said"), source=spans("Ana Ruiz"))
MINED = Attribution(
    content=spans("“It was mined. Nobody may use it,”"), cue=spans("added"), source=spans("she")
)
KEY = Row("a", TEXT, (ROAD, MINED))


def scores(*found: Attribution, key: Row = KEY) -> dict[str, float | None]:
    return score([(key, Prediction(key.id, found))])


def test_the_reader_answers_in_the_form_of_the_key() -> None:
    found = predict(Row("a", "Ana Ruiz, the minister, said the road was open.", ()))
    (one,) = found.attributions
    assert found.id == "a"
    assert [len(role) for role in (one.source, one.cue, one.content)] == [1, 1, 1]


def test_the_key_itself_is_right_throughout() -> None:
    assert set(scores(*KEY.attributions).values()) == {1.0}
    assert set(scores(*KEY.attributions)) == set(LABELS)


def test_the_order_of_attributions_and_of_pieces_does_not_count() -> None:
    parted = Attribution(content=spans("“The road", "open,”"), cue=spans("said"))
    turned = Attribution(content=parted.content[::-1], cue=parted.cue)
    assert set(scores(turned, MINED, key=Row("a", TEXT, (MINED, parted))).values()) == {1.0}


def test_nothing_found_has_no_precision() -> None:
    nothing = scores()
    assert (nothing["triple_exact_precision"], nothing["triple_exact_recall"]) == (None, 0.0)


def test_a_shared_source_counts_once() -> None:
    key = Row("a", TEXT, (ROAD, Attribution(content=MINED.content, cue=MINED.cue, source=ROAD.source)))
    found = scores(ROAD, key=key)
    assert found["source_exact_f1"] == 1.0
    assert found["cue_exact_f1"] == pytest.approx(2 / 3, abs=1e-6)


def test_each_piece_of_a_content_counts_but_the_whole_must_agree() -> None:
    key = Row("a", TEXT, (Attribution(content=spans("“The road", "open,”"), cue=spans("said")),))
    found = scores(Attribution(content=spans("“The road"), cue=spans("said")), key=key)
    assert found["content_exact_f1"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["content_whole_exact_f1"] == 0.0
    assert found["triple_exact_f1"] == 0.0


def test_no_source_agrees_with_none_and_with_nothing_else() -> None:
    unnamed = Attribution(content=ROAD.content, cue=ROAD.cue)
    key = Row("a", TEXT, (unnamed,))
    assert scores(unnamed, key=key)["triple_overlap_f1"] == 1.0
    assert scores(ROAD, key=key)["triple_overlap_f1"] == 0.0
    assert scores(ROAD, key=key)["source_exact_f1"] == 0.0


def test_a_triple_overlaps_when_each_role_does() -> None:
    key = Row("a", TEXT, (ROAD,))
    wider = Attribution(content=spans("The road is open"), cue=spans("said on"), source=spans("Ana"))
    assert scores(wider, key=key)["triple_overlap_f1"] == 1.0
    assert scores(wider, key=key)["triple_exact_f1"] == 0.0
    far = Attribution(content=wider.content, cue=spans("added"), source=wider.source)
    assert scores(far, key=key)["triple_overlap_f1"] == 0.0


def test_contents_that_stand_apart_are_still_compared() -> None:
    key = Row("a", TEXT, (Attribution(content=spans("The road"), cue=spans("added")),))
    same = Attribution(content=spans("The road is"), cue=spans("added"))
    assert scores(same, key=key)["triple_overlap_f1"] == 1.0


def test_a_sentence_is_scored_by_itself() -> None:
    key = Row("a", TEXT, (MINED,))
    half = Attribution(content=spans("Nobody may use it,”"), cue=MINED.cue, source=MINED.source)
    assert scores(half, key=key)["content_exact_f1"] == 0.0
    assert scores(half, key=key)["sentence_content_f1"] == pytest.approx(2 / 3, abs=1e-6)


@pytest.mark.parametrize("content", ["[[5, 500]]", "[[7, 7]]", "[[-1, 4]]", "[5]", "[[1.5, 3]]"])
def test_spans_outside_the_text_are_refused(content: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        '{"id": 1, "text": "Nothing was said.", "attributions": [{"content": ' + content + "}]}"
    )
    with pytest.raises(BadInput, match=":1: "):
        list(rows(corpus, Row, "claims"))


roles = st.sampled_from(
    [(), spans("Ana"), spans("Ana Ruiz"), spans("road is", "open"), spans("mined. Nobody")]
)
attributions = st.lists(st.builds(Attribution, content=roles, cue=roles, source=roles), max_size=4).map(tuple)


@given(attributions, attributions)
def test_rates_are_rates_and_exact_is_never_easier(
    gold: tuple[Attribution, ...], found: tuple[Attribution, ...]
) -> None:
    result = score([(Row("a", TEXT, gold), Prediction("a", found))])
    assert all(value is None or 0 <= value <= 1 for value in result.values())
    swapped = score([(Row("a", TEXT, found), Prediction("a", gold))])
    for name in ("triple_exact_f1", "source_exact_f1", "sentence_content_f1"):
        assert result[name] == swapped[name]
