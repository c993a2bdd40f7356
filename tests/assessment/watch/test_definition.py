"""The file of a watch: what it may hold, what is refused, where it lies, and how a new one is made."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.assessment.watch import WINDOW, Watch, files, making
from marsad.errors import BadInput, NotFound
from marsad.reading.themes.vocabulary import ThemeName

NINE = {
    "strength",
    "finance",
    "recruitment",
    "capability",
    "leadership",
    "detention",
    "territory",
    "intent",
    "risk",
}
HEAD = 'name = "w"\ntitle = "W"\nsubjects = ["Red Sand Front"]\n'
INDICATOR = '[[indicators]]\nname = "money"\ntitle = "Money"\n'
UNHURRIED = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
SOUND = HEAD + INDICATOR + 'themes = ["finance"]\n'


def parse(text: str) -> Watch:
    return Watch.parse(text.encode(), "w.toml")


def fault(text: str) -> str:
    with pytest.raises(BadInput) as raised:
        parse(text)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_the_shipped_watch_has_every_indicator_with_words_and_examples() -> None:
    watch = Watch.load("isis")
    named = {indicator.name for indicator in watch.indicators}
    assert named == NINE | {"external_support", "civilian_harm"}
    assert (watch.subjects, watch.countries, watch.window) == (("ISIS",), ("SY", "IQ"), WINDOW)
    assert all(each.words and each.examples for each in watch.indicators)


def test_a_watch_of_ones_own_may_have_any_indicator() -> None:
    watch = parse(
        SOUND + 'measures = ["finance.", "count.checkpoint", "detention.families"]\nup = ["more tolls"]\n'
    )
    (indicator,) = watch.indicators
    assert indicator.has_own_directions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = [", "w.toml: is no TOML: "),
        ("a = " + 5000 * "[", "w.toml: is no TOML of a watch: lists are nested too deep"),
        ("", "w.toml: Object missing required field `name`"),
        (HEAD + "indicators = []\n", "w.toml: indicators: is an empty list; fill it or leave it out"),
        (SOUND.replace("title = \"W\"", "titel = \"W\""), "w.toml: Object contains unknown field `titel`"),
        (SOUND.replace('title = "W"', 'title = " "'), "w.toml: title: is empty"),
        (SOUND.replace('["Red Sand Front"]', "[]"), "w.toml: subjects: is an empty list"),
        (SOUND.replace('["Red Sand Front"]', '["--"]'), "w.toml: subjects: '--' is no name"),
        (SOUND.replace('name = "w"', 'name = "../w"'), "w.toml: name: '../w' is no name"),
        ("countries = [\"Syria\"]\n" + SOUND, "w.toml: countries: 'Syria' is no country of ISO 3166-1 alpha-2"),
        ("window = 0\n" + SOUND, "w.toml: window: 0 is no number of days"),
        ("window = \"long\"\n" + SOUND, "w.toml: window: Expected `int`, got `str`"),
        (SOUND + 'wrods = ["levy"]\n', "w.toml: indicator money: Object contains unknown field `wrods`"),
        (SOUND.replace('"finance"]', '"finances"]'), "w.toml: indicator money: themes: 'finances' is not known"),
        (SOUND + 'measures = ["finance.reservs"]\n', "indicator money: measures: 'finance.reservs' is not known"),
        (SOUND + 'incidents = ["ASSAULTS"]\n', "indicator money: incidents: 'ASSAULTS' is not known"),
        (SOUND + 'side = "left"\n', "indicator money: side: Invalid enum value 'left'"),
        (SOUND + "words = []\n", "indicator money: words: is an empty list"),
        (SOUND + 'words = ["***"]\n', "indicator money: words: '***' holds no word"),
        (SOUND + "words = [1]\n", "indicator money: words[0]: Expected `str`, got `int`"),
        (HEAD + INDICATOR, "indicator money: has nothing that counts as evidence"),
        (HEAD + "[[indicators]]\ntitle = \"Money\"\n", "w.toml: indicator 1: Object missing required field `name`"),
        (SOUND + INDICATOR + 'themes = ["risk"]\n', "w.toml: indicators: money stands there twice"),
        (HEAD + "indicators = 5\n", "w.toml: indicators: Expected `array`, got `int`"),
        (HEAD + "indicators = [5]\n", "w.toml: indicator 1: Expected `object`, got `int`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line_with_its_key(text: str, said: str) -> None:
    assert said in fault(text)


def test_a_fault_names_what_there_is() -> None:
    said = fault(SOUND.replace('"finance"]', '"finances"]'))
    assert all(theme in said for theme in get_args(ThemeName))


@UNHURRIED
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_of_a_watch(text: str) -> None:
    try:
        parse(text)
    except BadInput as error:
        assert str(error).startswith("w.toml: ")


# Where it lies


def test_the_workspaces_own_watch_comes_before_the_one_that_ships(tmp_path: Path) -> None:
    making.write(tmp_path, "isis", subjects=["Red Sand Front"], countries=[], places=[])
    assert Watch.load("isis", tmp_path).subjects == ("Red Sand Front",)
    assert Watch.load("isis").subjects == ("ISIS",)
    assert Watch.load(tmp_path / "watches" / "isis.toml").subjects == ("Red Sand Front",)


@pytest.mark.parametrize("name", ["nobody", "../nowhere/passwd", "no\0pe.toml", "", "watches/none.toml"])
def test_a_watch_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match=r"no such|cannot be read"):
        Watch.load(name, tmp_path)


def test_a_folder_and_a_huge_file_are_no_watch(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "huge.toml").write_bytes(b"#" * (files._LARGEST + 1))
    for name in ("folder", "huge"):
        with pytest.raises(BadInput, match=f"{name}.toml: (cannot be read|is larger)"):
            Watch.load(tmp_path / f"{name}.toml")


# A new one


def test_a_new_watch_has_all_indicators_of_the_shipped_one(tmp_path: Path) -> None:
    path = making.write(
        tmp_path, "red-sand", subjects=["Red Sand Front"], countries=["sy"], places=["Karoum"]
    )
    watch = Watch.load("red-sand", tmp_path)
    assert path == tmp_path / "watches" / "red-sand.toml"
    assert watch.title == "Red Sand Front in SY, Karoum"
    assert (watch.countries, watch.places) == (("SY",), ("Karoum",))
    assert watch.indicators == Watch.load("isis").indicators


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = making.write(tmp_path, "mine", subjects=[], countries=[], places=[])
    path.write_text(SOUND)
    with pytest.raises(BadInput, match="is there already"):
        making.write(tmp_path, "mine", subjects=["Other"], countries=[], places=[])
    assert path.read_text() == SOUND


@pytest.mark.parametrize("name", ["new", "list", "show", "a/b", "Mine", "", "x" * 61])
def test_a_name_that_would_mislead_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="is no name"):
        making.write(tmp_path, name, subjects=["A"], countries=[], places=[])
    assert not list(tmp_path.iterdir())


def test_a_country_that_is_none_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="'QQ' is no country"):
        making.write(tmp_path, "mine", subjects=["A"], countries=["QQ"], places=[])
    assert not list(tmp_path.iterdir())


@UNHURRIED
@given(
    st.lists(
        st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=30), min_size=1, max_size=3
    )
)
def test_any_name_of_a_subject_is_written_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("w")
    try:
        making.write(folder, "mine", subjects=names, countries=[], places=[])
    except BadInput as error:
        assert "is no name" in str(error)
    else:
        assert list(Watch.load("mine", folder).subjects) == names


def test_missing_files_are_not_found() -> None:
    with pytest.raises(NotFound):
        Watch.load("nobody")
