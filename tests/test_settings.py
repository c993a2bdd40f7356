from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from marsad.settings import BadSetting, Settings, load, variable

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"
TYPES = {"str": "text", "str | None": "text", "int": "whole number", "float": "number", "bool": "yes or no"}


def test_the_page_lists_every_setting_and_no_other() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `MARSAD_")]
    defaults = {"None": "not set", "False": "no", "True": "yes"}
    assert rows == [
        f"| `{variable(setting)}` | {TYPES[str(setting.type)]}"
        f" | {defaults.get(str(setting.default), setting.default)} | {setting.metadata['help']} |"
        for setting in fields(Settings)
    ]


def test_without_an_environment_there_are_the_defaults() -> None:
    assert load({}) == Settings()


def test_values_take_their_types() -> None:
    settings = load(
        {
            "MARSAD_DOCUMENT_BYTES": " 1000 ",
            "MARSAD_FETCH_SECONDS": "2.5",
            "MARSAD_FETCH_PRIVATE_ADDRESSES": "Yes",
            "MARSAD_WORKSPACE": "ledger",
            "MARSAD_DEBUG": "",
        }
    )
    assert settings == Settings(
        document_bytes=1000, fetch_seconds=2.5, fetch_private_addresses=True, workspace="ledger"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MARSAD_DOCUMENT_BYTES", "32 MiB"),
        ("MARSAD_DOCUMENT_BYTES", "0"),
        ("MARSAD_DOCUMENT_BYTES", "1.5"),
        ("MARSAD_FETCH_SECONDS", "nan"),
        ("MARSAD_FETCH_SECONDS", "inf"),
        ("MARSAD_FETCH_SECONDS", "-1"),
        ("MARSAD_DEBUG", "maybe"),
    ],
)
def test_a_bad_value_is_named_on_one_line(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{name} is '{value}'; give .+$"):
        load({name: value})
