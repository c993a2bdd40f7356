from __future__ import annotations

import pytest
from msgspec.structs import replace

from marsad.ledger.reviewing import applying as reviewing
from marsad.ledger.reviewing import drafting
from marsad.ledger.reviewing.applying import Reviewed
from marsad.ledger.reviewing.links import KINDS
from marsad.records.reading import Notice

from .making import READER, frozen
from .sessions import TEXT, Session, extracted_again, ids, of, rich, without


@pytest.fixture
def session() -> Session:
    return Session()


def test_without_reviews_the_reading_is_the_machines(session: Session) -> None:
    assert reviewing.apply(session.machine, ()) == Reviewed(session.machine, {}, ())


def test_accepting_keeps_the_record_as_it_was_read(session: Session) -> None:
    session.of("f1", "accept")
    done = session.applied()
    assert done.reading == session.machine
    assert done.verdicts == {"f1": ("accepted", "r1", "amy")}
    assert done.outcomes == (("r1", "applied", "f1", None),)


def test_an_edit_goes_on_top_of_what_the_machine_reads_now(session: Session) -> None:
    session.of("f1", "edit", measure="strength.fighters")
    improved = replace(
        session.machine, figures=tuple(replace(f, unit="man") for f in session.machine.figures)
    )
    figure = session.applied(improved).reading.figures[0]
    assert (figure.measure, figure.unit, figure.reader) == ("strength.fighters", "man", "review@1")
    assert session.applied().verdicts["f1"].state == "edited"


def test_the_latest_review_of_a_record_counts(session: Session) -> None:
    session.of("c1", "edit", certainty="probable")
    session.of("c1", "edit", by="bo", certainty="possible")
    done = session.applied()
    assert of(done.reading, "c1").certainty == "possible"
    assert done.verdicts["c1"] == ("edited", "r2", "bo")
    assert [each.state for each in done.outcomes] == ["superseded", "applied"]


def test_what_was_edited_before_stays_when_another_field_is_edited_or_the_record_accepted(
    session: Session,
) -> None:
    session.of("c1", "edit", certainty="probable")
    session.of("c1", "edit", attitude="belief")
    session.of("c1", "accept", by="bo")
    claim = of(session.now, "c1")
    assert (claim.certainty, claim.attitude) == ("probable", "belief")
    assert session.applied().verdicts["c1"] == ("accepted", "r3", "bo")


def test_a_withdrawn_review_counts_no_more_and_the_one_before_it_does_again(session: Session) -> None:
    first = session.of("c1", "edit", certainty="probable")
    second = session.of("c1", "reject")
    assert "c1" not in ids(session.now.claims)
    session.withdraw(second)
    assert of(session.now, "c1").certainty == "probable"
    session.withdraw(first)
    assert session.now == session.machine
    assert session.states() == ["withdrawn", "withdrawn", "applied", "applied"]


def test_a_withdrawal_can_be_withdrawn(session: Session) -> None:
    rejected = session.of("c1", "reject")
    session.withdraw(session.withdraw(rejected))
    assert "c1" not in ids(session.now.claims)
    assert session.states() == ["applied", "withdrawn", "applied"]


def test_a_withdrawal_of_no_earlier_review_does_nothing(session: Session) -> None:
    session.of("c1", "accept")
    session.record(replace(session.reviews[0], action="withdraw", withdraws="r99"))
    session.record(replace(session.reviews[0], action="withdraw", withdraws="r3"))
    assert session.states() == ["applied", "dormant", "dormant"]


# What another reader finds


def test_a_record_that_the_new_reading_lacks_stays(session: Session) -> None:
    session.of("f1", "edit", measure="strength.fighters")
    session.of("f2", "accept")
    session.of("i1", "accept")
    done = session.applied(without(session.machine, "figures", "incidents"))
    assert [(f.id, f.text, f.measure) for f in done.reading.figures] == [
        ("f1", "300", "strength.fighters"),
        ("f2", "40", "count.thing"),
    ]
    assert done.reading.figures[1].reader == READER
    assert done.reading.figures[1].places == ("p1",)
    assert done.reading.incidents[0].claims == ("c2",)


def test_new_ids_go_on_after_those_of_the_reading(session: Session) -> None:
    session.add("claim", "the group has 300")
    assert ids(session.now.claims)[-1] == f"c{len(session.machine.claims) + 1}"


def test_rejecting_what_is_not_there_is_dormant(session: Session) -> None:
    session.of("f1", "reject")
    assert session.states() == ["applied"]
    assert session.states(without(session.machine, "figures")) == ["dormant"]


def test_the_one_record_that_overlaps_by_half_is_meant(session: Session) -> None:
    session.of("c1", "edit", certainty="probable")
    claim = session.machine.claims[0]
    begin, end = claim.spans[0]
    longer = replace(claim, spans=((begin, end - 10),), text=claim.text[:-10])
    moved = replace(session.machine, claims=(longer, *session.machine.claims[1:]))
    done = session.applied(moved)
    assert of(done.reading, "c1") == replace(longer, certainty="probable", reader="review@1")
    assert len(done.reading.claims) == len(session.machine.claims)


def test_two_that_overlap_by_half_are_ambiguous(session: Session) -> None:
    session.of("c1", "reject")
    claim = session.machine.claims[0]
    begin, end = claim.spans[0]
    pair = [((begin, end - 2),), ((begin + 2, end),)]
    text = session.machine.document.text
    near = [replace(claim, id=f"c{9 + n}", spans=s, text=text[s[0][0] : s[0][1]]) for n, s in enumerate(pair)]
    moved = replace(session.machine, claims=(*near, *session.machine.claims[1:]), figures=())
    assert session.states(moved) == ["ambiguous"]
    assert "c9, c10" in str(session.outcome("r1", moved).reason)


def test_a_review_of_a_claim_that_is_gone_does_not_take_the_claim_around_it_from_another_review(
    session: Session,
) -> None:
    outer, inner = "c4", "c6"
    session.of(outer, "accept")
    session.of(inner, "reject", by="bo")
    coarse = replace(session.machine, claims=tuple(c for c in session.machine.claims if c.id != inner))
    done = session.applied(coarse)
    assert done.verdicts[outer].state == "accepted"
    assert done.outcomes[1].state == "ambiguous"


def test_records_on_the_same_words_are_told_by_their_number(session: Session) -> None:
    session.of("r1", "reject")
    session.of("r2", "edit", polarity="denied")
    assert [(r.id, r.type, r.polarity) for r in session.now.relations] == [("r2", "opposes", "denied")]
    session.withdraw("r1")
    assert ids(session.now.relations) == ["r1", "r2"]


def test_one_record_where_there_were_two_is_ambiguous(session: Session) -> None:
    session.of("r2", "accept")
    fewer = replace(session.machine, relations=session.machine.relations[:1])
    assert session.states(fewer) == ["ambiguous"]


def test_both_of_two_records_stay_when_the_reader_finds_neither(session: Session) -> None:
    session.of("r1", "accept")
    session.of("r2", "accept")
    kept = session.applied(without(session.machine, "relations")).reading.relations
    assert [relation.type for relation in kept] == ["fights", "opposes"]


def test_an_accepted_record_that_is_read_otherwise_now_says_so(session: Session) -> None:
    session.of("f1", "accept")
    worse = replace(session.machine.figures[0], low=3, high=3, best=3)
    changed = replace(session.machine, figures=(worse, session.machine.figures[1]))
    assert session.outcome("r1", changed).reason == "read otherwise now: low, high, best"


# What people add


def test_an_added_record_that_the_reader_finds_too_is_one_record(session: Session) -> None:
    bare = Session(without(session.machine, "places", "incidents"))
    bare.add("place", "Karoum", occurrence=2, kind="village", country="SY")
    assert bare.now.places[0].kind == "village"
    merged = bare.applied(session.machine)
    assert len(merged.reading.places) == len(session.machine.places)
    place = of(merged.reading, "p2")
    assert (place.kind, place.country) == ("village", "SY")
    assert merged.verdicts["p2"].state == "added"


def test_an_added_record_can_be_edited_accepted_and_rejected(session: Session) -> None:
    session.add("actor", "raiders", kind="armed_group")
    added = session.now.actors[-1]
    session.of(added.id, "edit", by="bo", role="gang")
    actor = of(session.now, added.id)
    assert (actor.kind, actor.role) == ("armed_group", "gang")
    session.of(added.id, "reject")
    assert added.id not in ids(session.now.actors)
    assert session.states() == ["superseded", "superseded", "applied"]


def test_a_claim_rejected_and_added_anew_is_the_persons_own(session: Session) -> None:
    session.of("c1", "reject")
    session.add("claim", session.machine.claims[0].text, certainty="possible")
    done = session.applied()
    claim = of(done.reading, "c1")
    assert (claim.source, claim.kind, claim.certainty) == (None, "narrated", "possible")


def test_a_record_added_on_words_that_another_was_moved_from_is_a_new_one(session: Session) -> None:
    before = session.machine.claims[0].text
    session.of("c1", "edit", words="has 300 men")
    session.add("claim", before)
    texts = [claim.text for claim in session.now.claims]
    assert texts.count("has 300 men") == 1
    assert texts.count(before) == 1


# What goes along


def test_a_rejected_claim_takes_its_figures_relations_and_incidents_along(session: Session) -> None:
    session.of("c2", "reject")
    done = session.applied()
    assert ids(done.reading.figures) == ["f1"]
    assert done.reading.incidents == ()
    assert done.outcomes[0].reason == "along with c2 went f2, i1"
    session.of("c3", "reject")
    assert session.now.relations == ()
    session.withdraw("r1")
    assert ids(session.now.incidents) == ["i1"]


def test_an_incident_stays_with_its_other_claims(session: Session) -> None:
    incident = replace(session.machine.incidents[0], claims=("c2", "c3"))
    both = Session(replace(session.machine, incidents=(incident,)))
    both.of("c2", "reject")
    (left,) = both.now.incidents
    assert (left.claims, left.statuses) == (("c3",), ())


def test_the_children_of_a_rejected_claim_stay_without_it(session: Session) -> None:
    session.of("c4", "reject")
    assert of(session.now, "c6").parent is None
    assert session.outcome("r1").reason == "c6 no longer refers to c4"


@pytest.mark.parametrize(
    ("rejected", "local", "field", "left"),
    [("a1", "c1", "about", ()), ("p1", "f1", "places", ()), ("p2", "i1", "places", ())],
)
def test_nothing_refers_to_what_is_rejected(
    session: Session, rejected: str, local: str, field: str, left: object
) -> None:
    session.of(rejected, "reject")
    assert getattr(of(session.now, local), field) == left
    assert local in session.outcome("r1").reason


def test_a_rejected_time_and_actor_leave_intervals_and_parties(session: Session) -> None:
    session.of("t1", "reject")
    session.of("a1", "reject")
    assert of(session.now, "i1").date.time is None
    assert of(session.now, "c1").source.actor is None
    assert of(session.now, "c1").source.text == "Wardak"


def test_an_accepted_figure_goes_with_its_rejected_claim_and_is_said_to(session: Session) -> None:
    session.of("f1", "accept")
    session.of("c1", "reject", by="bo")
    outcome = session.outcome("r1")
    assert (outcome.state, outcome.local) == ("orphaned", None)
    assert "c1" in outcome.reason


def test_a_figure_whose_claim_is_not_found_hangs_on_the_smallest_claim_around_it(session: Session) -> None:
    session.of("f1", "accept")
    begin, end = session.machine.claims[0].spans[0]
    wide = ((0, len(TEXT) - 1),)
    other = replace(session.machine.claims[0], id="c7", spans=wide, text=TEXT[:-1])
    coarse = replace(without(session.machine, "figures", "relations", "incidents"), claims=(other,))
    assert session.applied(coarse).reading.figures[0].claim == "c7"
    assert session.states(without(coarse, "claims")) == ["orphaned"]
    assert end > begin


def test_a_warning_goes_when_one_of_its_records_is_changed(session: Session) -> None:
    notice = Notice(code="implausible_ratio", message="300 / 40 = 7.5", records=("f1", "f2"))
    warned = Session(replace(session.machine, warnings=(notice,)))
    warned.of("f1", "accept")
    assert warned.now.warnings == (notice,)
    warned.of("f2", "edit", best=41)
    assert warned.now.warnings == ()


def test_reviews_that_would_make_a_circle_leave_it_open(session: Session) -> None:
    session.of("c1", "edit", parent="c2")
    claims = session.machine.claims
    other = replace(session.machine, claims=(claims[0], replace(claims[1], parent="c1"), *claims[2:]))
    left = session.applied(other).reading.claims
    assert [claim.parent for claim in left[:2]].count(None) == 1


# Private words


def test_private_words_are_masked_everywhere_and_unmasked_again(session: Session) -> None:
    session.add("private", "Karoum")
    assert len(session.now.private) == 3
    session.record(drafting.unmasking(session.now, "Karoum", "bo", "a town"))
    assert session.now.private == ()
    assert session.states() == ["superseded", "applied"]


def test_what_the_machine_masks_can_be_unmasked_and_a_part_of_it_cannot() -> None:
    at = TEXT.index("Amina Saleh")
    masked = Session(replace(rich(frozen(TEXT)), private=((at, at + 11),)))
    masked.record(drafting.unmasking(masked.now, "Amina", "bo", "a public person"))
    assert masked.now.private == ((at, at + 11),)
    assert masked.states() == ["dormant"]
    masked.record(drafting.unmasking(masked.now, "Amina Saleh", "bo", "a public person"))
    assert masked.now.private == ()


def test_masks_are_sorted_and_merged() -> None:
    at = TEXT.index("Amina Saleh")
    masked = Session(replace(rich(frozen(TEXT)), private=((at, at + 11),)))
    masked.add("private", "Saleh lost")
    masked.add("private", "Wardak", occurrence=1)
    assert masked.now.private == ((0, 6), (at, at + 16))


def test_a_private_source_that_people_name_is_masked(session: Session) -> None:
    at = TEXT.index("Amina Saleh")
    session.add("claim", "lost her home", source={"text": "Amina Saleh", "kind": "private"})
    assert session.now.private == ((at, at + 11),)


def test_a_mask_stays_where_one_of_its_places_is_lost(session: Session) -> None:
    session.add("private", "Karoum")
    again = extracted_again(session.machine.document, TEXT.replace("the road to Karoum", "the road"))
    assert len(session.applied(rich(again)).reading.private) == 2
    assert session.outcome("r1", rich(again)).reason == "2 of 3 places found again"


# Another extraction


def test_every_span_of_a_kept_record_is_found_in_another_extraction(session: Session) -> None:
    session.of("r1", "accept")
    session.of("c6", "edit", certainty="probable")
    session.of("i1", "accept")
    again = extracted_again(session.machine.document, "VALLEY NEWS 7\n\n" + TEXT.replace(" ", "\n  "))
    bare = replace(
        rich(session.machine.document), document=again, **dict.fromkeys((k.list for k in KINDS.values()), ())
    )
    whole = replace(
        bare,
        claims=(
            replace(
                session.machine.claims[2],
                id="c1",
                spans=((0, len(again.text)),),
                text=again.text,
                source=None,
                chain=(),
                about=(),
            ),
        ),
    )
    done = session.applied(whole)
    relation, claim = done.reading.relations[0], done.reading.claims[1]
    assert (relation.source.text, relation.target.text) == ("raiders", "group")
    assert claim.text.split() == session.machine.claims[5].text.split()
    assert claim.cue.text == "that"
    assert [each.state for each in done.outcomes] == ["applied", "applied", "orphaned"]


def test_a_lost_cue_is_null_and_said(session: Session) -> None:
    session.of("c6", "edit", certainty="probable")
    again = extracted_again(session.machine.document, TEXT.replace("holds that", "says:"))
    bare = replace(session.machine, document=again, **dict.fromkeys((k.list for k in KINDS.values()), ()))
    done = session.applied(bare)
    assert done.reading.claims[0].cue is None
    assert done.outcomes[0].reason == "not found again: parent, cue"


def test_words_that_are_gone_or_there_twice_are_said(session: Session) -> None:
    session.of("c5", "accept")
    document = session.machine.document
    gone = extracted_again(document, TEXT.replace("Amina Saleh", "A resident"))
    assert session.states(rich(gone)) == ["orphaned"]
    twice = extracted_again(document, TEXT + TEXT)
    assert session.states(rich(twice)) == ["ambiguous"]
