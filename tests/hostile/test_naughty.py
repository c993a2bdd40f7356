"""Strings that programs choke on, through everything: read, kept, listed, searched, traced, shown.

Each is put where names, numbers and quotes stand, and where a title, an author and an address stand. It
comes out escaped or neutralised; in the ledger it stands as it came.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from marsad import cli, documents
from marsad.disclosure import MARK
from marsad.errors import BadInput
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.original import Original, Refused
from marsad.records.reading import Document
from marsad.reports.page import page

STRINGS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("naughty.toml").read_text(encoding="utf-8")
)
ALL = [each for strings in STRINGS.values() for each in strings]
HAS_NUL = [each for each in ALL if "\0" in each]
LISTS = ("documents", "claims", "figures", "incidents", "places", "actors", "sources")
JOINERS = "\u00ad\u200c\u200d\u200e\u200f"  # which Persian and emoji need
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def row(string: str, other: str | None = None) -> dict[str, str]:
    """A document that says `string`, is called so, and comes from `other`, where it is said too."""
    other = string if other is None else other
    text = f"Colonel {string} said that 40 men had fled {string}.\n\n“{other}” killed 3 men in {other}, {other} said."
    return {"text": text, "title": string, "author": other, "publisher": other, "url": other}


def rows() -> list[dict[str, str]]:
    """Two of the strings in each document, but one alone where it holds a NUL."""
    held = [each for each in ALL if each not in HAS_NUL]
    pairs = list(zip(held[::2], held[1::2], strict=False))
    odd = [(held[-1], held[-1])] if len(held) % 2 else []
    return [row(*each) for each in [*pairs, *odd]] + [row(each) for each in HAS_NUL]


class Made(NamedTuple):
    workspace: Path
    said: str
    refused: list[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A workspace with a document of each string, made by `marsad add`."""
    folder = tmp_path_factory.mktemp("naughty")
    path = folder / "all.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in rows()), encoding="utf-8")
    said, refused, code = run("add", str(path), "--workspace", str(folder))
    assert code == 2  # of those that hold a NUL
    return Made(folder, said, [line for line in refused.splitlines() if line.startswith("refused ")])


def run(*arguments: str) -> tuple[str, str, int]:
    """What the program prints, in bytes as they would reach a terminal or a file."""
    import contextlib  # noqa: PLC0415

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.run(arguments)
    texts = []
    for stream in (out, err):
        stream.flush()
        assert isinstance(stream.buffer, io.BytesIO)
        texts.append(stream.buffer.getvalue().decode())
    return texts[0], texts[1], code


def listed(made: Made, *arguments: str) -> str:
    out, err, code = run(*arguments, "--workspace", str(made.workspace))
    assert (code, err) == (0, "")
    return out


def shows(text: str) -> bool:
    """Whether a terminal would only write `text`: nothing moves the cursor or turns the direction."""
    return all(char.isprintable() or char in JOINERS or char == "\n" for char in text)


def test_every_category_is_there() -> None:
    assert len(ALL) > 300 and all(STRINGS.values())


def test_all_are_kept_but_those_that_no_text_may_hold(made: Made) -> None:
    assert len(made.refused) == len(HAS_NUL)
    assert shows(made.said) and all(map(shows, made.refused))
    added = [line.split(" ")[1] for line in made.said.splitlines()]
    assert len(added) == len(rows()) - len(HAS_NUL)
    with Store.open(made.workspace) as ledger:
        texts = {ledger.reading(found.id).document.text for found in ledger.documents()}
    assert texts == {each["text"] for each in rows() if "\0" not in each["text"]}


def test_every_span_is_its_words(made: Made) -> None:
    with Store.open(made.workspace) as ledger:
        for found in ledger.documents():
            reading = ledger.reading(found.id)
            text = reading.document.text
            for record in (*reading.claims, *reading.figures, *reading.places, *reading.times):
                assert record.text == " … ".join(text[begin:end] for begin, end in record.spans)


@pytest.mark.parametrize("kind", LISTS)
def test_a_table_moves_no_cursor(made: Made, kind: str) -> None:
    assert shows(listed(made, kind))


@pytest.mark.parametrize("kind", LISTS)
def test_csv_holds_no_formula_and_every_cell(made: Made, kind: str) -> None:
    rows = list(csv.reader(io.StringIO(listed(made, kind, "--format", "csv"), newline="")))
    assert len(rows) > 1 and len({len(each) for each in rows}) == 1
    begun = [cell for each in rows for cell in each if cell.startswith(FORMULA)]
    assert [cell for cell in begun if not _is_number(cell)] == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def is_of(string: str, shown: str) -> bool:
    """Whether `shown` is `string`, but for marks where a person is named: "Colonel X said" makes one of many."""
    return len(shown) == len(string) and all(
        each in (char, MARK) for char, each in zip(string, shown, strict=True)
    )


@pytest.mark.parametrize("kind", LISTS)
def test_json_is_json(made: Made, kind: str) -> None:
    found = json.loads(listed(made, kind, "--format", "json"))
    assert found
    if kind == "documents":
        stated = [each[name] or "" for each in found for name in ("title", "publisher")]
        held = (each for each in ALL if each.strip() and each not in HAS_NUL)
        assert [each for each in held if not any(is_of(each, shown) for shown in stated)] == []


@pytest.mark.parametrize("kind", ["documents", "claims", "figures"])
def test_each_can_be_searched(made: Made, kind: str) -> None:
    with Store.open(made.workspace) as ledger:
        for each in ALL:
            ask = getattr(ledger, kind)
            try:
                ask(search=each).page(3)
            except BadInput as refusal:  # nothing in it can be searched for
                assert "\n" not in str(refusal)


@pytest.mark.parametrize("field", ["publisher", "actor", "known"])
def test_each_can_be_asked_for_as_a_value(made: Made, field: str) -> None:
    with Store.open(made.workspace) as ledger:
        for each in ALL:
            try:
                ledger.claims(**{field: each}).page(3)
            except BadInput as refusal:
                assert "\n" not in str(refusal)


def test_each_document_can_be_traced(made: Made) -> None:
    with Store.open(made.workspace) as ledger:
        ids = [found.id for found in ledger.documents()]
    for each in ids[::40]:
        assert shows(listed(made, "trace", each))
        json.loads(listed(made, "trace", each, "--format", "json"))


@pytest.mark.parametrize("given", ["'; --", "../x", "%", "\x1b[2J", "\udcff", "*", "a" * 5000])
def test_an_id_that_is_none_is_one_line(made: Made, given: str) -> None:
    out, err, code = run("trace", given, "--workspace", str(made.workspace))
    assert (out, code) == ("", 2)
    assert shows(err) and err.count("\n") == 1


def test_the_ledger_is_sound(made: Made) -> None:
    out, err, code = run("check", "--workspace", str(made.workspace))
    assert code == 0 and out.startswith("sound"), out + err


class Tags(HTMLParser):
    """Elements of a page with the names of their attributes, and every address in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.scripts = 0
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag in ("script", "style", "title", "meta", "link", "base", "iframe")
        for name, value in attrs:
            self.found.add((tag, name))
            if name in ("href", "src", "action"):
                self.addresses.append(value or "")


def shown(string: str) -> Iterator[str]:
    raw = json.dumps(row(string)).encode()
    for frozen in documents.freeze(Original(raw, string, media_type="application/jsonl")):
        assert not isinstance(frozen, Refused)
        yield page(pipeline.read(frozen.document))


SAFE = "Ruiz"
SHOWN = [
    each
    for category in ("markup", "control", "direction", "quotation")
    for each in STRINGS[category][::2]
    if each not in HAS_NUL
]


def test_a_page_has_the_elements_of_any_other() -> None:
    plain = next(Tags(html) for html in shown(SAFE))
    for string in SHOWN:
        for html in shown(string):
            tags = Tags(html)
            assert tags.scripts == plain.scripts, string
            assert not {name for _, name in tags.found if name.startswith("on")}, string
            assert {tag for tag, _ in tags.found} <= {tag for tag, _ in plain.found} | {"mark", "a", "small"}
            assert all(each.startswith("#") for each in tags.addresses), string


@pytest.mark.parametrize("category", list(STRINGS))
def test_the_reader_takes_a_text_of_nothing_else(category: str) -> None:
    """All of a category in one text, and each string by itself over and over."""
    texts = [separator.join(STRINGS[category]) for separator in ("\n", "")]
    texts += [(each + " ") * 9 for each in STRINGS[category][:2]]
    for text in texts:
        reading = pipeline.read(
            Document(id="d1", text=text, raw_sha256="0" * 64, text_sha256="0" * 64, extractor="plain@2")
        )
        for claim in reading.claims:
            assert claim.text == " … ".join(text[begin:end] for begin, end in claim.spans)


@pytest.mark.parametrize("digits", ["²³", "④⑤", "٣٤", "３４", "𝟑𝟒", "9" * 5000, "0" * 5000, "1,000" * 60])
def test_digits_that_are_none_and_numbers_without_end_are_read(digits: str) -> None:
    text = (
        f"Ana Ruiz, {digits}, a farmer, said that {digits} of {digits} men fled on {digits} May {digits}. "
        f"In the {digits}s they paid ${digits} million, {digits}% of {digits}/{digits} by {digits}:{digits}."
    )
    pipeline.read(Document(id="d", text=text, raw_sha256="0" * 64, text_sha256="0" * 64, extractor="plain@2"))


def test_what_a_database_of_a_team_cannot_hold_is_refused_and_the_rest_go_on(
    postgresql: str, tmp_path: Path
) -> None:
    """PostgreSQL knows no NUL: neither in a text nor in a title."""
    some = [*HAS_NUL, *STRINGS["nonchar"], *STRINGS["astral"], *STRINGS["query"][:8]]
    rows: list[dict[str, Any]] = [{**row("x"), "title": each, "author": each} for each in some]
    path = tmp_path / "some.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in rows), encoding="utf-8")
    out, err, code = run("add", str(path), "--workspace", postgresql)
    refused = [line for line in err.splitlines() if line.startswith("refused ")]
    assert len(out.splitlines()) + len(refused) == len(some)
    assert len(out.splitlines()) >= len(some) - len(HAS_NUL)
    assert code == (2 if refused else 0)
    assert all(map(shows, refused))
    assert not any("psycopg" in line or "Error" in line for line in refused)
