from __future__ import annotations

import pytest

from .pages import BODY, TEXT, frozen, page, paragraphs

WORDS = "Words that no reader of the page ever sees."
RULES = """
@import url("x.css"); /* .shown { display: none } */
.gone, p.away { color: red; display : none }
#ghost{visibility:hidden!important}
.off { position: absolute; left: -9999px }
.twice { display: none } .twice { display: block }
.menu .shown { display: none }
@media print { .shown { display: none } .x { color: red } }
.tiny { font-size: 0.9em } .clear { clip: auto }
"""


def hidden(markup: str) -> str:
    """The text of the page around `markup`; fails unless the page's own words are all there."""
    found = paragraphs(page(BODY + markup, f"<style>{RULES}</style>"))
    assert found[:3] == TEXT
    return "\n".join(found[3:])


@pytest.mark.parametrize(
    "markup",
    [
        f"<p hidden>{WORDS}</p>",
        f"<div aria-hidden='TRUE'><p>{WORDS}</p></div>",
        f"<p style='color: red; DISPLAY : none'>{WORDS}</p>",
        f"<p style='visibility:hidden'>{WORDS}</p>",
        f"<p style='font-size: 0px'>{WORDS}</p>",
        f"<p style='position:absolute;left:-5000px'>{WORDS}</p>",
        f"<p style='text-indent:-9999em'>{WORDS}</p>",
        f"<p style='clip: rect(0 0 0 0)'>{WORDS}</p>",
        f"<p style='clip-path: inset(50%)'>{WORDS}</p>",
        f"<p class='a gone'>{WORDS}</p>",
        f"<p class=away>{WORDS}</p>",
        f"<p id=ghost>{WORDS}</p>",
        f"<div class=off><p>{WORDS}</p></div>",
        f"<template><p>{WORDS}</p></template>",
        f"<!-- <p>{WORDS}</p> -->",
    ],
)
def test_what_a_browser_hides_is_dropped(markup: str) -> None:
    assert hidden(markup) == ""


@pytest.mark.parametrize(
    "markup",
    [
        f"<p style='font-size:0.9em;left:-5px'>{WORDS}</p>",
        f"<p style='display:block;clip:rect(auto)'>{WORDS}</p>",
        f"<p class=shown>{WORDS}</p>",
        f"<p class=twice>{WORDS}</p>",
        f"<p class='tiny clear'>{WORDS}</p>",
        f"<p aria-hidden=false>{WORDS}</p>",
    ],
)
def test_what_a_browser_shows_is_kept(markup: str) -> None:
    assert hidden(markup) == WORDS


def test_a_page_that_waits_for_its_script_is_shown() -> None:
    assert paragraphs(f"<html style='visibility:hidden'><body style='display:none' hidden>{BODY}") == TEXT


def test_what_was_dropped_is_counted_and_told() -> None:
    markup = page(
        f"{BODY}<p hidden>12345</p><div style='display:none'><p>678<b>9</b></p></div><p hidden></p>"
    )
    (warning,) = frozen(markup).warnings
    assert warning.code == "hidden_text"
    assert warning.message == "2 passages hidden by style, 9 characters, dropped"
    assert frozen(page(f"{BODY}<nav hidden><a href=/>Menu</a></nav>")).warnings[:1] != ()
    assert frozen(page(BODY)).warnings == ()


@pytest.mark.parametrize(
    "sheet", ["{" * 50_000, ".a{" * 20_000, "/*" * 50_000, "@media x{" * 20_000, ".a," * 30_000]
)
def test_a_broken_sheet_hides_nothing(sheet: str) -> None:
    assert paragraphs(page(BODY, f"<style>{sheet}</style>")) == TEXT
