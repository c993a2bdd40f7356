"""Agreements: claims that say the same, with the origins that are independent, and a proposed credibility."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.assessment.agreement import Agreement, agreements, incident_agreements
from marsad.ledger.asking.found import Found
from marsad.linkage.origins import Origin
from marsad.records import interval
from marsad.records.reading import Claim, Incident, IncidentStatus, Party

from ..making import PLACES, READER, gathered, identity, origin, told

RAID = "fighters of the Reed Front raided the salt depot at Karoum"
ALSO = "the Reed Front had raided a depot for salt in Karoum"


def agreed(*claims: Found[Claim], **fields: object) -> Agreement:
    (found,) = agreements(gathered(*claims, **fields))  # type: ignore[arg-type]
    return found


def names(found: Agreement) -> set[str]:
    return {group.name for group in found.origins}


def test_two_named_origins_propose_credibility_1() -> None:
    found = agreed(told(RAID, by="Dara Nour"), told(ALSO, by="River Panel", publisher="Lake Radio"))
    assert names(found) == {"Dara Nour", "River Panel"}
    assert (found.proposed, found.echoes) == (1, 0)
    assert str(found.reason) == "2 independent named origins say it: Dara Nour, River Panel."


def test_ten_copies_of_one_wire_are_one_origin() -> None:
    outlets = [f"Outlet {n}" for n in range(10)]
    claims = [told(RAID, by="Dara Nour", publisher=outlet) for outlet in outlets]
    found = agreed(*claims, first={each.found_in.id: claims[0].found_in.id for each in claims[1:]})
    assert (len(found.origins), found.echoes, found.proposed) == (1, 9, None)


def test_nobody_without_a_name_supports_credibility_1() -> None:
    for weak in ("a security official", "nobody", "private"):
        found = agreed(told(RAID, by="Dara Nour"), told(ALSO, by=weak, publisher="Lake Radio"))
        assert found.proposed is None, weak
        assert str(found.reason).startswith("One named origin says it: Dara Nour"), weak


def test_one_voice_under_several_names_is_counted_once() -> None:
    found = agreed(
        told(RAID, by="United Nations Panel"),
        told(ALSO, by="UN Panel", publisher="Lake Radio"),
        told(RAID, by="the panel", publisher="Odan Times"),
    )
    assert len(found.origins) == 1
    state = agreed(told(RAID, by="United States"), told(ALSO, by="US", publisher="Lake Radio"))
    assert len(state.origins) == 1


def test_a_minister_and_the_ministry_are_one_voice() -> None:
    claims = (told(RAID, by="Grace Doe"), told(ALSO, by="Ministry of Health", publisher="Lake Radio"))
    assert agreed(*claims).proposed == 1
    assert agreed(*claims, actors={"x": "grace doe (minister of health)"}).proposed is None


def test_a_president_confirms_nothing_that_his_state_says() -> None:
    """Only one document tells whose president he is; in the others his word goes back to himself."""
    claims = (told(RAID, by="Ana Ruiz"), told(ALSO, by="Lake State", publisher="Lake Radio"))
    party = Party(text="President Ana Ruiz", spans=((0, 18),), actor="ruiz", kind="person")
    speaks = told("the harvest was good this year", publisher="Odan Times", chain=(party,))
    found = (*claims, speaks)
    of_state = {**{each.id: origin(each) for each in claims}, speaks.id: origin(claims[1])}
    known: dict[str, object] = {"actors": {"ruiz": "ana ruiz"}, "names": {"ana ruiz": "Ana Ruiz"}}
    assert agreed(*found, **known).proposed == 1
    assert agreed(*found, origins=of_state, **known).proposed is None


def test_what_says_nothing_of_its_own_is_one_only_with_its_holder() -> None:
    several = [told("the claim", by=name, at=at) for at, name in enumerate(("Dara Nour", "Ana Ruiz"))]
    assert agreements(gathered(*several)) == ()


def test_a_sentence_that_two_outlets_share_is_a_copy_of_it() -> None:
    found = agreed(told(RAID), told(RAID, publisher="Lake Radio", day="2024-03-02"))
    assert (names(found), found.proposed) == ({"Morning Post"}, None)


def test_an_outlet_that_names_whom_it_repeats_says_nothing_of_its_own() -> None:
    repeated = f"{RAID}, the River Panel found"
    found = agreed(told(RAID, by="River Panel"), told(repeated, publisher="Lake Radio", day="2024-03-02"))
    assert names(found) == {"River Panel"}


def test_an_outlet_that_prints_the_number_of_another_is_its_echo() -> None:
    words = "people were killed by the Reed Front in Karoum on the first night"
    counted = told(f"12 {words}", by="Dara Nour", killed=(12, 12))
    later = told(f"12 {words} alone", publisher="Lake Radio", day="2024-03-02", killed=(12, 12))
    assert names(agreed(counted, later)) == {"Dara Nour"}


def test_what_an_outlet_saw_itself_is_a_voice_of_its_own() -> None:
    seen = f"the {RAID}"
    found = agreed(told(RAID, by="Dara Nour"), told(seen, publisher="Lake Radio", day="2024-03-02"))
    assert (names(found), found.proposed) == ({"Dara Nour", "Lake Radio"}, 1)


def test_a_sentence_that_an_outlet_writes_anew_is_that_of_the_first() -> None:
    found = agreed(told(RAID), told(ALSO, publisher="Lake Radio", day="2024-03-02"))
    assert (names(found), found.proposed) == ({"Morning Post"}, None)


def test_what_an_outlet_prints_everywhere_is_its_own_inside_a_wire_too() -> None:
    guide = "to send us word of a raid by the front see the guide on our contact page"
    wire = told(f"if you were there {guide}", publisher="Lake Radio", day="2024-03-01")
    own = told(guide, publisher="Lake Radio", day="2024-03-02")
    origins = {
        wire.id: Origin("named:morning post", "Morning Post", "publisher", own=True),
        own.id: origin(own),
    }
    other = told("the rains came early to the western shore of the lake")
    origins[other.id] = origin(other)
    assert names(agreed(wire, own, other, origins=origins)) == {"Lake Radio"}


def test_credibility_needs_two_claims_that_surely_say_the_same() -> None:
    found = agreed(told(RAID, by="Dara Nour"), told(ALSO, publisher="Lake Radio", day="2024-03-02"))
    assert (names(found), found.proposed) == ({"Dara Nour", "Lake Radio"}, None)
    assert str(found.reason).startswith("2 named origins say nearly this")


def test_what_is_said_inside_a_claim_that_says_the_same_is_part_of_it() -> None:
    inner, outer = told(ALSO, by="Dara Nour", at=10), told(f"so it was: {RAID}", by="Ilan Voss", at=0)
    found = agreed(outer, inner, told(RAID, by="River Panel", publisher="Lake Radio"))
    assert inner.id in {each.id for each in found.parts}
    assert "Dara Nour" not in names(found)


def test_a_claim_alone_is_in_no_agreement() -> None:
    assert (
        agreements(gathered(told(RAID), told("the rains came early to the western shore of the lake"))) == ()
    )


def test_claims_stand_in_the_order_in_which_they_became_known() -> None:
    late, early = told(RAID, by="Dara Nour", day="2024-03-05"), told(ALSO, by="River Panel", day="2024-03-02")
    found = agreed(late, early)
    assert [each.id for each in found.claims] == [early.id, late.id]
    assert found.id == early.id


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_the_order_of_documents_changes_nothing(order: list[int]) -> None:
    claims = [
        told(words, by=by, publisher=f"Outlet {n}", day=f"2024-03-0{n + 1}")
        for n, (words, by) in enumerate([(RAID, "Dara Nour"), (ALSO, "River Panel"), (RAID, None)] * 2)
    ]
    assert agreements(gathered(*(claims[n] for n in order))) == agreements(gathered(*claims))


def raid(claim: Found[Claim], status: str) -> Found[Incident]:
    incident = Incident(
        id=identity(claim.id, status),
        claims=(claim.id,),
        spans=((0, 1),),
        type="ASSAULT",
        reader=READER,
        statuses=(IncidentStatus(claim=claim.id, value=status),),  # type: ignore[arg-type]
        sides=((), ()),
        places=("karoum",),
        date=interval.parse("2024-03-01"),
        where_prec=1,
        date_prec=1,
    )
    return Found(record=incident, found_in=claim.found_in, names={})


def test_who_denies_an_incident_does_not_confirm_it() -> None:
    claims = (
        told(RAID, by="Dara Nour"),
        told("that others raided it", by="River Panel", publisher="Lake Radio"),
        told("that no raid ever happened", by="River Panel", publisher="Odan Times"),
    )
    happened, also, never = (
        raid(claim, status) for claim, status in zip(claims, ("occurred", "occurred", "denied"), strict=True)
    )
    known = replace(gathered(*claims), places={"karoum": PLACES["Karoum"]})
    (found,) = incident_agreements(replace(known, incidents=(happened, also)))
    assert found.proposed == 1
    (found,) = incident_agreements(replace(known, incidents=(happened, also, never)))
    assert (found.proposed, [group.name for group in found.origins]) == (None, ["Dara Nour"])
