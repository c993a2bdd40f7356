"""Where things come from, on both stores; the reader is the real one where a private name matters."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

from marsad.errors import NotFound
from marsad.ledger.reviewing import drafting
from marsad.ledger.schema import RECORDS, documents, retired
from marsad.ledger.store import Store
from marsad.ledger.tracing.changes import changes
from marsad.ledger.tracing.provenance import Trace
from marsad.ledger.tracing.trace import trace
from marsad.reading import pipeline
from marsad.records.reading import Document, Incident, Place, Reading, Relation
from marsad.records.reading import Party as PartyRecord
from marsad.records.review import Review

from .making import READER, frozen, given, put, read

TESTIMONY = (
    "Amina Darwish, 34, a baker from Tallabyad, said the shelling began at dawn. "
    "“We ran,” Darwish told the paper. About 55,000 people live in the valley, the United Nations said. "
    "Colonel Rahim Zand said that 300 fighters remain in Raqqa."
)
NAMES = ("Amina", "Darwish")

_SORTS = {  # W3C PROV-JSON: what each relation is of, and leads to
    "wasDerivedFrom": {"generatedEntity": "entity", "usedEntity": "entity"},
    "alternateOf": {"alternate1": "entity", "alternate2": "entity"},
    "wasAttributedTo": {"entity": "entity", "agent": "agent"},
    "wasGeneratedBy": {"entity": "entity", "activity": "activity"},
    "wasInvalidatedBy": {"entity": "entity", "activity": "activity"},
    "wasInfluencedBy": {"influencee": None, "influencer": None},
    "used": {"activity": "activity", "entity": "entity"},
    "wasAssociatedWith": {"activity": "activity", "agent": "agent"},
    "wasStartedBy": {"activity": "activity", "starter": "activity"},
}


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address, create=True, command="test") as opened:
        yield opened


def add(store: Store, text: str, **fields: Any) -> Document:
    """A document read by the real reader."""
    document = frozen(text, **fields)
    store.put(text.encode(), document, pipeline.read(document))
    return document


def everything(store: Store) -> list[str]:
    """The ids of all that can be traced."""
    with store.database.reading() as connection:
        tables = [documents, retired, *RECORDS.values()]
        found = [str(each) for table in tables for each in connection.execute(select(table.c.id)).scalars()]
    found += [change.detail["review"] for change in changes(store) if change.action == "review"]
    return [*found, *(each.key for each in store.actors()), *(each.key for each in store.sources())]


def chain(found: Trace, *terms: str) -> list[str]:
    """The words of what is met on the way of these relations from the first item."""
    item, met = found.starts[0], []
    for term in terms:
        relation, _, type_ = term.partition(" ")
        objects = [link.object for link in found.of(item) if link.relation == relation]
        item = next(each for each in objects if found.items[each].type == (type_ or found.items[each].type))
        met.append(found.items[item].words)
    return met


def related(found: Trace, relation: str, item: str | None = None) -> list[str]:
    """The words of all that the first item (or another) has in one relation."""
    of = item or found.starts[0]
    return [found.items[link.object].words for link in found.of(of) if link.relation == relation]


def require_prov(said: dict[str, Any]) -> None:
    """Refuse what is no PROV-JSON document, or refers to something that it does not declare."""
    prefixes = {*said.pop("prefix"), "prov", "xsd"}
    declared = {sort: set(said.pop(sort, {})) for sort in ("entity", "activity", "agent")}
    assert sum(map(len, declared.values())) == len(set().union(*declared.values()))
    for relation, statements in said.items():
        for name, statement in statements.items():
            assert name.startswith("_:")
            ends = {key.removeprefix("prov:"): value for key, value in statement.items()}
            for end, sort in _SORTS[relation].items():
                assert ends[end] in (declared[sort] if sort else set().union(*declared.values()))
    for name in set().union(*declared.values()):
        assert name.partition(":")[0] in prefixes
        assert not set(name) & set(' \t\n"<>')


def require_values(said: dict[str, Any]) -> None:
    """Every attribute is a qualified name with a value that PROV-JSON knows."""
    for group, members in said.items():
        for attributes in members.values() if group != "prefix" else ():
            for name, value in attributes.items():
                assert name.startswith(("prov:", "marsad:"))
                for each in value if isinstance(value, list) else [value]:
                    is_typed = isinstance(each, dict) and set(each) == {"$", "type"}
                    assert is_typed or isinstance(each, str | int | float | bool)


# The chain


def test_a_figure_leads_to_the_bytes_and_to_where_they_came_from(store: Store) -> None:
    text = "Wardak: there are 300 men\n"
    document = put(
        store,
        text,
        title="Men",
        publisher="Valley News",
        url="https://example.org/1",
        published=given("2024-03-01"),
    )
    figure = next(iter(store.figures()))
    found = trace(store, figure.id)
    assert found.id == figure.id
    words = chain(
        found,
        "wasDerivedFrom claim",
        "wasDerivedFrom words",
        "wasQuotedFrom text",
        "wasDerivedFrom bytes",
        "hadPrimarySource document",
        "wasAttributedTo organisation",
    )
    assert "“there are 300 men”" in words[0]
    assert words[1] == "words “there are 300 men” at 8–25"
    assert words[2] == f"text {document.text_sha256[:12]} 26 code points, by plain@1"
    assert words[3].startswith(f"bytes {document.raw_sha256[:12]} 26 bytes in ")
    assert "Men · Valley News · published 2024-03-01 (given) · https://example.org/1" in words[4]
    assert words[5] == "publisher Valley News"
    assert chain(found, "wasGeneratedBy", "wasStartedBy", "wasAssociatedWith")[1].startswith(
        "run 1 test, marsad@"
    )
    assert related(found, "wasInvalidatedBy") == []


def test_words_are_told_by_position_and_by_quote(store: Store) -> None:
    put(store, "Snow fell.\nWardak: there are 300 men\n")
    found = trace(store, next(iter(store.figures())).id)
    (quote,) = (
        found.items[link.object] for link in found.of(found.starts[0]) if link.object.startswith("words/")
    )
    assert quote.facts == {
        "exact": "300",
        "prefix": "Snow fell.\nWardak: there are ",
        "suffix": " men\n",
        "begin": 29,
        "end": 32,
    }


def test_a_claim_leads_to_its_holder_the_hands_and_the_claim_above(store: Store) -> None:
    document = frozen("Wardak: the road is open\n", publisher="Valley News")
    made = read(document)
    claim = made.claims[0]
    paper = PartyRecord(text="Valley News", spans=(), actor=None, kind="organisation")
    outer = replace(
        claim,
        id="c2",
        spans=((0, 24),),
        text=document.text[:24],
        kind="narrated",
        source=None,
        chain=(paper,),
    )
    inner = replace(claim, parent="c2", chain=(paper, *claim.chain))
    store.put(document.text.encode(), document, replace(made, claims=(inner, outer)))
    claims = {each.record.text: each.id for each in store.claims()}
    found = trace(store, claims["the road is open"])
    assert related(found, "wasAttributedTo") == [
        "holder Wardak (person)",
        "hand Valley News (organisation)",
        "origin Wardak (named)",
    ]
    above = [each for each in related(found, "wasDerivedFrom") if each.startswith("claim ")]
    assert [claims[outer.text][:12] in each for each in above] == [True]


def test_an_incident_and_a_relation_lead_to_their_claims(store: Store) -> None:
    document = frozen("Wardak: the men fought\nElder: the men fought\n")
    made = read(document)
    at = document.text.index("fought")
    both = Incident(id="i1", claims=("c1", "c2"), spans=((at, at + 6), (38, 44)), type="FIGHT", reader=READER)
    men = PartyRecord(text="the men", spans=((8, 15),), actor=None, kind="group")
    fights = Relation(
        id="r1", claim="c1", spans=((8, 22),), type="fights", source=men, target=men, reader=READER
    )
    store.put(document.text.encode(), document, replace(made, incidents=(both,), relations=(fights,)))
    incident, relation = (next(iter(each)) for each in (store.incidents(), store.relations()))
    for one, number in ((incident, 2), (relation, 1)):
        found = trace(store, one.id)
        assert sum(each.startswith("claim ") for each in related(found, "wasDerivedFrom")) == number


def test_a_document_leads_to_its_copies_and_to_what_it_revises(store: Store) -> None:
    story = " ".join(f"The convoy passed village number {number} at noon." for number in range(12))
    first = put(store, story, url="https://example.org/1", published=given("2024-03-01"), publisher="Wire")
    later = put(store, story + " Snow fell.", url="https://example.org/1", published=given("2024-03-02"))
    found = trace(store, later.id)
    for relation in ("wasRevisionOf", "alternateOf"):
        assert [first.id[:12] in each for each in related(found, relation)] == [True]
    (copy,) = (link for link in found.links if link.relation == "alternateOf")
    assert copy.facts == {"role": "earliest", "documents": 2}
    assert related(trace(store, first.id), "wasRevisionOf") == []


def test_bytes_that_are_lost_are_said_to_be(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        document = put(store, "Snow fell.\n")
        where = Path(store.originals.where(document.raw_sha256))
        where.write_bytes(b"changed")
        item = f"bytes/{document.raw_sha256}"
        assert trace(store, document.id).items[item].words.endswith("damaged")
        where.unlink()
        assert trace(store, document.id).items[item].words.endswith("not kept here")


# Readings


def test_a_record_of_an_earlier_reading_says_which_one_superseded_it(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    old = next(iter(store.figures())).id
    store.put(
        document.text.encode(), document, replace(read(document, version="reader@2"), figures=(), claims=())
    )
    found = trace(store, old)
    assert related(found, "wasGeneratedBy")[0].endswith("by reader@1, superseded by reading 2")
    assert "by reader@2" in related(found, "wasInvalidatedBy")[0]
    readings = [each for each in found.items.values() if each.type == "reading"]
    assert {each.facts["entry"]: each.facts.get("superseded_by") for each in readings} == {1: 2, 2: None}
    listed = [each for each in trace(store, document.id).starts if each.startswith("reading/")]
    assert listed == ["reading/2", "reading/1"]


def test_a_name_that_an_earlier_reading_did_not_know_to_be_private_is_masked_in_it(store: Store) -> None:
    document = frozen(TESTIMONY, title="The night of Amina Darwish")
    naive = replace(pipeline.read(document), private=())
    bare = replace(naive, document=replace(naive.document, reader="naive@1"))
    sentence = replace(
        bare.claims[0], spans=((0, 76),), text=TESTIMONY[:76], source=None, chain=(), reader="naive@1"
    )
    raw = TESTIMONY.encode()
    store.put(raw, document, replace(bare, claims=(sentence,), figures=(), incidents=(), relations=()))
    whole = next(iter(store.claims()))
    assert "Amina" in whole.record.text  # so far nobody knew
    store.put(raw, document, pipeline.read(document))
    found = trace(store, whole.id)
    assert "█████ ███████, ██, a baker" in found.items[found.starts[0]].words
    assert not hidden(found)


def test_the_same_holds_for_another_text_of_the_document(store: Store) -> None:
    document = frozen(TESTIMONY)
    headed = f"Valley News | page 1\n\n{TESTIMONY}"
    early = replace(
        document, text=headed, extractor="plain@0", text_sha256=hashlib.sha256(headed.encode()).hexdigest()
    )
    made = read(early)
    line = made.claims[-1]
    store.put(TESTIMONY.encode(), early, replace(made, claims=(line,), figures=(), actors=()))
    assert line.text == TESTIMONY
    old = next(iter(store.claims())).id
    store.put(TESTIMONY.encode(), document, pipeline.read(document))
    found = trace(store, old)
    assert "█████ ███████" in found.items[found.starts[0]].words
    assert f"text/{early.text_sha256}" in found.items
    assert not hidden(found)


def test_a_camp_is_masked_also_where_it_was_not_known_to_be_one(store: Store) -> None:
    text = "Wardak: people left Dawar camp\n"
    document = put(store, text)
    old = next(iter(store.claims())).id
    camp = Place(
        id="p1",
        spans=((20, 30),),
        text="Dawar camp",
        name="Dawar camp",
        kind="camp",
        reader=READER,
        where_prec=1,
    )
    again = read(document, version="reader@2")
    claims = tuple(replace(each, reader="test@2") for each in again.claims)
    store.put(text.encode(), document, replace(again, claims=claims, places=(camp,)))
    for each in (old, next(iter(store.claims())).id):
        assert "Dawar" not in repr(trace(store, each))
    store.lift(True, by="bob", reason="for the mapping team")
    for each in (old, next(iter(store.claims())).id):
        assert "people left Dawar camp" in repr(trace(store, each))


def test_a_replay_of_an_earlier_moment_can_be_traced(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    moment = next(changes(store)).recorded_at
    figure = next(iter(store.figures())).id
    review(store, document, "f1", "reject")
    with store.as_recorded(moment) as past:
        found = trace(past, figure)
        assert related(found, "wasInvalidatedBy") == []
        (kept,) = (each for each in found.items.values() if each.type == "bytes")
        assert kept.words.endswith("not kept here")


def hidden(found: Trace) -> set[str]:
    """The private names that a trace gives away."""
    said = repr((found.items, found.links, found.document()))
    return {name for name in NAMES if name in said}


# Reviews


def review(
    store: Store, document: Document, local: str, action: Any, reason: str = "checked", **fields: Any
) -> Review:
    made = drafting.of_record(store.reading(document.id), local, action, fields, "amy", reason)
    return store.review(made)


def test_an_edited_record_leads_to_what_the_machine_read(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    before = next(iter(store.figures())).id
    made = review(store, document, "f1", "edit", best=299)
    after = next(iter(store.figures())).id
    found = trace(store, after)
    (line,) = related(found, "wasGeneratedBy")
    assert line.startswith("review r2 edit figure: ")
    assert "best: 300 → 299" in line
    assert "low: 300 → 299" in line
    assert line.endswith("(applied, because: checked)")
    assert [before[:12] in each for each in related(found, "wasRevisionOf")] == [True]
    assert related(found, "wasAssociatedWith", f"review/{made.id}") == ["by amy"]
    assert related(trace(store, before), "wasInvalidatedBy") == [line]


def test_a_rejected_record_can_still_be_traced(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    gone = next(iter(store.figures())).id
    made = review(store, document, "f1", "reject")
    found = trace(store, gone)
    assert related(found, "wasInvalidatedBy") == ["review r2 reject figure (applied, because: checked)"]
    assert trace(store, made.id).starts == (f"review/{made.id}", f"figure/{gone}")


def test_an_accepted_record_stays_the_machines(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    review(store, document, "f1", "accept")
    review(store, document, "c1", "accept")
    found = trace(store, next(iter(store.figures())).id)
    assert related(found, "wasGeneratedBy")[0].startswith("reading 1 ")
    assert related(found, "wasInfluencedBy") == ["review r2 accept figure (applied, because: checked)"]


def test_a_record_that_people_added_comes_from_their_review(store: Store) -> None:
    document = put(store, "Wardak: the men left\n")
    made = drafting.of_words(
        store.reading(document.id), "time", "left", {"type": "DATE", "value": "2024"}, "amy", "x"
    )
    store.review(made)
    with store.database.reading() as connection:
        added = connection.execute(select(RECORDS["time"].c.id)).scalar_one()
    found = trace(store, added)
    assert [each.partition(":")[0] for each in related(found, "wasGeneratedBy")] == ["review r2 add time"]


def test_what_became_of_a_review_is_said(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    first = review(store, document, "f1", "edit", best=299)
    review(store, document, "f1", "edit", best=298)
    store.review(drafting.withdrawal(first, "bob", "no"))
    found = trace(store, document.id)
    states = {name: each.facts["state"] for name, each in found.items.items() if each.type == "review"}
    assert states == {"review/r2": "withdrawn", "review/r3": "applied", "review/r4": "applied"}


def test_a_name_masked_by_a_review_is_in_no_review_and_no_reason(store: Store) -> None:
    text = "Wardak: Selim saw 300 men\n"
    document = put(store, text, title="What Selim saw")
    review(store, document, "f1", "accept", reason="Selim is trustworthy")
    reading = store.reading(document.id)
    mask = store.review(drafting.of_words(reading, "private", "Selim", {}, "amy", "Selim is a witness"))
    assert all("Selim" not in repr(trace(store, each)) for each in everything(store))
    store.review(drafting.withdrawal(mask, "amy", "Selim is the mayor"))
    found = trace(store, mask.id)
    assert found.items[found.starts[0]].facts["quote"] == "█████"
    assert "█████ is a witness" in found.items[found.starts[0]].words
    assert "Selim saw 300 men" in repr(trace(store, next(iter(store.claims())).id))  # that is public again


def test_an_edit_that_names_a_private_source_does_not_name_it_in_its_trace(store: Store) -> None:
    document = put(store, "Wardak: the road is open, and Selim knows\n")
    made = review(store, document, "c1", "edit", source={"text": "Selim", "kind": "private"})
    for _ in range(2):
        found = trace(store, made.id)
        (change,) = (
            each for each in found.items[found.starts[0]].facts["fields"] if each.startswith("source: ")
        )
        assert "Wardak" in change
        assert "█████" in change
        assert "Selim" not in repr(found.items[found.starts[0]])
        store.review(drafting.withdrawal(made, "amy", "no"))


# Redacted


def test_a_redacted_document_leads_to_its_tombstone(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n", title="Secret")
    made = review(store, document, "f1", "accept")
    figure = next(iter(store.figures())).id
    store.redact(document.id, by="bob", reason="a court order")
    found = trace(store, document.id)
    assert found.items[found.starts[0]].facts["text_sha256"] == document.text_sha256
    assert related(found, "wasInvalidatedBy")[0].endswith("by bob: a court order")
    assert "Secret" not in repr(found)
    assert related(trace(store, made.id), "used")[0].startswith(f"document {document.id[:12]} redacted")
    with pytest.raises(NotFound):
        trace(store, figure)


# Actors and sources


def test_an_actor_leads_to_its_merges_and_to_where_it_was_named_first(store: Store) -> None:
    put(store, "Wardak: the road is open\n", published=given("2024-03-01"))
    put(store, "Wardak Group: the road is shut\n", published=given("2024-03-02"))
    store.merge("wardak group", "wardak", by="amy", reason="one group")
    found = trace(store, "wardak group")
    assert related(found, "alternateOf") == ["actor Wardak"]
    assert related(found, "wasInfluencedBy")[0].endswith("by amy: one group")
    assert related(found, "wasDerivedFrom")[0].endswith("Wardak Group (other)")
    assert related(trace(store, "wardak"), "wasInfluencedBy") == related(found, "wasInfluencedBy")
    store.merge("wardak group", None, by="amy", reason="two groups")
    assert related(trace(store, "wardak group"), "alternateOf") == []


def test_a_source_leads_to_its_ratings(store: Store) -> None:
    put(store, "Wardak: the road is open\n")
    store.rate("named:wardak", "B", by="amy", reason="often right")
    found = trace(store, "named:wardak")
    assert found.items[found.starts[0]].facts["documents"] == 1
    (decision,) = (each for each in found.items.values() if each.type == "decision")
    assert decision.facts == {"reliability": "B", "reason": "often right"}


# Which id


def test_the_beginning_of_an_id_will_do(store: Store) -> None:
    document = put(store, "Wardak: there are 300 men\n")
    figure = next(iter(store.figures())).id
    assert trace(store, figure[:6]).id == figure
    assert trace(store, document.id[:6]).id == document.id


@pytest.mark.parametrize(("number", "more"), [(2, False), (5, False), (7, True)])
def test_a_beginning_of_several_ids_lists_up_to_five(store: Store, number: int, more: bool) -> None:
    ids = [f"abcdef{at}".ljust(32, "0") for at in range(number)]
    for at, each in enumerate(ids):
        put(store, f"Snow fell {at} times.\n", id=each)
    with pytest.raises(NotFound) as caught:
        trace(store, "abcdef")
    assert str(caught.value).count("document abcdef") == min(number, 5)
    assert str(caught.value).endswith(" and more") == more
    assert "\n" not in str(caught.value)
    assert trace(store, "abcdef1").id == ids[1]


@pytest.mark.parametrize(
    "asked", ["", "abc", "r9", "r99999999999999999999", "ffffff", "named:nobody", "%", "\0ab_cd"]
)
def test_what_names_nothing_is_refused(store: Store, asked: str) -> None:
    put(store, "Wardak: there are 300 men\n")
    with pytest.raises(NotFound):
        trace(store, asked)


# Whatever the ledger holds

_SENTENCES = (
    "Amina Darwish, 34, a baker from Tallabyad, said the shelling began at dawn.",
    "“We ran,” Amina Darwish told the paper.",
    "About 55,000 people live in the valley, the United Nations said.",
    "Colonel Rahim Zand said that 300 fighters remain in Raqqa.",
    "At least 12 people were killed in a bomb attack in Raqqa on Friday.",
)


@settings(max_examples=6)
@for_any(
    sentences=st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4, unique=True),
    reviewed=st.lists(st.sampled_from(["accept", "reject"]), max_size=2),
    reread=st.booleans(),
)
def test_every_trace_is_whole_and_names_no_private_person(
    sentences: list[str], reviewed: list[Any], reread: bool
) -> None:
    text = " ".join([_SENTENCES[0], *sentences])
    with tempfile.TemporaryDirectory() as folder, Store.open(folder, create=True) as store:
        document = add(store, text, title="Amina Darwish speaks", publisher="Valley News")
        for at, action in enumerate(reviewed):
            reading: Reading = store.reading(document.id)
            local = reading.claims[at % len(reading.claims)].id
            review(store, document, local, action, "as Amina Darwish told me")
        if reread:
            again = pipeline.read(document)
            later = replace(
                again, document=replace(again.document, reader="other@1"), claims=again.claims[:1]
            )
            store.put(text.encode(), document, replace(later, figures=(), incidents=(), relations=()))
        for each in everything(store):
            found = trace(store, each)
            assert not hidden(found)
            require_values(found.document())
            require_prov(found.document())
