import subprocess
import sys

import pytest

import marsad
from marsad.errors import BadInput


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
