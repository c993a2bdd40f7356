import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import marsad
from marsad import api
from marsad.errors import BadInput
from marsad.ingest import Added, Refused, Unchanged


def test_read_gives_one_reading_a_document(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text('{"text": "The army said the town was quiet."}\n{"text": "The town fell."}\n', "utf-8")
    first, second = marsad.read(str(path), published="2021-05-03")
    assert [c.text for c in first.claims] == ["the town was quiet"]
    assert [c.kind for c in second.claims] == ["narrated"]
    assert first.document.published.latest == "2021-05-03"


def test_read_says_what_cannot_be_read(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_text("", "utf-8")
    with pytest.raises(BadInput, match=r"empty\.txt"):
        marsad.read(str(path))


def test_the_ledger_is_loaded_when_it_is_asked_for():
    code = (
        "import sys, marsad; assert 'sqlalchemy' not in sys.modules; marsad.Ledger; "
        "print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    with pytest.raises(AttributeError):
        marsad.nothing  # noqa: B018


def test_help_loads_neither_a_database_nor_a_reader():
    code = (
        "import sys; from marsad import cli; cli.run(['--help']); "
        "print(sorted({'sqlalchemy', 'rich', 'msgspec', 'marsad.reading'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_examples_do_what_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARSAD_DATABASE", raising=False)
    failed, tried = doctest.testmod(api)
    assert failed == 0
    assert tried > 10


def test_add_says_what_became_of_each_document(address: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The army said 40 men had fled.")
    (tmp_path / "two.txt").write_text("")
    paths = [str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]
    with marsad.Ledger.open(address, create=True) as ledger:
        added, refused = ledger.add(*paths, published="2020-05")
        assert isinstance(added, Added)
        assert isinstance(refused, Refused)
        (unchanged,) = ledger.add(paths[0])
        assert unchanged == Unchanged(added.document_id, paths[0])
        (figure,) = ledger.figures(as_known="2020-05-31")
        assert (figure.record.best, figure.found_in.id) == (40, added.document_id)
        assert list(ledger.figures(as_known="2020-05-30")) == []
