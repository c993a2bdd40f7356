"""What a cue of any wording says of its holder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading.claims import stance
from marsad.reading.text import segment


def read(marked: str) -> stance.Stance:
    """The stance in a sentence where `[s ]`, `[c ]` and `[x ]` mark source, cue and content."""
    text, spans = "", {"s": [], "c": [], "x": []}
    for piece in marked.replace("]", "[").split("["):
        kind, _, words = piece.partition(" ")
        if kind in spans and words:
            spans[kind].append((len(text), len(text) + len(words)))
            text += words
        else:
            text += piece
    cue, content, source = (tuple(spans[kind]) for kind in "cxs")
    return stance.of(segment(text), cue, content, source)


@pytest.mark.parametrize(
    ("marked", "attitude", "certainty"),
    [
        ("[s The mayor] [c has repeatedly insisted] [x that the bridge is safe].", "statement", "certain"),
        ("[s The mayor] [c released a statement saying] [x the bridge is safe].", "statement", "certain"),
        ("[s The mayor] [c went on to say] [x that the bridge is safe].", "statement", "certain"),
        ("[s MAYOR][c :] [x The bridge is safe].", "statement", "certain"),
        ("[c According to] [s the mayor], [x the bridge is safe].", "statement", "certain"),
        ("[s The mayor] [c made it clear] [x that the bridge is safe].", "statement", "certain"),
        ("[s The mayor’s] [c claim] [x that the bridge is safe] drew laughter.", "statement", "certain"),
        ("[s The mayor] [c hinted] [x that the bridge is safe].", "statement", "probable"),
        ("[s The mayor] [c believes] [x that the bridge is safe].", "belief", "probable"),
        ("[s The mayor] [c is convinced] [x that the bridge is safe].", "belief", "certain"),
        ("[s Residents] [c fear] [x that the bridge is unsafe].", "belief", "possible"),
        ("[s Residents] [c voiced fears] [x that the bridge is unsafe].", "belief", "possible"),
        ("[s The mayor] [c regards] [x the bridge as a burden].", "belief", "certain"),
        ("[c For] [s the mayor], [x the bridge was a burden].", "belief", "certain"),
        ("[s The mayor] [c wants] [x to close the bridge].", "intention", "certain"),
        ("[s The mayor] [c vowed] [x to close the bridge].", "intention", "certain"),
        ("[s The mayor] [c agreed] [x to close the bridge].", "intention", "certain"),
        ("[s The mayor] [c agreed] [x that the bridge was old].", "belief", "certain"),
        ("[s The mayor] [c is considering] [x closing the bridge].", "intention", "possible"),
        ("[s The mayor] [c ordered] [x the engineers to close the bridge].", "order", "certain"),
        ("[s The mayor] [c told] the engineers [x to close the bridge].", "order", "certain"),
        ("[s The mayor] [c told] the engineers [x that the bridge was closed].", "statement", "certain"),
        ("[s The mayor] [c called for] [x a new bridge].", "request", "unknown"),
        ("[s The mayor] [c called] [x the bridge a disgrace].", "statement", "certain"),
        ("[s The mayor] [c has launched an appeal for] [x two million pounds].", "request", "unknown"),
        ("[s The mayor] [c insisted] [x that the bridge be closed].", "request", "unknown"),
        ("[s The mayor] [c asked] [x whether the bridge was safe].", "request", "unknown"),
        ("[s Engineers] [c saw] [x a crack in the bridge].", "perception", "certain"),
        ("[s Engineers] [c heard] [x that the bridge had cracked].", "perception", "certain"),
    ],
)
def test_the_head_of_a_cue_gives_the_attitude(marked, attitude, certainty):
    found = read(marked)
    assert (found.attitude, found.certainty, found.polarity, found.asserted) == (
        attitude,
        certainty,
        "affirmed",
        True,
    )


@pytest.mark.parametrize(
    ("content", "certainty"),
    [
        ("that the bridge would fall", "certain"),  # the future of a report is no hedge
        ("that the bridge may fall", "possible"),
        ("that the bridge might not fall", "possible"),
        ("that the bridge could fall", "possible"),
        ("that she could walk", "certain"),  # what she is able to do
        ("that the bridge is likely to fall", "probable"),
        ("that a likely buyer had come", "certain"),
        ("that the bridge was closed in May", "certain"),
        ("that if it might rain, the bridge will be closed", "certain"),
        ("that the bridge is old and may fall", "certain"),  # the claim itself is not hedged
        ("that the bridge is a danger to those who may cross it", "certain"),
        ("“Is the bridge safe?”", "unknown"),
        ("“Is the bridge safe? It is not.”", "certain"),
    ],
)
def test_hedges_of_the_main_clause_weaken_a_statement(content, certainty):
    assert read(f"[s The mayor] [c said] [x {content}].").certainty == certainty


def test_the_weaker_of_cue_and_content_counts():
    assert read("[s They] [c believe] [x that it could rain].").certainty == "probable"
    assert read("[s They] [c believe] [x that it may rain].").certainty == "possible"
    assert read("[s They] [c may believe] [x that it rains].").certainty == "possible"
    assert read("[s They] [c appear intent on] [x leaving].").certainty == "probable"
    assert read("[s They] [c probably fear] [x that it rains].").certainty == "possible"


@pytest.mark.parametrize(
    ("marked", "polarity", "asserted"),
    [
        ("[s She] [c denied] [x that she had paid].", "denied", True),
        ("[s She] [c ruled out] [x a payment].", "denied", True),
        ("[s She] [c rejected] [x the accusation].", "denied", True),
        ("[s Her] [c denial] [x that she had paid] was brief.", "denied", True),
        ("[s She] [c said] [x that she had not paid].", "affirmed", True),  # a negation of the content
        ("[s She] [c did not deny] [x that she had paid].", "affirmed", False),
        ("[s She] [c refused to rule out] [x a payment].", "affirmed", False),
        ("[s She] [c did not say] [x that she had paid].", "affirmed", False),
        ("[s She] did not [c say] [x that she had paid].", "affirmed", False),
        ("[s She] [c never said] [x that she had paid].", "affirmed", False),
        ("[s She] [c failed to mention] [x that she had paid].", "affirmed", False),
        ("[s She] [c declined] [x to comment].", "denied", False),
        ("[s She] [c refused] [x to pay].", "denied", True),
        ("[s No official] [c said] [x that she had paid].", "affirmed", False),
        ("[s No 10] [c said] [x that she had paid].", "affirmed", True),
        ("[s She] [c not only said] [x that she had paid].", "affirmed", True),
        ("[s She] [c does not think] [x that she paid].", "denied", True),
        ("[s She] [c did not want] [x to pay].", "denied", True),
        ("[s She] [c has no plans] [x to pay].", "denied", True),
        ("[s She] [c has no doubt] [x that she paid].", "affirmed", True),
        ("If [s she] [c says] [x that she paid], ask her.", "affirmed", False),
        ("[s She] [c could say] [x that she paid].", "affirmed", False),
        ("Did [s she] [c say] [x that she had paid]?", "affirmed", False),
        ("[s She] [c asked]: [x “Did you say that he paid?”]", "affirmed", True),
    ],
)
def test_denials_and_what_nobody_claimed(marked, polarity, asserted):
    found = read(marked)
    assert (found.polarity, found.asserted) == (polarity, asserted)


def test_a_negated_belief_of_what_is_open_is_unknown():
    assert read("[s She] [c does not know] [x how it ended].").certainty == "unknown"
    assert read("[s She] [c did not know] [x that it had ended].").certainty == "certain"


@pytest.mark.parametrize(
    ("marked", "hidden", "certainty"),
    [
        ("[x The chief] [c is believed] [x to have fled].", True, "probable"),
        ("[x The chief] has [c reportedly] [x fled].", True, "unknown"),
        ("[x The chief] [c is said] [x to have fled].", True, "unknown"),
        ("There were [c allegations] [x that the chief had fled].", True, "unknown"),
        ("There were [c questions about] [x his flight].", True, "unknown"),
        ("[x The chief] [c seems] [x to have fled].", True, "probable"),
        ("[x The chief] [c was told] [x that he could stay].", True, "certain"),
        ("[x The chief] [c is believed by] [s villagers] [x to have fled].", False, "probable"),
        ("[s Villagers] [c reportedly said] [x that the chief had fled].", False, "certain"),
        ("It rained, [c adding] [x that the chief had fled].", False, "certain"),
        ("[x “The chief has fled.”]", False, "certain"),
    ],
)
def test_a_hidden_source_is_one_that_the_cue_leaves_out(marked, hidden, certainty):
    found = read(marked)
    assert (found.hidden, found.certainty) == (hidden, certainty)


_SENTENCE = segment(
    "the chief said that did not deny to by reports of is believed if may could never, : ? “12”"
)
_WORDS = st.sampled_from([token.text for token in _SENTENCE.tokens])


@given(st.lists(_WORDS, max_size=14), st.data())
def test_any_spans_have_a_stance_and_it_is_the_same_each_time(words, data):
    text = segment(" ".join(words))
    at = st.integers(0, len(text.text))
    spans = [
        tuple(
            sorted(
                {tuple(sorted((data.draw(at), data.draw(at)))) for _ in range(data.draw(st.integers(0, 2)))}
            )
        )
        for _ in range(3)
    ]
    assert stance.of(text, *spans) == stance.of(text, *spans)


def test_a_name_inside_a_cue_is_no_cue():
    assert read("[s She] [c in an interview with the Daily Demand] [x had left].").attitude == "statement"


@given(st.sampled_from(["the Northern Guard", "Ruritania", "Amal Haddad", "NLA"]))
def test_a_holders_name_changes_nothing(name):
    assert read(f"[s {name}] [c has denied] [x that it may leave].") == read(
        "[s the Southern League] [c has denied] [x that it may leave]."
    )
