"""Actors of many documents are joined by rules that can be told, in any order, and never by a guess."""

from __future__ import annotations

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.linkage.actors import Decision, Links, Node, Seed, Seeds, link
from marsad.linkage.actors_names import country_of, is_acronym, is_generic, spelling
from marsad.linkage.origins import folded_name

SEEDS = Seeds(
    [
        Seed("Hill Front", "armed_group", ("HF", "Jabhat al-Tal", "Front of the Hills"), frozenset({"SY"})),
        Seed("Highland Force", "state_force", ("HF",), frozenset({"KE"})),
        Seed("Council of the Vale", "international_org", ("CV",), ambiguous=("CV",)),
    ]
)


def node(
    name: str, *aliases: str, kind: str = "armed_group", country: str | None = None, key: str = ""
) -> Node:
    called = folded_name(name)
    forms = frozenset(map(folded_name, (name, *aliases)))
    countries = frozenset({country}) if country else frozenset()
    return Node(
        key or (f"{called} ({country})" if country else called),
        called,
        name,
        frozenset({kind}),
        countries,
        forms,
    )


def person(name: str, role: str, body: str | None = None) -> Node:
    called = folded_name(name)
    held = f"{role}|{body}" if body else role
    return Node(f"{called} ({held})", called, name, frozenset({"person_role"}), roles=frozenset({held}))


def linked(*nodes: Node, decisions: tuple[Decision, ...] = ()) -> Links:
    return link(nodes, SEEDS, decisions)


def groups(found: Links, *nodes: Node) -> list[list[str]]:
    tops: dict[str, list[str]] = {}
    for each in nodes:
        tops.setdefault(found.top.get(each.key, each.key), []).append(each.key)
    return sorted(map(sorted, tops.values()))


# Names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hezbollah", "Hizbullah"),
        ("Jabhat an-Nusra", "Jabhat al-Nusrah"),
        ("Qatiba Mourad", "Katiba Murad"),
        ("Ansar Allah", "Ansarallah"),
        ("Saraya ash-Sham", "Saraya al-Sham"),
    ],
)
def test_transliterations_of_a_name_are_spelt_alike(one: str, other: str) -> None:
    assert spelling(folded_name(one)) == spelling(folded_name(other)) is not None


@pytest.mark.parametrize(
    ("one", "other"), [("Hamas Front", "Homs Front"), ("Karoum Army", "Karim Army"), ("Ansar", "Nasr")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert spelling(folded_name(one)) != spelling(folded_name(other))


def test_a_short_name_has_no_spelling() -> None:
    assert spelling("amal") is None


def test_what_says_little_is_told() -> None:
    assert is_generic("interior ministry")
    assert not is_generic("vale ministry")
    assert is_acronym("M23")
    assert not is_acronym("Isis")
    assert country_of("iraqi interior ministry") == "IQ"
    assert country_of("interior ministry") is None


# Joins by the list


def test_names_of_a_known_actor_are_one_with_the_reason() -> None:
    nodes = node("Hill Front"), node("Front of the Hills")
    found = linked(*nodes)
    assert groups(found, *nodes) == [["front of the hills", "hill front"]]
    (join,) = found.joins["front of the hills"]
    assert (join.into, join.rule, join.seed) == ("hill front", "known", "Hill Front")


def test_an_acronym_of_two_is_told_by_its_country() -> None:
    nodes = node("HF", country="SY"), node("HF", country="KE"), node("Hill Front"), node("Highland Force")
    found = linked(*nodes)
    assert groups(found, *nodes) == [["hf (KE)", "highland force"], ["hf (SY)", "hill front"]]
    assert found.joins["hf (SY)"][0].rule == "country"


def test_an_acronym_of_two_stays_open_without_a_country() -> None:
    nodes = node("HF", country="FR"), node("HF", key="hf (doc)"), node("Hill Front")
    found = linked(*nodes)
    assert not found.top
    assert [(each.name, each.key) for each in found.open["hf (doc)"]] == [
        ("Highland Force", None),
        ("Hill Front", "hill front"),
    ]


def test_another_name_in_the_document_tells_an_acronym() -> None:
    told = node("HF", "Jabhat al-Tal", country="KE")
    found = linked(told, node("Hill Front"))
    assert found.top[told.key] == "hill front"
    assert found.joins[told.key][0].rule == "names"


def test_a_form_that_is_ambiguous_by_itself_is_never_enough() -> None:
    found = linked(node("CV", country="FR"), node("Council of the Vale", kind="international_org"))
    assert not found.top
    assert found.open


# Weak joins


def test_an_alias_of_one_group_is_that_group_and_of_two_is_open() -> None:
    vale, lake = node("Vale Brigade", "Storm Men"), node("Lake Brigade", "Storm Men")
    storm = node("Storm Men", kind="organisation")
    found = linked(vale, storm)
    assert found.top["storm men"] == "vale brigade"
    assert found.joins["storm men"][0].rule == "alias"
    found = linked(vale, lake, storm)
    assert not found.top
    assert {each.key for each in found.open["storm men"]} == {"vale brigade", "lake brigade"}


def test_an_acronym_that_a_document_defines_needs_the_country() -> None:
    vale = node("Vale Brigade", "VB", country="SY", key="vale brigade")
    here, there = node("VB", kind="organisation", country="SY"), node("VB", kind="organisation", country="PE")
    found = linked(vale, here, there)
    assert found.top[here.key] == "vale brigade"
    assert there.key not in found.top
    assert [each.key for each in found.open[there.key]] == ["vale brigade"]


def test_weak_joins_make_no_chain() -> None:
    first, second, third = (
        node("Storm Men"),
        node("Vale Brigade", "Storm Men"),
        node("Lake Guard", "Vale Brigade"),
    )
    found = linked(first, second, third)
    assert found.top.get("storm men") is None
    assert found.top["vale brigade"] == "lake guard"
    assert found.open["storm men"]


def test_two_that_name_each_other_are_one() -> None:
    assert (
        len(
            groups(
                linked(node("Storm Men", "Vale Brigade"), node("Vale Brigade", "Storm Men")),
                node("Storm Men"),
                node("Vale Brigade"),
            )
        )
        == 1
    )


def test_a_weak_join_never_joins_two_known_actors() -> None:
    one, other = node("Hill Front", "Storm Men"), node("Highland Force", "Storm Men")
    found = linked(one, other, node("Storm Men"))
    assert not found.top


def test_transliterations_of_different_kinds_stay_apart() -> None:
    assert linked(node("Hizbul Watan"), node("Hezbol Watan")).top
    apart = linked(node("Hizbul Watan"), node("Hezbol Watan", kind="media"))
    assert not apart.top
    assert apart.open


def test_a_generic_name_of_two_countries_is_two() -> None:
    nodes = [node("Interior Ministry", kind="organisation", country=each) for each in ("IQ", "SY")]
    assert not linked(*nodes).top


# Persons


def test_a_person_is_one_by_full_name_and_office() -> None:
    same = person("Ana Ruiz", "spokeswoman", "vale brigade"), person("Ana Ruiz", "head", "vale brigade")
    assert linked(*same).top
    without_body = person("Ana Ruiz", "spokesperson"), person("Ana Ruiz", "spokeswoman", "vale brigade")
    assert linked(*without_body).top


def test_namesakes_with_other_offices_stay_open() -> None:
    found = linked(person("Ana Ruiz", "minister"), person("Ana Ruiz", "editor"))
    assert not found.top
    assert len(found.open) == 2


def test_an_office_of_two_bodies_bridges_none() -> None:
    nodes = (
        person("Ana Ruiz", "director", "vale bank"),
        person("Ana Ruiz", "director", "lake bank"),
        person("Ana Ruiz", "director"),
    )
    assert not linked(*nodes).top


@pytest.mark.parametrize("name", ["Ruiz", "Abu Omar"])
def test_a_name_that_many_bear_joins_nobody(name: str) -> None:
    assert not linked(person(name, "head", "a"), person(name, "leader", "a")).top


# People


def test_a_split_holds_against_every_rule_and_a_merge_joins_whole_groups() -> None:
    nodes = node("Hill Front"), node("Front of the Hills"), node("Storm Men")
    apart = linked(*nodes, decisions=(Decision("front of the hills", "front of the hills", 4),))
    assert not apart.top
    one = linked(*nodes, decisions=(Decision("front of the hills", "storm men", 5),))
    assert set(one.top.values()) == {"storm men"}
    assert {join.entry for join in one.joins["front of the hills"]} == {None, 5}


def test_a_decision_on_a_name_is_about_all_of_that_name() -> None:
    nodes = node("HF", country="SY"), node("HF", country="KE"), node("Storm Men")
    found = linked(*nodes, decisions=(Decision("hf", "storm men", 1),))
    assert len(groups(found, *nodes)) == 1


def test_what_is_no_longer_shown_still_joins() -> None:
    nodes = node("Storm Men"), node("Vale Brigade")
    said = (Decision("storm men", "gone", 1), Decision("vale brigade", "gone", 2))
    assert groups(linked(*nodes, decisions=said), *nodes) == [["storm men", "vale brigade"]]


# Any set


NAMES = [
    "Hill Front",
    "HF",
    "Jabhat al-Tal",
    "Storm Men",
    "Vale Brigade",
    "Hizbul Watan",
    "Hezbol Watan",
    "CV",
]
NODES = st.lists(
    st.builds(
        lambda name, aliases, kind, country: node(name, *aliases, kind=kind, country=country),
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(NAMES), max_size=2),
        st.sampled_from(["armed_group", "organisation", "media", "state"]),
        st.sampled_from([None, "SY", "KE"]),
    ),
    max_size=8,
    unique_by=lambda each: each.key,
)
SAID = st.lists(
    st.builds(
        Decision,
        st.sampled_from([folded_name(name) for name in NAMES]),
        st.sampled_from([folded_name(name) for name in NAMES]),
        st.integers(1, 9),
    ),
    max_size=3,
    unique_by=lambda each: each.actor,
)


@settings(max_examples=60)
@given(NODES, SAID, st.randoms(use_true_random=False))
def test_the_groups_do_not_depend_on_any_order(
    nodes: list[Node], said: list[Decision], random: Random
) -> None:
    shuffled = random.sample(nodes, len(nodes))
    assert link(nodes, SEEDS, said) == link(shuffled, SEEDS, random.sample(said, len(said)))


@settings(max_examples=60)
@given(NODES)
def test_no_group_holds_two_known_actors_and_every_join_has_a_reason(nodes: list[Node]) -> None:
    found = linked(*nodes)
    for key, top in found.top.items():
        assert top in {node.key for node in nodes}
        assert key == top or found.joins[key]
    seeds = {
        join.seed: found.top.get(join.key) for joins in found.joins.values() for join in joins if join.seed
    }
    assert len(set(seeds.values())) == len(seeds)


def test_many_keys_take_linear_time() -> None:
    def seconds(number: int) -> float:
        nodes = [node(f"Brigade {at}", f"B{at}", key=f"k{at}") for at in range(number)]
        began = time.process_time()
        linked(*nodes)
        return time.process_time() - began

    seconds(500)
    assert seconds(16_000) < 60 * max(seconds(1_000), 0.01)
