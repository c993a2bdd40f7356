from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from marsad import cli, ingest, samples
from marsad.ledger.asking.fields import FIELDS, SEARCHABLE, Kind
from marsad.ledger.asking.found import Found, FoundDocument
from marsad.ledger.store import Store
from marsad.records.reading import Document, Figure, Incident, Interval, Published, Scope, Toll
from marsad.reports import cells

from ..ledger.making import given, put

KINDS: tuple[Kind, ...] = get_args(Kind)
RECORDS = ("claims", "figures", "incidents", "relations")
HIDDEN = ("Oyuna", "oyuna", "34-year-old", "Tolbo", "Buyant")  # a resident, her home, a camp
OPEN = [
    (kind, each.name)
    for kind in KINDS
    for each in FIELDS[kind]
    if each.form in ("code", "term") and each.name not in ("kind", "review", "status", "responsibility")
]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger of the bundled samples."""
    folder = tmp_path_factory.mktemp("listing")
    paths = [str(path) for path in samples.write(folder / "samples")]
    with Store.open(folder / "work", create=True) as ledger:
        assert len(list(ingest.add(ledger, paths, published="2024-03-12"))) == 3
    return str(folder / "work")


Marsad = Callable[..., str]


@pytest.fixture
def marsad(workspace: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Marsad:
    """Run the program on the samples, and give what it printed."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("MARSAD_DATABASE", raising=False)

    def run(*arguments: str, at: str = workspace) -> str:
        assert cli.run([*arguments, "--workspace", at]) == 0
        return capsys.readouterr().out

    return run


def listed(marsad: Marsad, *arguments: str, **where: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(marsad(*arguments, "--format", "json", **where))
    return found


def key(row: dict[str, Any]) -> str:
    return str(row.get("id") or row["key"])


# Every list in every form


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_is_an_array_and_a_table_of_the_same_rows(marsad: Marsad, kind: Kind) -> None:
    rows = listed(marsad, kind)
    sheet = list(csv.DictReader(io.StringIO(marsad(kind, "--format", "csv"))))
    assert [row.get("id") or row["key"] for row in sheet] == [key(row) for row in rows]
    assert all(None not in row for row in sheet)
    assert marsad(kind, "--format", "json") == marsad(kind, "--format", "json")
    if kind in RECORDS:
        assert all(row["id"][:8] in marsad(kind) for row in rows)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [80, 100, 160])
def test_a_table_keeps_to_the_terminal(
    marsad: Marsad, monkeypatch: pytest.MonkeyPatch, kind: Kind, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    table = marsad(kind)
    assert max(map(len, table.splitlines())) <= width


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nobody_private_is_in_a_list(marsad: Marsad, kind: Kind, form: str) -> None:
    said = marsad(kind, "--format", form)
    assert not [name for name in HIDDEN if name in said]


@pytest.mark.parametrize(("kind", "name"), OPEN)
def test_asking_for_a_private_name_finds_nothing(
    workspace: str, capsys: pytest.CaptureFixture[str], kind: Kind, name: str
) -> None:
    asked = [word for hidden in HIDDEN for word in (f"--{name.replace('_', '-')}", hidden)]
    code = cli.run([kind, *asked, "--format", "json", "--workspace", workspace])
    out, err = capsys.readouterr()
    assert (code, out) in ((0, "[]\n"), (2, "")), err  # nothing found, or no word of the vocabulary


@pytest.mark.parametrize("kind", SEARCHABLE)
@pytest.mark.parametrize("words", ["Oyuna", '"Oyuna"', "oyun*", "buyant"])
def test_searching_for_a_private_name_finds_nothing(marsad: Marsad, kind: Kind, words: str) -> None:
    assert listed(marsad, kind, "--search", words) == []


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, f.name) for kind in KINDS for f in FIELDS[kind] if f.counted]
)
def test_a_count_tells_no_private_name(marsad: Marsad, kind: Kind, name: str) -> None:
    said = marsad(kind, "--count", name)
    assert not [hidden for hidden in HIDDEN if hidden in said]


# Filters


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_an_option_and_the_help_says_what_it_is(
    kind: Kind, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert cli.run([kind, "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for each in FIELDS[kind]:
        assert f"--{each.name.replace('_', '-')} " in said
        assert each.help in said


def test_an_option_given_again_means_any_of_them(marsad: Marsad) -> None:
    all_of_them = {row["status"] for row in listed(marsad, "figures")}
    some = listed(marsad, "figures", "--status", "planned", "--status", "estimated")
    assert {row["status"] for row in some} == {"planned", "estimated"} < all_of_them


def test_a_range_a_stretch_of_time_and_words_filter(marsad: Marsad) -> None:
    figures = listed(marsad, "figures")
    asked = listed(marsad, "figures", "--best", "900..3000")
    assert [row["id"] for row in asked] == [
        row["id"] for row in figures if row["best"] is not None and 900 <= row["best"] <= 3000
    ]
    dated = listed(marsad, "incidents", "--date", "2024-03-01/2024-03-31")
    assert dated
    assert all("2024-03" in str(row["date"]) for row in dated)
    searched = listed(marsad, "claims", "--search", '"financial reserves"')
    assert searched
    assert all("financial reserves" in row["text"].lower() for row in searched)
    document = searched[0]["document"]
    of_document = listed(marsad, "figures", "--document", document[:8])
    assert {row["document"] for row in of_document} == {document}


def test_sorted_by_a_field_in_both_directions(marsad: Marsad) -> None:
    best = [row["best"] for row in listed(marsad, "figures", "--sort", "best", "--best", "0..")]
    assert best == sorted(best)
    down = [
        row["best"] for row in listed(marsad, "figures", "--sort", "best", "--descending", "--best", "0..")
    ]
    assert down == best[::-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["claims", "--kind", "rumour"],
        ["claims", "--known", "soon"],
        ["claims", "--hidden-source", "perhaps"],
        ["claims", "--search", "..."],
        ["claims", "--sort", "colour"],
        ["claims", "--sort", "theme"],
        ["claims", "--count", "title"],
        ["claims", "--count", "publisher", "--limit", "3"],
        ["claims", "--after", "x"],
        ["claims", "--after", "x", "--limit", "3"],
        ["claims", "--limit", "0"],
        ["claims", "--as-recorded", "once"],
        ["claims", "--origins", "--limit", "3"],
        ["figures", "--best", "many"],
        ["figures", "--best", "nan.."],
        ["places", "--document", "x"],
        ["sources", "--search", "x"],
    ],
)
def test_what_cannot_be_asked_is_refused_on_one_line(
    workspace: str, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert cli.run([*arguments, "--workspace", workspace]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("marsad: ")
    assert err.count("\n") == 1


# Pages and counts


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", [[], ["--descending"], ["--sort", "SECOND"]])
def test_pages_make_the_whole(
    workspace: str, capsys: pytest.CaptureFixture[str], kind: Kind, order: list[str]
) -> None:
    second = [each.name for each in FIELDS[kind] if each.sorts][1]
    ask = [
        kind,
        "--format",
        "json",
        "--workspace",
        workspace,
        *(second if o == "SECOND" else o for o in order),
    ]
    assert cli.run(ask) == 0
    whole = json.loads(capsys.readouterr().out)
    found: list[dict[str, Any]] = []
    after: list[str] = []
    for _ in range(100):
        assert cli.run([*ask, "--limit", "7", *after]) == 0
        out, err = capsys.readouterr()
        page = json.loads(out)
        assert len(page) == 7 or not err
        found += page
        if not err:
            break
        words = err.split()
        assert words[0] == "more:"
        after = words[1:]
    assert found == whole


@pytest.mark.parametrize(("kind", "name"), [("figures", "status"), ("claims", "kind"), ("places", "kind")])
def test_a_count_is_of_all_that_the_filters_let_through(marsad: Marsad, kind: Kind, name: str) -> None:
    rows = listed(marsad, kind)
    counted = {row["value"]: row["number"] for row in listed(marsad, kind, "--count", name)}
    assert counted == {value: sum(row[name] == value for row in rows) for value in counted}
    assert sum(counted.values()) == len(rows)


def test_counts_of_several_fields_name_them_and_a_flag_says_yes_or_no(marsad: Marsad) -> None:
    rows = listed(marsad, "claims", "--count", "hidden-source", "--count", "polarity")
    assert {(row["field"], row["value"]) for row in rows} == {
        ("hidden_source", "no"), ("hidden_source", "yes"), ("polarity", "affirmed"), ("polarity", "denied"),
    }  # fmt: skip
    assert not any(row["capped"] for row in rows)
    said = marsad("claims", "--count", "hidden-source", "--count", "polarity")
    assert all(row["value"] in said for row in rows)


def test_a_count_says_where_there_are_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(tmp_path, create=True) as ledger:
        put(ledger, "Snow.\n" * 1_001)
    ask = ["claims", "--count", "kind", "--workspace", str(tmp_path)]
    assert cli.run([*ask, "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == [{"field": "kind", "value": "narrated", "number": 1_000, "capped": True}]
    assert err == "kind: the newest 1,000 claims were counted; there are more\n"
    assert cli.run(ask) == 0
    assert "1,000+" in capsys.readouterr().out


def test_a_long_table_has_one_heading_and_every_row(marsad: Marsad, tmp_path: Path) -> None:
    with Store.open(tmp_path / "long", create=True) as ledger:
        put(ledger, "\n".join(f"Snow fell on day {day}." for day in range(450)))
    at = str(tmp_path / "long")
    table = marsad("claims", at=at)
    assert table.count("holder") == 1
    ids = [row["id"][:8] for row in listed(marsad, "claims", at=at)]
    assert [line[:8] for line in table.splitlines() if line[:8].strip()][2:] == ids


# Moments


def test_as_recorded_is_the_same_whatever_came_later(marsad: Marsad, tmp_path: Path) -> None:
    at = str(tmp_path / "work")
    with Store.open(at, create=True) as ledger:
        put(ledger, "Wardak: the group has 300 men", published=given("2020-01-01"), publisher="Agency")
    moment = listed(marsad, "documents", at=at)[0]["recorded_at"]
    before = {kind: marsad(kind, "--format", "json", at=at) for kind in KINDS}
    with Store.open(at) as ledger:
        put(ledger, "Wardak: the group has 40 men", published=given("2020-01-02"))
        ledger.rate(listed(marsad, "sources", at=at)[0]["key"], "B", by="me", reason="known to me")
    for kind in KINDS:
        assert marsad(kind, "--format", "json", "--as-recorded", moment, at=at) == before[kind]
    for kind in ("claims", "documents", "sources"):
        assert marsad(kind, "--format", "json", at=at) != before[kind]


def test_as_known_is_a_ledger_that_never_held_what_came_later(marsad: Marsad, tmp_path: Path) -> None:
    first, both = str(tmp_path / "first"), str(tmp_path / "both")
    early = {"published": given("2020-01-01"), "publisher": "Agency"}
    for at in (both, first):
        with Store.open(at, create=True) as ledger:
            if at == both:
                put(ledger, "Wardak: 40 men\nNuri: 50 men", published=given("2020-06-01"))
            put(ledger, "Wardak: the group has 300 men", **early)

    def told(kind: Kind, at: str) -> list[dict[str, Any]]:
        rows = listed(marsad, kind, "--as-known", "2020-05", at=at)
        return [{name: row[name] for name in row if name != "recorded_at"} for row in rows]

    for kind in KINDS:
        assert told(kind, both) == told(kind, first)


# What the tables say


@pytest.fixture
def redacted(tmp_path: Path) -> Iterator[str]:
    at = str(tmp_path / "work")
    with Store.open(at, create=True) as ledger:
        put(ledger, "Snow fell.", title="Snow", published=given("2020-01-01"))
        gone = put(ledger, "Huda fled.", title="Flight", published=given("2020-01-02"))
        ledger.redact(gone.id, by="the editor", reason="a court's order")
    yield at


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_redacted_document_is_a_tombstone(marsad: Marsad, redacted: str, form: str) -> None:
    said = " ".join(marsad("documents", "--format", form, at=redacted).split())
    for words in ("Snow", "the editor", "a court's order"):
        assert words in said
    assert "Flight" not in said
    assert "Huda" not in marsad("claims", "--format", form, at=redacted)


def test_the_tombstone_in_a_table_and_a_sheet(
    marsad: Marsad, redacted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    table = " ".join(marsad("documents", at=redacted).split())
    assert "redacted by the editor on 20" in table
    first, second = csv.DictReader(io.StringIO(marsad("documents", "--format", "csv", at=redacted)))
    assert first["redacted"] == ""
    assert json.loads(second["redacted"])["by"] == "the editor"


def test_origins_are_counted_once_however_many_carry_their_words(marsad: Marsad, tmp_path: Path) -> None:
    at = str(tmp_path / "work")
    with Store.open(at, create=True) as ledger:
        for paper in ("North Paper", "South Paper"):
            put(ledger, f"Wardak: the group has 300 men\nThe {paper} saw none.", publisher=paper)
    rows = listed(marsad, "claims", "--origins", "--kind", "attributed", at=at)
    assert [(row["name"], row["claims"], len(row["documents"])) for row in rows] == [("Wardak", 2, 2)]
    table = marsad("claims", "--origins", at=at)
    assert table.splitlines()[-1] == "3 independent origins"
    assert marsad("claims", "--origins", "--kind", "attributed", at=at).endswith("\n1 independent origin\n")


def test_a_source_shows_its_reliability_with_its_day(marsad: Marsad, tmp_path: Path) -> None:
    at = str(tmp_path / "work")
    with Store.open(at, create=True) as ledger:
        put(ledger, "Snow fell.", publisher="North Paper")
        assert "F, not rated" in marsad("sources", at=at)
        for letter in "CB":
            ledger.rate("named:north paper", letter, by="the desk", reason="seen before")
        (source,) = ledger.sources()
    said = " ".join(marsad("sources", at=at).split())
    for words in ("B", source.ratings[-1].recorded_at[:10], "by the desk", "before: C"):
        assert words in said


def test_only_a_point_has_coordinates(marsad: Marsad) -> None:
    rows = listed(marsad, "places")
    table = marsad("places")
    points = [row for row in rows if row["latitude"] is not None]
    assert points
    assert all(row["where_prec"] <= 2 for row in points)
    assert any(row["where_prec"] > 2 for row in rows)
    assert all(f"{row['latitude']:.3f}, {row['longitude']:.3f}" in table for row in points)


def test_lists_are_the_same_on_either_database(marsad: Marsad, address: str) -> None:
    with Store.open(address, create=True) as ledger:
        put(ledger, "Wardak: the group has 300 men\nSnow fell.", published=given("2020-01-01"))
    (figure,) = listed(marsad, "figures", "--holder", "Wardak", "--best", "300", at=address)
    assert figure["accounts"][0]["text"] == "the group has 300 men"
    assert figure["id"][:8] in marsad("figures", at=address)
    counted = listed(marsad, "claims", "--count", "kind", at=address)
    assert {row["value"]: row["number"] for row in counted} == {"attributed": 1, "narrated": 1}
    assert len(listed(marsad, "claims", "--search", "snow", at=address)) == 1
    assert listed(marsad, "claims", "--as-recorded", "2001-01-01", at=address) == []


# Cells


def found(record: Any, **names: str) -> Found[Any]:
    document = Document(
        id="d" * 32, text="", raw_sha256="", text_sha256="", extractor="plain@1", published=Published()
    )
    in_document = FoundDocument(
        document=document, known="2020-01-01", recorded_at="2020-01-01", claims=0, figures=0, incidents=0
    )
    return Found(record=record, found_in=in_document, names=names)


def figure(**fields: Any) -> Found[Figure]:
    base: dict[str, Any] = {
        "id": "f1",
        "claim": "c1",
        "spans": ((0, 1),),
        "text": "words",
        "measure": "count.man",
    }
    return found(Figure(**base, reader="r@1", **fields), a1="The Front", p1="Altai")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"low": 300, "high": 300, "best": 300, "bound": "about"}, "about 300"),
        ({"low": 10000, "high": 12000, "bound": "range"}, "10,000 to 12,000"),
        ({"low": 40, "bound": "at_least"}, "at least 40"),
        ({"high": 500, "bound": "at_most"}, "at most 500"),
        ({"low": 200, "high": 999, "bound": "vague"}, "200 to 999\n“words”"),
        ({"bound": "vague"}, "words"),
        ({"low": 5, "high": 5, "status": "planned"}, "5\nplanned"),
        ({"low": 5, "high": 5, "aspect": "flow", "per": "month"}, "5 per month\nflow"),
        ({"low": 5, "high": 5, "part_of": "0123456789abcdef" * 2}, "5\npart of 01234567"),
        ({"low": 5, "high": 5, "aspect": "share", "share_of": "the men"}, "5\nshare\nof the men"),
    ],
)
def test_a_value_keeps_its_bound_and_its_status(fields: dict[str, Any], said: str) -> None:
    assert cells.value(figure(**fields)) == said


def test_a_figure_says_what_it_lacks() -> None:
    assert cells.scope(figure()) == "no scope stated\nno day stated"
    day = Interval(earliest="2020-01-01", latest="2020-12-31", edtf="2020")
    some_day = Interval(earliest="2020-01-01", latest="2020-04-30", edtf="[2020-01-01..2020-04-30]")
    scope = Scope(text="in the\nvalley", spans=((0, 1),))
    assert cells.scope(figure(places=("p1",), scope=scope, as_of=day)) == "in the valley; Altai\nas of 2020"
    assert cells.scope(figure(period=some_day)) == (
        "no scope stated\nover some day from 2020-01-01 to 2020-04-30"
    )
    assert cells.counted(figure(subject="a1", population="armed men", unit="man")) == (
        "armed men\ncount.man\nof The Front"
    )


@pytest.mark.parametrize(
    ("toll", "said"),
    [
        ((3, 3, 3), "3"),
        ((3, 4, 5), "3 to 5, best 4"),
        ((3, None, 5), "3 to 5"),
        ((3, None, None), "at least 3"),
        ((3, 10, None), "at least 3, best 10"),
        ((None, None, 5), "at most 5"),
        ((None, 4, None), "4"),
        ((None, None, None), "unknown number"),
        ((0, 0, 0), "0"),
    ],
)
def test_a_toll_keeps_its_range(toll: tuple[int | None, int | None, int | None], said: str) -> None:
    low, best, high = toll
    assert cells.toll(Toll(low=low, best=best, high=high)) == said


def test_an_incident_without_account_or_place_says_so() -> None:
    incident = found(Incident(id="i1", claims=(), spans=((0, 1),), type="ASSAULT", reader="r@1"))
    assert cells.accounts(incident) == "status unknown"
    assert cells.where_and_when(incident) == "no place stated\nno day stated"
    assert cells.harm(incident) == cells.sides(incident) == cells.NOTHING
