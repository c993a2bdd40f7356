"""What tests of several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from marsad import cli

Run = Callable[..., tuple[str, str]]


@pytest.fixture
def marsad(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program as amy on a workspace; give what it printed, and of an error its one line."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MARSAD_BY", "amy")
    monkeypatch.setenv("MARSAD_WORKSPACE", str(tmp_path))

    def run(*arguments: str, code: int = 0) -> tuple[str, str]:
        assert cli.run(arguments) == code
        out, err = capsys.readouterr()
        assert code == 0 or (out == "" and err.count("\n") == 1)
        return out, err

    return run
