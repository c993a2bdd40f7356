"""The build of the workbench's assets: whole, or not at all."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`scripts/assets.py`, for a folder of its own, without a network."""
    path = Path(__file__).parents[1] / "scripts" / "assets.py"
    spec = importlib.util.spec_from_file_location("assets", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "assets", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ASSETS", tmp_path / "assets")
    monkeypatch.setattr(module, "STAMP", tmp_path / "assets" / "stamp")
    monkeypatch.setattr(module, "fetch", lambda packages: None)
    return module


def test_a_build_that_fails_leaves_what_was_there(
    assets: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "_make", lambda folder: (folder / "a.js").write_text("1"))
    assets.build()
    assert (assets.ASSETS / "a.js").read_text() == "1"
    assets.STAMP.write_text("of other sources")

    def broken(folder: Path) -> None:
        (folder / "a.js").write_text("half")
        raise SystemExit(1)

    monkeypatch.setattr(assets, "_make", broken)
    with pytest.raises(SystemExit):
        assets.build()
    assert (assets.ASSETS / "a.js").read_text() == "1"
    assert [each.name for each in assets.ASSETS.parent.iterdir()] == ["assets"]


def test_a_build_replaces_what_was_there_and_is_not_made_twice(
    assets: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets.ASSETS.mkdir()
    (assets.ASSETS / "old.js").write_text("0")
    made: list[Path] = []
    monkeypatch.setattr(assets, "_make", made.append)
    assets.build()
    assets.build()
    assert len(made) == 1
    assert [each.name for each in assets.ASSETS.iterdir()] == ["stamp"]
