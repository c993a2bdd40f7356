"""`marsad actor` tells the names of one actor and why they are one; `marsad split` takes them apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .test_decisions import actors, listed, put

Run = Callable[..., tuple[str, str]]


@pytest.fixture(autouse=True)
def documents(tmp_path: Path) -> None:
    put(
        tmp_path,
        "Daesh: 300 men left Karoum\nVale Brigade / VB: the hills are quiet in Karoum\n",
        "Hill News",
    )
    put(
        tmp_path,
        "Islamic State: they came back to Karoum\nVB: Karoum is quiet\nMrs Huda fled\n",
        "Valley News",
    )


def test_an_actor_is_told_with_its_names_and_the_reasons_of_its_joins(marsad: Run) -> None:
    out, _ = marsad("actor", "ISIL")
    first, *lines = out.splitlines()
    assert first.startswith("ISIS (armed group; IQ, SY; 2 documents, 2024-03-01 to 2024-03-01; key: ")
    assert any(line.startswith("  Daesh: on the list of known actors; first in ") for line in lines)
    assert "  ISIL: on the list of known actors" in lines
    assert any("is a name of ISIS on the list of known actors" in line for line in lines)
    brigade, _ = marsad("actor", "Vale Brigade")
    assert "a document gives “VB” as a name of Vale Brigade, and of nobody else" in brigade
    told = json.loads(marsad("actor", "VB", "--format", "json")[0])
    assert [join["rule"] for join in told["joins"]] == ["alias"]


def test_an_actor_that_is_not_there_is_refused(marsad: Run) -> None:
    assert "no such actor" in marsad("actor", "Huda", code=2)[1]
    assert "no such actor" in marsad("actor", "VB", "--as-known", "2020-01-01", code=2)[1]


def test_a_split_is_by_name_or_key_and_is_logged(marsad: Run) -> None:
    out, _ = marsad("split", "VB", "--reason", "another group")
    assert out == "split VB (vb (SY)): it is an actor of its own\n"
    assert actors(marsad) == ["daesh", "vb (SY)", "vale brigade"]
    assert listed(marsad, "log")[-1]["action"] == "split"
    assert "is no other" in marsad("log")[0]
    assert "no other actor" in marsad("split", "VB", "--reason", "again", code=2)[1]
    marsad("unmerge", "VB", "--reason", "it is the same")
    assert actors(marsad) == ["daesh", "vale brigade"]
    assert "no such actor" in marsad("split", "nobody", "--reason", "x", code=2)[1]


def test_the_list_says_who_may_be_meant(marsad: Run, tmp_path: Path) -> None:
    put(tmp_path, "VB: food came to Odaland\n", "Coast News")
    assert "may be Vale Brigade" in " ".join(marsad("actors")[0].split())
