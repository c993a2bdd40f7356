"""The board: what counts as evidence, which way an indicator moves, and what is not known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from marsad.assessment.board import Board, Standing, board
from marsad.errors import BadInput
from marsad.ledger.store import Store
from marsad.records.reading import Document, Reading

from ...ledger.drawing import opened
from ..watched import GROUP, OTHER, WATCH, Said, counted, ledger_of, report, said

Shown = Callable[..., Board]


@pytest.fixture
def ledger(tmp_path: Path) -> Store:
    return opened(tmp_path / "workspace")


@pytest.fixture
def shown(ledger: Store) -> Shown:
    """The board of a ledger with some reports."""

    def show(*reports: tuple[Document, Reading], **asked: str) -> Board:
        return board(ledger_of(ledger, *reports), WATCH, **asked)

    return show


def of(found: Board, name: str) -> Standing:
    return next(each for each in found.standings if each.indicator.name == name)


def growing(by: str | None = None, when: str = "again", **more: str) -> Said:
    return said(f"The {GROUP} is growing {when}.", by=by, up="strength", **more)


def fading(by: str | None = None) -> Said:
    return said(f"The {GROUP} is weaker than ever.", by=by, down="strength")


OUTLETS = {
    "Post": "in the hills, two teachers and a miller of the upper ford told our reporter",
    "Herald": "despite a hard winter, according to lists that were found beside the burned bridge",
    "Wire": "though nobody can count its men while the road to the salt works stays closed",
}


def apart(name: str, day: str) -> tuple[Document, Reading]:
    """An outlet's own report that the group is growing, no copy of another one's."""
    return report(name, day, growing(when=OUTLETS[name]))


# Evidence


def test_a_claim_serves_every_indicator_that_it_fits(shown: Shown) -> None:
    found = shown(report("Post", "2024-03-01", said(f"A levy pays the {GROUP}'s recruits.", none="strength")))
    assert [each.indicator.name for each in found.standings if each.claims] == ["strength", "finance"]


def test_whoever_speaks_is_not_thereby_the_subject(shown: Shown) -> None:
    found = shown(report("Post", "2024-03-01", said("The harvest tax is a levy.", by=GROUP, none="finance")))
    assert not found.gathered.claims
    assert of(found, "finance").gap == "No evidence: no claim about the subject tells of it."


def test_what_the_subject_says_of_itself_is_about_it(shown: Shown) -> None:
    found = shown(report("Post", "2024-03-01", said("Its levy feeds the poor.", by=GROUP, none="finance")))
    assert len(of(found, "finance").claims) == 1


def test_what_names_only_places_outside_the_area_is_left_out(shown: Shown) -> None:
    words = (
        f"The {GROUP} grows in Odaland.",
        f"The {GROUP} grows in Karoum and Odaland.",
        f"The {GROUP} grows.",
    )
    found = shown(report("Post", "2024-03-01", *(said(each, up="strength") for each in words)))
    assert [each.record.text for each in of(found, "strength").claims] == [words[2], words[1]]


def test_fighters_of_somebody_else_are_not_the_subjects(shown: Shown) -> None:
    mine = said(f"The {GROUP} has 900 fighters.", figure=counted(900, 900))
    other = said(
        f"The {OTHER} sent 2,000 men against the {GROUP}.", figure=counted(2000, 2000, subject=OTHER)
    )
    standing = of(shown(report("Post", "2024-03-01", mine, other)), "strength")
    assert [point.low for each in standing.series for point in each.points] == [900]


def test_harm_is_what_the_subject_does_and_not_what_is_done_to_it(shown: Shown) -> None:
    by_it = said(f"Men of the {GROUP} attacked a mill.", doer=GROUP)
    on_it = said(f"The {OTHER} attacked the {GROUP}.", doer=OTHER)
    dead = said(
        f"The {GROUP} lost 30 men.", figure=counted(30, 30, measure="casualties.killed", aspect="flow")
    )
    standing = of(shown(report("Post", "2024-03-01", by_it, on_it, dead)), "harm")
    assert [each.record.text for each in standing.claims] == [by_it.words]
    assert len(standing.incidents) == 1
    assert not standing.series


# Directions


def test_one_origin_decides_where_no_other_speaks(shown: Shown) -> None:
    standing = of(shown(report("Post", "2024-03-01", growing("Dara Nour"))), "strength")
    assert (standing.movement, standing.gap) == ("up", "Only one origin since 2023-09-04: Dara Nour.")
    assert standing.reason == "Since 2023-09-04, 1 independent origin said up."


def test_up_against_down_is_contested_whatever_the_numbers(shown: Shown) -> None:
    reports = [apart(name, "2024-03-01") for name in OUTLETS]
    standing = of(shown(*reports, report("Courier", "2024-03-02", fading("Ilan Voss"))), "strength")
    assert standing.movement == "contested"


def test_ten_copies_have_one_voice(shown: Shown) -> None:
    text = [f"The mill at the ford burned on the night of the {at}th of March." for at in range(4, 9)]
    wire = [growing(), *(said(each) for each in text)]
    copies = [report(f"Outlet {at}", f"2024-03-{at:02}", *wire) for at in range(1, 11)]
    other = report("Courier", "2024-03-02", said(f"The {GROUP} holds on.", steady="strength"))
    standing = of(shown(*copies, other), "strength")
    assert standing.movement == "contested"  # one says up, one says steady: no majority
    assert standing.origins == 2
    assert standing.reason.endswith("1 independent origin said up, 1 said steady.")


def test_the_majority_stands_beside_who_sees_no_change(shown: Shown) -> None:
    ups = [apart(name, "2024-03-01") for name in ("Post", "Herald")]
    standing = of(
        shown(*ups, report("Wire", "2024-03-02", said(f"The {GROUP} holds on.", steady="strength"))),
        "strength",
    )
    assert standing.movement == "up"
    assert "2 independent origins said up, 1 said steady" in standing.reason


def test_an_unnamed_source_counts_only_where_nobody_else_speaks(shown: Shown) -> None:
    hidden = report("Post", "2024-03-01", fading("a guard"))
    alone = of(shown(hidden), "strength")
    assert (alone.movement, alone.gap) == ("down", "Only unnamed sources since 2023-09-04.")
    assert "1 unnamed origin said down" in alone.reason
    assert of(shown(report("Herald", "2024-03-01", growing())), "strength").movement == "up"


def test_the_newest_word_of_an_origin_counts(shown: Shown) -> None:
    reports = [
        report("Post", day, each) for day, each in (("2024-01-01", fading()), ("2024-03-01", growing()))
    ]
    standing = of(shown(*reports), "strength")
    assert standing.movement == "up"
    assert [voice.day for voice in standing.voices] == ["2024-03-01"]


def test_an_origin_of_two_minds_counts_for_neither(shown: Shown) -> None:
    standing = of(shown(report("Post", "2024-03-01", growing(), fading())), "strength")
    assert standing.movement == "unknown"
    assert {voice.direction for voice in standing.voices} == {"up", "down"}


def test_what_was_true_long_ago_moves_nothing_now(shown: Shown) -> None:
    standing = of(shown(report("Post", "2024-03-01", growing(true_of="2019"))), "strength")
    assert (standing.movement, standing.voices) == ("unknown", ())
    assert standing.gap == "Only old evidence: the newest is of 2019-12-31. Only one origin: Post."


@pytest.mark.parametrize(
    "sentence",
    [
        said(f"The {GROUP} is growing again.", up="strength", polarity="denied"),
        said(f"to make the {GROUP} grow", up="strength", attitude="intention"),
        said(f"The {OTHER} grows as the {GROUP} waits.", up="strength"),
    ],
    ids=["denied", "intended", "of two actors"],
)
def test_what_does_not_say_that_the_subject_moves_is_no_voice(shown: Shown, sentence: Said) -> None:
    standing = of(shown(report("Post", "2024-03-01", sentence)), "strength")
    assert (standing.movement, len(standing.claims)) == ("unknown", 1)


def test_who_passes_a_word_on_has_not_said_it(shown: Shown) -> None:
    outer = said(f"Ilan Voss warned that the {GROUP} is growing again.", up="strength")
    inner = said(f"that the {GROUP} is growing again", by="Dara Nour", up="strength", inside=0)
    standing = of(shown(report("Post", "2024-03-01", outer, inner)), "strength")
    assert [voice.origin.name for voice in standing.voices] == ["Dara Nour"]


def test_an_indicators_own_words_alone_say_how_it_moves(shown: Shown) -> None:
    lost = said(f"The {OTHER} has retaken Karoum from the {GROUP}.", up="territory")
    held = said(f"The {GROUP} still holds the road.", by="Dara Nour", none="territory")
    gain = said(f"The {GROUP} gained the ridge.", by="River Panel", up="territory")
    standing = of(shown(report("Post", "2024-03-01", lost, held, gain)), "territory")
    assert [(voice.origin.name, voice.direction) for voice in standing.voices] == [
        ("Post", "down"),
        ("Dara Nour", "steady"),
    ]


# Figures


def panel(day: str, words: str, low: float, high: float, **more: str) -> tuple[Document, Reading]:
    return report("Post", day, said(words, by="River Panel", figure=counted(low, high, **more)))


def test_an_origins_own_estimates_move_an_indicator(shown: Shown) -> None:
    first = panel(
        "2023-07-01", f"The {GROUP} has 900 to 1,200 fighters in Karoum.", 900, 1200, as_of="2023-06"
    )
    second = panel("2024-03-01", f"The {GROUP} has 300 to 500 fighters in Karoum.", 300, 500, as_of="2024-02")
    standing = of(shown(first, second), "strength")
    assert standing.movement == "down"
    (voice,) = standing.voices
    assert voice.origin.name == "River Panel"
    assert len(voice.records) == 2


def test_no_estimate_is_compared_with_one_of_another_scope_or_origin(shown: Shown) -> None:
    wide = panel("2023-07-01", f"The {GROUP} has 900 to 1,200 fighters.", 900, 1200, as_of="2023-06")
    narrow = panel("2024-03-01", f"The {GROUP} has 300 to 500 fighters in Karoum.", 300, 500, as_of="2024-02")
    other = said(
        f"The {GROUP} has 50 fighters in Karoum.", by="Dara Nour", figure=counted(50, 50, as_of="2024-02")
    )
    standing = of(shown(wide, narrow, report("Herald", "2024-03-02", other)), "strength")
    assert standing.movement == "unknown"
    assert not standing.voices


# Contradictions


def test_who_denies_need_not_name_the_subject(shown: Shown) -> None:
    taken = said(f"The {GROUP} has taken Karoum.", by="Dara Nour", none="territory")
    denied = said("that the town has been taken", by="Ilan Voss", polarity="denied", denies=0)
    found = shown(report("Post", "2024-03-01", taken, denied))
    (question,) = of(found, "territory").contradictions
    assert [side.claims[0].holder for side in question.sides] == ["Dara Nour", "Ilan Voss"]
    assert len(found.gathered.claims) == 1
    assert sum(len(each.contradictions) for each in found.standings) == 1


# Dates


def test_the_board_stands_at_the_last_day_of_the_ledger(shown: Shown) -> None:
    old = report("Post", "2020-03-01", growing())
    found = shown(old, report("Herald", "2024-03-01", said("The mill burned.")))
    assert (found.day, of(found, "strength").movement) == ("2024-03-01", "unknown")


def test_an_empty_ledger_has_a_board_of_gaps(shown: Shown) -> None:
    found = shown()
    assert found.day is None
    assert all(each.gap and each.movement == "unknown" for each in found.standings)


def test_since_has_to_lie_before_the_board(shown: Shown) -> None:
    with pytest.raises(BadInput, match="since 2024-03-31: the board stands at 2024-03-01"):
        shown(report("Post", "2024-03-01", growing()), since="2024-03")


def test_a_database_shows_the_same_board(address: str) -> None:
    taken = said(f"The {GROUP} has taken Karoum.", by="Dara Nour", none="territory")
    denied = said("that the town has been taken", by="Ilan Voss", polarity="denied", denies=1)
    with Store.open(address, create=True) as store:
        ledger_of(store, report("Post", "2024-03-01", growing(), taken, denied), apart("Wire", "2024-03-02"))
        found = board(store, WATCH, as_known="2024-03-31", since="2024-03-01")
    assert of(found, "strength").reason == "Since 2023-10-04, 2 independent origins said up."
    assert len(of(found, "territory").contradictions) == 1
    assert not found.changes


# Silence


def test_who_is_heard_under_a_longer_name_is_not_silent(shown: Shown) -> None:
    found = shown(
        report("Post", "2023-01-01", said(f"The {GROUP} is growing.", by="The Panel", up="strength")),
        report("Herald", "2024-03-01", said(f"The {GROUP} is growing.", by="River Panel", up="strength")),
    )
    assert "The Panel" not in {each.name for each in found.silent}


def test_who_spoke_before_and_not_now_is_silent(shown: Shown) -> None:
    early = [apart(name, "2022-01-01") for name in ("Post", "Herald")]
    later = report("Herald", "2024-03-01", said("The mill burned."))
    found = shown(*early, later)
    reasons = {each.name: each.reason for each in found.silent}
    assert reasons == {
        "Herald": "Last heard of the subject on 2022-01-01; none of its documents since 2023-09-04 (1) speaks of it.",
        "Post": "Last heard of the subject on 2022-01-01; the ledger has nothing of it since 2023-09-04.",
    }
