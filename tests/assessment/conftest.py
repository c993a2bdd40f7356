"""What tests of assessments share: a ledger of the reports by five outlets, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from marsad import ingest
from marsad.ledger.store import Store

OUTLETS = Path(__file__).with_name("outlets.jsonl")


@pytest.fixture(scope="session")
def outlets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a ledger of `outlets.jsonl`: read it, and write nothing into it."""
    folder = tmp_path_factory.mktemp("outlets") / "workspace"
    with Store.open(folder, create=True) as ledger:
        assert len(list(ingest.add(ledger, [str(OUTLETS)]))) == len(OUTLETS.read_text("utf-8").splitlines())
    return folder
