from __future__ import annotations

from typing import Any

from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from marsad.errors import BadInput
from marsad.ledger.reviewing import applying as reviewing
from marsad.ledger.reviewing import consequences
from marsad.ledger.reviewing.links import KINDS, links, records, spans_of
from marsad.records.reading import Reading
from marsad.records.review import Quote

from .sessions import TEXT, Session, extracted_again, of, rich, without

KIND_FIELDS: dict[str, list[tuple[str, Any]]] = {
    "c": [
        ("certainty", "possible"),
        ("parent", "c1"),
        ("source", "raiders"),
        ("source", None),
        ("words", "the group"),
        ("about", "a1"),
    ],
    "f": [("bound", "at_least"), ("claim", "c2"), ("scope", "in Karoum"), ("places", []), ("part_of", "f1")],
    "i": [("claims", ["c1", "c2"]), ("sides", [["raiders"], ["the group"]]), ("mode", "raid")],
    "r": [("polarity", "denied"), ("target", "Elder Council"), ("claim", "c1")],
    "p": [("kind", "village"), ("within", "p1"), ("words", "the road to Karoum")],
    "t": [("edtf", "2024-03"), ("mod", "START")],
    "a": [("role", "chief"), ("parent", "a1"), ("aliases", ["W."])],
}
ADDED: list[tuple[str, str, dict[str, Any]]] = [
    ("claim", "the group has 300 men", {}),
    ("claim", "40 tents burnt", {"source": {"text": "Elder Council", "kind": "private"}}),
    ("figure", "300 men", {"measure": "strength.fighters"}),
    ("actor", "raiders", {"kind": "armed_group"}),
    ("place", "the road", {}),
    ("incident", "burnt", {"type": "ASSAULT"}),
    ("relation", "fight", {"type": "opposes", "source": "raiders", "target": "the group"}),
    ("time", "in March", {"edtf": "2024-03"}),
    ("private", "Amina Saleh", {}),
]


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Up to eight reviews, each of what is there when it is made."""
    session = Session()
    for _ in range(draw(st.integers(1, 8))):
        action = draw(st.sampled_from(["add", "accept", "edit", "edit", "reject", "withdraw"]))
        try:
            if action == "withdraw" and session.reviews:
                session.withdraw(draw(st.sampled_from(session.reviews)).id)
            elif action == "add":
                kind, words, fields = draw(st.sampled_from(ADDED))
                session.add(
                    kind,
                    words,
                    by=draw(st.sampled_from(["amy", "bo"])),
                    **fields,
                )
            else:
                now = session.now
                everything = [record.id for kind in KINDS for record in records(now, kind)]
                if action == "withdraw" or not everything:
                    continue
                local = draw(st.sampled_from(everything))
                fields = dict([draw(st.sampled_from(KIND_FIELDS[local[0]]))]) if action == "edit" else {}
                session.of(local, action, **fields)
        except BadInput:
            continue
    return session


READERS = st.sampled_from(
    [
        (),
        ("figures",),
        ("relations", "incidents"),
        ("places", "actors"),
        ("claims", "figures", "relations", "incidents"),
    ]
)
EXTRACTIONS = st.sampled_from(
    [
        TEXT,
        "HEADER 1\n\n" + TEXT,
        TEXT.replace("\n", "\n\n"),
        TEXT.replace(" in ", " in  ") + "\nFOOTER",
        TEXT.replace("Karoum", "Qarum"),
        TEXT + TEXT,
        "",
    ]
)


@settings(max_examples=80)
@for_any(sessions(), READERS, EXTRACTIONS)
def test_any_reviews_leave_any_reading_of_any_extraction_sound(
    session: Session, missing: tuple[str, ...], text: str
) -> None:
    own = session.applied()
    assert len(own.outcomes) == len(session.reviews)
    assert "ambiguous" not in {each.state for each in own.outcomes}
    document = session.machine.document
    again = rich(extracted_again(document, text) if text != TEXT else document)
    lean = replace(again, **dict.fromkeys(missing, ()))
    if missing:
        lean = (
            without(lean, "figures", "relations", "incidents", "claims")
            if "claims" in missing
            else _unlinked(lean)
        )
    done = session.applied(lean)
    assert done == reviewing.apply(lean, session.reviews)


def _unlinked(reading: Reading) -> Reading:
    """References to what this reader does not find are left out, as a reader would."""
    there = {record.id for kind in KINDS for record in records(reading, kind)}
    found = {record.id: record for kind in KINDS for record in records(reading, kind)}
    gone = {link.local for record in found.values() for link in links(record)} - there
    left = consequences.without(found, gone).left
    return replace(
        reading,
        **{KINDS[k].list: tuple(left[r.id] for r in records(reading, k) if r.id in left) for k in KINDS},
    )


@settings(max_examples=80)
@for_any(sessions(), st.booleans())
def test_a_new_reader_and_other_line_breaks_lose_no_decision_without_a_word(
    session: Session, is_blind: bool
) -> None:
    text = "VALLEY NEWS\n\n" + TEXT.replace(" ", "  ")
    again = rich(extracted_again(session.machine.document, text))
    if is_blind:
        again = without(again, *(kind.list for kind in KINDS.values()))
    is_taken_back = any(review.action == "withdraw" for review in session.reviews)
    before, after = session.applied(), session.applied(again)
    for was, now in zip(before.outcomes, after.outcomes, strict=True):
        if was.local is not None and was.state == "applied" and now.state not in ("ambiguous", "orphaned"):
            old, new = of(before.reading, was.local), of(after.reading, now.local)
            words = [TEXT[a:b].split() for a, b in spans_of(old)]
            if not (is_blind and is_taken_back):  # a kept record is whole as its last review left it
                assert words == [text[a:b].split() for a, b in spans_of(new)]
            review = next(each for each in session.reviews if each.id == was.review)
            for name in set(review.fields) & {
                "certainty",
                "measure",
                "polarity",
                "mode",
                "role",
                "bound",
                "type",
            }:
                assert getattr(new, name) == getattr(old, name)
        elif was.local is not None and was.state == "applied":
            assert now.reason


@st.composite
def damaged(draw: st.DrawFn) -> Session:
    """Reviews as a fault or a stranger might have written them."""
    session = draw(sessions())
    for at, review in enumerate(session.reviews):
        target, where = review.target, review.target.selector
        quote = Quote(exact=draw(st.sampled_from(["", "Karoum", "x"])), prefix="", suffix="")
        session.reviews[at] = draw(
            st.sampled_from(
                [
                    review,
                    replace(
                        review, target=replace(target, ordinal=draw(st.sampled_from([-1, 0, 2, 10**12])))
                    ),
                    replace(
                        review,
                        target=replace(target, kind=draw(st.sampled_from(["claim", "actor", "private"]))),
                    ),
                    replace(review, target=replace(target, selector=replace(where, spans=((5, 10**6),)))),
                    replace(
                        review,
                        target=replace(target, selector=replace(where, text_sha256="0", quotes=(quote,))),
                    ),
                    replace(review, target=replace(target, selector=replace(where, spans=(), quotes=()))),
                    replace(review, record=None),
                    replace(review, record={"id": "c1"}),
                    replace(
                        review, record=review.record and review.record | {"spans": [[3, 1]], "text": "x"}
                    ),
                    replace(review, references={}, parts=None),
                    replace(review, references=dict.fromkeys(review.references, target)),
                    replace(review, fields=("id", "reader", "spans", "text", "nothing")),
                    replace(
                        review, action=draw(st.sampled_from(["add", "accept", "edit", "reject", "withdraw"]))
                    ),
                ]
            )
        )
    return session


@settings(max_examples=80)
@for_any(damaged(), st.booleans())
def test_damaged_reviews_are_set_aside_and_leave_the_rest_sound(session: Session, is_again: bool) -> None:
    again = rich(extracted_again(session.machine.document, "NOTE\n" + TEXT))
    done = session.applied(again if is_again else None)
    assert [each.review for each in done.outcomes] == [each.id for each in session.reviews]
