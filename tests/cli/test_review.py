from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from marsad import samples
from marsad.ledger.store import Store
from marsad.reading import pipeline
from marsad.records.reading import Document, Notice, Reading

from ..ledger.making import frozen, given, read_all

TEXT = """\
Wardak: the group has 300 men in Karoum
Wardak: 120 men left Karoum
Mrs Huda fled with 40 people
Snow fell on the road to Karoum
"""
Run = Callable[..., tuple[str, str]]


@pytest.fixture
def document() -> Document:
    return frozen(TEXT, publisher="Valley News", published=given("2024-03-01"), title="In the valley")


@pytest.fixture
def ledger(tmp_path: Path, document: Document) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as store:
        store.put(TEXT.encode(), document, read_all(document))
        yield store


def listed(marsad: Run, *arguments: str) -> list[dict[str, Any]]:
    out, _ = marsad(*arguments, "--format", "json")
    found: list[dict[str, Any]] = json.loads(out)
    return found


def one(marsad: Run, kind: str, words: str) -> dict[str, Any]:
    (found,) = (each for each in listed(marsad, kind) if words in each["text"])
    return found


def texts(marsad: Run, kind: str) -> list[str]:
    return [each["text"] for each in listed(marsad, kind)]


@pytest.mark.usefixtures("ledger")
def test_an_edit_says_what_it_changed_and_the_new_id(marsad: Run) -> None:
    before = one(marsad, "figures", "300")
    out, _ = marsad("review", "edit", before["id"][:8], "--set", "low=250", "--reason", "see page 2")
    after = one(marsad, "figures", "300")
    new, old = after["id"][:12], before["id"][:12]
    assert out.startswith(f"review r2: edited figure {new} (was {old}): low 300 -> 250")
    assert (after["low"], after["high"], after["bound"], after["review"]) == (250, 300, "range", "edited")
    _, err = marsad("review", "accept", before["id"], "--reason", "fine", code=2)
    assert "was changed or read anew since" in err


@pytest.mark.usefixtures("ledger")
def test_an_accepted_record_keeps_its_id(marsad: Run) -> None:
    before = one(marsad, "figures", "300")
    out, _ = marsad("review", "accept", before["id"], "--reason", "see page 2")
    assert out == f"review r2: accepted figure {before['id'][:12]} “300”\n"
    assert one(marsad, "figures", "300") == {**before, "review": "accepted"}


@pytest.mark.usefixtures("ledger")
def test_a_rejected_claim_takes_its_figures_along_until_that_is_withdrawn(marsad: Run) -> None:
    claim, figure = one(marsad, "claims", "300"), one(marsad, "figures", "300")
    out, _ = marsad("review", "reject", claim["id"], "--reason", "no such words")
    assert "rejected claim" in out
    assert f"figure {figure['id'][:12]}" in out
    assert texts(marsad, "figures") == ["120", "40"]
    assert len(texts(marsad, "claims")) == 3
    out, _ = marsad("review", "withdraw", "r2", "--reason", "there are")
    assert f"now listed: claim {claim['id'][:12]}, figure {figure['id'][:12]}" in out
    assert texts(marsad, "figures") == ["300", "120", "40"]
    marsad("review", "withdraw", "r2", "--reason", "again", code=2)
    marsad("review", "withdraw", "r3", "--reason", "after all")
    assert texts(marsad, "figures") == ["120", "40"]


@pytest.mark.usefixtures("ledger")
def test_a_claim_is_judged_and_that_is_withdrawn(marsad: Run) -> None:
    claim = one(marsad, "claims", "300")
    out, _ = marsad("review", "credibility", claim["id"][:8], "2", "--reason", "two others say so")
    assert out == f"review r2: judged claim {claim['id'][:12]}: credibility null -> 2\n"
    after = one(marsad, "claims", "300")
    assert (after["credibility"]["value"], after["credibility"]["by"]) == (2, "amy")
    assert after | {"credibility": None} == claim
    assert [each["id"] for each in listed(marsad, "claims", "--credibility", "1..3")] == [claim["id"]]
    assert "judge claim" in marsad("review", "list")[0]
    marsad("review", "credibility", claim["id"], "3", "--reason", "one of them fell away", "--by", "bo")
    out, _ = marsad("review", "withdraw", "r3", "--reason", "she did not")
    assert out.startswith("review r4: withdrew review r3 of claim “the group has 300 men")
    assert one(marsad, "claims", "300") == after


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("value", ["0", "7", "B", "-1", "2.5"])
def test_a_credibility_is_a_number_from_one_to_six(marsad: Run, value: str) -> None:
    claim, figure = one(marsad, "claims", "300"), one(marsad, "figures", "300")
    marsad("review", "credibility", claim["id"], value, "--reason", "so it seems", code=2)
    _, err = marsad("review", "credibility", figure["id"], "2", "--reason", "so it seems", code=2)
    assert "only a claim has a credibility" in err
    assert one(marsad, "claims", "300") == claim


@pytest.mark.usefixtures("ledger")
def test_another_reviewer_can_bring_back_what_was_rejected(marsad: Run) -> None:
    before = one(marsad, "figures", "300")
    marsad("review", "reject", before["id"], "--reason", "no such words")
    out, _ = marsad("review", "accept", before["id"][:8], "--reason", "there are", "--by", "bo")
    assert out == f"review r3: accepted figure {before['id'][:12]} “300”\n"
    assert one(marsad, "figures", "300") == {**before, "review": "accepted"}


@pytest.mark.usefixtures("ledger")
def test_a_missed_record_is_added_by_its_words(marsad: Run, document: Document) -> None:
    here = ["--document", document.id[:6], "--reason", "missed"]
    out, _ = marsad("review", "add", "claim", "--words", "Snow fell", "--set", "certainty=certain", *here)
    (found,) = (each for each in listed(marsad, "claims") if each["text"] == "Snow fell")
    assert out == f"review r2: added claim {found['id'][:12]} “Snow fell”\n"
    assert (found["review"], found["certainty"], found["kind"]) == ("added", "certain", "narrated")


@pytest.mark.usefixtures("ledger")
def test_words_that_stand_several_times_need_an_occurrence(marsad: Run, document: Document) -> None:
    add = ["review", "add", "claim", "--document", document.id, "--words", "Karoum", "--reason", "missed"]
    _, err = marsad(*add, code=2)
    assert "stands 3 times" in err
    marsad(*add, "--occurrence", "2")
    (found,) = (each for each in listed(marsad, "claims") if each["text"] == "Karoum")
    assert found["spans"][0][0] == TEXT.index("Karoum", TEXT.index("120"))


@pytest.mark.usefixtures("ledger")
def test_records_are_referred_to_by_their_ids_in_the_ledger(marsad: Run) -> None:
    whole, part = one(marsad, "figures", "300"), one(marsad, "figures", "120")
    out, _ = marsad(
        "review", "edit", part["id"], "--set", f"part_of={whole['id'][:9]}", "--reason", "of them"
    )
    assert f"part_of null -> {whole['id'][:12]}" in out
    assert one(marsad, "figures", "120")["part_of"] == whole["id"]
    itself = one(marsad, "figures", "120")["id"]
    _, err = marsad("review", "edit", itself, "--set", f"part_of={itself}", "--reason", "of itself", code=2)
    assert f"figure {itself[:12]} cannot refer to itself" in err


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ("as_of=2019", "as_of.edtf", "2019"),  # a bare number is a year where the field wants one
        ("as-of=null", "as_of", None),
        ("population=2019", "population", "2019"),
        ('population="2019"', "population", "2019"),
        ("population=men = women", "population", "men = women"),
        ('scope={"text": "Karoum"}', "scope.text", "Karoum"),
        ("places=[]", "places", []),
    ],
)
def test_a_value_is_json_or_words(marsad: Run, given: str, field: str, value: object) -> None:
    figure = one(marsad, "figures", "300")["id"]
    marsad("review", "edit", figure, "--set", given, "--reason", "so it says")
    found: Any = one(marsad, "figures", "300")
    for name in field.split("."):
        found = found[name]
    assert found == value


@pytest.mark.usefixtures("ledger")
def test_a_name_is_masked_everywhere_and_can_be_unmasked(marsad: Run, document: Document) -> None:
    here = ["--document", document.id, "--words", "Wardak", "--reason", "Wardak is a neighbour of Huda"]
    out, _ = marsad("review", "mask", *here)
    assert out == f"review r2: masked the words in 2 places of document {document.id[:12]}\n"
    shown = "".join(marsad(*command)[0] for command in (["claims"], ["review", "list"], ["actors"]))
    assert "Wardak" not in shown
    assert "Huda" not in shown
    out, _ = marsad("review", "unmask", *here)
    assert "unmasked “Wardak" in out
    assert "Wardak" in marsad("claims")[0]
    reasons = [each["reason"] for each in listed(marsad, "review", "list")]
    assert reasons[1] == "Wardak is a neighbour of ████"


@pytest.mark.usefixtures("ledger")
def test_a_private_name_is_in_no_answer(marsad: Run, document: Document) -> None:
    claim = next(each for each in listed(marsad, "claims") if "fled" in each["text"])["id"]
    said = [
        marsad("review", "accept", claim, "--reason", "Huda said so")[0],
        marsad("review", "edit", claim, "--set", "cue=Huda fled", "--reason", "Huda said so")[0],
        marsad("review", "list")[0],
        marsad("review", "list", "--format", "csv")[0],
        marsad("review", "list", "--format", "json")[0],
        marsad(
            "review", "add", "place", "--document", document.id, "--words", "Huda", "--reason", "Huda, a town"
        )[0],
    ]
    assert all("Huda" not in each and "████" in each for each in said)


@pytest.mark.usefixtures("ledger")
def test_what_would_have_no_effect_is_not_recorded(marsad: Run, document: Document) -> None:
    before = marsad("log", "--format", "json")
    where = ["--document", document.id, "--words", "Snow"]
    _, err = marsad("review", "unmask", *where, "--reason", "no name", code=2)
    assert "nothing is masked there" in err
    assert marsad("log", "--format", "json") == before


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["accept", "000000000000", "--reason", "x"], "no such record"),
        (["accept", "0", "--reason", "x"], "6 or more"),
        (["accept", "DOCUMENT", "--reason", "x"], "is a document, no record"),
        (["accept", "FIGURE"], "--reason"),
        (["accept", "FIGURE", "--reason", " "], "no reason is given"),
        (["accept", "FIGURE", "--reason", "x", "--by", " "], "nobody is named"),
        (["accept", "FIGURE", "--reason", "\udcff"], "UTF-8"),
        (["edit", "FIGURE", "--reason", "x"], "at least one"),
        (["edit", "FIGURE", "--set", "low", "--reason", "x"], "FIELD=VALUE"),
        (["edit", "FIGURE", "--set", "low=1", "--set", "low=2", "--reason", "x"], "twice"),
        (["edit", "FIGURE", "--set", "low=many", "--reason", "x"], "low: cannot be 'many'"),
        (["edit", "FIGURE", "--set", "height=2", "--reason", "x"], "no field of a figure"),
        (
            ["edit", "FIGURE", "--set", "claim=ffffff", "--reason", "x"],
            "no record of this document has the id ffffff",
        ),
        (["add", "claim", "--document", "DOCUMENT", "--words", "Rain", "--reason", "x"], "not in the text"),
        (["add", "claim", "--document", "ffffff", "--words", "Rain", "--reason", "x"], "no such document"),
        (["withdraw", "r1", "--reason", "x"], "no such"),
        (["withdraw", "FIGURE", "--reason", "x"], "is no review"),
        (["list", "--document", "ffffff"], "no such document"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_no_trace(
    marsad: Run, document: Document, arguments: list[str], said: str
) -> None:
    before = marsad("log", "--format", "json")
    ids = {"FIGURE": one(marsad, "figures", "300")["id"], "DOCUMENT": document.id}
    _, err = marsad("review", *(ids.get(each, each) for each in arguments), code=2)
    assert said in err
    assert marsad("log", "--format", "json") == before


@pytest.mark.usefixtures("ledger")
def test_whoever_is_named_decides(marsad: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = one(marsad, "figures", "300")["id"]
    marsad("review", "accept", figure, "--reason", "right")
    marsad("review", "accept", figure, "--reason", "right", "--by", "bo")
    assert [each["by"] for each in listed(marsad, "review", "list")] == ["amy", "bo"]
    monkeypatch.delenv("MARSAD_BY")
    assert "MARSAD_BY" in marsad("review", "accept", figure, "--reason", "right", code=2)[1]


def test_the_list_says_what_became_of_each_review(marsad: Run, ledger: Store, document: Document) -> None:
    figures = {each["text"]: each["id"] for each in listed(marsad, "figures")}
    marsad("review", "accept", figures["120"], "--reason", "right")
    marsad("review", "accept", figures["300"], "--reason", "right")
    marsad("review", "edit", figures["300"], "--set", "low=250", "--reason", "wrong")
    lost = replace(document, text=TEXT.replace("120 men left", "men left"), text_sha256="1" * 64)
    ledger.put(TEXT.encode(), lost, read_all(lost))
    found = listed(marsad, "review", "list", "--document", document.id[:6])
    assert [(each["review"], each["state"]) for each in found] == [
        ("r2", "orphaned"),
        ("r3", "superseded"),
        ("r4", "applied"),
    ]
    assert found[0]["record"] is None
    assert "'120'" in found[0]["why"]
    assert found[2]["record"] == one(marsad, "figures", "300")["id"]
    assert found[2]["fields"]["low"] == {"before": 300, "after": 250}
    (orphaned,) = listed(marsad, "review", "list", "--state", "orphaned")
    assert orphaned == found[0]
    table, _ = marsad("review", "list")
    assert max(map(len, table.splitlines())) <= 100
    assert all(word in table for word in ("orphaned", "superseded", "applied", "low: 300 → 250", "amy"))


@pytest.mark.usefixtures("ledger")
def test_without_reviews_the_lists_say_so(marsad: Run) -> None:
    assert marsad("review", "list")[0].startswith("No reviews")
    assert marsad("review", "agreement")[0].startswith("No agreement")


@pytest.mark.usefixtures("ledger")
def test_agreement_of_two_reviewers(marsad: Run) -> None:
    ids = [each["id"] for each in listed(marsad, "figures")]
    judged = {"amy": ("accept", "accept", "reject"), "bo": ("accept", "reject", "reject")}
    for by, actions in judged.items():
        for action, record in zip(actions, ids, strict=True):
            marsad("review", action, record, "--reason", "judged", "--by", by)
    (pair,) = listed(marsad, "review", "agreement")
    # 2 of 3 alike; by chance (2 x 1 + 1 x 2) / 9 would be, so (2/3 - 4/9) / (5/9)
    assert pair == {
        "first": "amy",
        "second": "bo",
        "n": 3,
        "observed": pytest.approx(2 / 3),
        "kappa": pytest.approx(0.4),
    }
    assert "amy, bo" in marsad("review", "agreement")[0]


# With the reader itself, from end to end


def of_another_version(read: Callable[[Document], Reading]) -> Callable[..., tuple[Reading, None]]:
    """A reader that finds no incidents and one figure, and whose records have other ids."""

    def reader(document: Document, warnings: Sequence[Notice] = ()) -> tuple[Reading, None]:
        found = read(document)
        lists = ("claims", "relations", "places", "times", "actors")
        renewed = {
            name: tuple(replace(each, reader="other@9") for each in getattr(found, name)) for name in lists
        }
        figures = tuple(replace(each, reader="other@9", incident=None) for each in found.figures[:1])
        document = replace(found.document, reader="other@9")
        return replace(found, document=document, figures=figures, incidents=(), warnings=(), **renewed), None

    return reader


@pytest.fixture
def other_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """What exchanges the reader of the program; it is put back after the test."""

    def exchange() -> None:
        monkeypatch.setattr(pipeline, "read_with_vectors", of_another_version(pipeline.read))
        monkeypatch.setattr(pipeline, "versions", lambda _: ("other@9", None))

    yield exchange
    monkeypatch.undo()


def test_reviews_stand_in_the_reading_of_another_version(
    address: str,
    tmp_path: Path,
    marsad: Run,
    monkeypatch: pytest.MonkeyPatch,
    other_reader: Callable[[], None],
) -> None:
    monkeypatch.setenv("MARSAD_WORKSPACE", address)
    report = str(samples.write(tmp_path / "reports")[0])
    add = ["add", report, "--published", samples.PUBLISHED[samples.AGENCY]]
    document = marsad(*add)[0].split()[1]
    strength, wrong = one(marsad, "figures", "900 and 1,200"), one(marsad, "claims", "harsh winter")
    marsad("review", "edit", strength["id"], "--set", "low=850", "--reason", "corrected since")
    marsad("review", "reject", wrong["id"], "--reason", "the report does not say so")
    missed = "The message, read by a commander"
    marsad("review", "add", "claim", "--document", document, "--words", missed, "--reason", "missed")
    other_reader()
    assert marsad(*add)[0].startswith("added")
    assert all(each["reader"] != strength["reader"] for each in listed(marsad, "figures"))
    assert one(marsad, "figures", "900 and 1,200")["low"] == 850
    assert not any("harsh winter" in text for text in texts(marsad, "claims"))
    assert missed in texts(marsad, "claims")
    assert {each["state"] for each in listed(marsad, "review", "list")} == {"applied"}
