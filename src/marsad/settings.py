"""Every setting, typed, with help and default, read from the environment.

A field `fetch_seconds` is set by `MARSAD_FETCH_SECONDS`. `docs/settings.md` lists them all, and a
test holds it to this file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

PREFIX = "MARSAD_"
MIB = 1024 * 1024

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


class BadSetting(ValueError):
    """A value is not of its setting's type: one line that says which, and what to give."""


def _setting(default: Any, text: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a user may set. Sizes and times are positive."""

    workspace: str | None = _setting(
        None, "Folder or database address of the workspace, where no `--workspace` is given."
    )
    database: str | None = _setting(
        None, "Address of a PostgreSQL database, `postgresql://...`, that holds the ledger instead of a file."
    )
    by: str | None = _setting(None, "Who decides, where no `--by` is given: a name kept with every decision.")
    gazetteer: str | None = _setting(
        None, "Folder of a gazetteer made by `marsad gazetteer build`, instead of the one that ships."
    )
    vocabularies: str | None = _setting(
        None, "Folder of your own vocabularies, such as `actors.toml`, which add to those that ship."
    )
    document_bytes: int = _setting(32 * MIB, "Largest document that is read, in bytes.")
    collection_bytes: int = _setting(
        512 * MIB, "Largest JSON Lines file that is read, in bytes; each line is one document."
    )
    archive_bytes: int = _setting(
        2048 * MIB, "Most that an archive (ZIP, gzip, tar) and the archives in it may unfold to, in bytes."
    )
    archive_files: int = _setting(20_000, "Most files that an archive may hold.")
    text_characters: int = _setting(5_000_000, "Longest text of one document, in characters.")
    parse_seconds: float = _setting(5.0, "Time that a parser may take over one page, in seconds.")
    parse_bytes: int = _setting(1024 * MIB, "Address space that a parser may take, in bytes.")
    pdf_pages: int = _setting(2_000, "Most pages that a PDF may have.")
    pdf_seconds: float = _setting(60.0, "Time that a parser may take over one PDF, in seconds.")
    fetch_seconds: float = _setting(30.0, "Time that a fetch may take, redirects included, in seconds.")
    fetch_bytes: int = _setting(32 * MIB, "Largest answer that a fetch accepts, in bytes.")
    fetch_private_addresses: bool = _setting(
        False, "Whether loopback, private and other addresses that are not public may be fetched."
    )
    fetch_pause: float = _setting(
        1.0, "Pause between two requests to one host, in seconds, where pages are fetched in number."
    )
    reliefweb_appname: str | None = _setting(
        None, "The name that ReliefWeb has approved for your use of its API."
    )
    reliefweb_url: str = _setting("https://api.reliefweb.int/v2", "Address of ReliefWeb's API.")
    ucdp_url: str = _setting("https://ucdp.uu.se/downloads", "Address of UCDP's downloads.")
    read_seconds: float = _setting(
        120.0,
        "Time that `marsad read --bulk` may take over a document, in seconds; longer for one of over 20,000 "
        "characters.",
    )
    worker_bytes: int = _setting(
        4096 * MIB, "Address space that a worker of `marsad read --bulk` may take, in bytes."
    )
    threads: int = _setting(64, "Most cores that the trained reader of one process uses.")
    debug: bool = _setting(False, "Whether an unexpected error prints where in the program it arose.")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of `environ` (by default, of this process) over their defaults.

    Raises:
        BadSetting: a value is not of its setting's type.
    """
    environ = os.environ if environ is None else environ
    given: dict[str, Any] = {
        setting.name: _value(setting, environ[variable(setting)])
        for setting in fields(Settings)
        if environ.get(variable(setting), "") != ""
    }
    return Settings(**given)


def variable(setting: Field[Any]) -> str:
    """The environment variable of a field of `Settings`."""
    return PREFIX + setting.name.upper()


def _value(setting: Field[Any], text: str) -> object:
    parse, wanted = _TYPES[str(setting.type)]
    try:
        return parse(text.strip())
    except ValueError:
        raise BadSetting(f"{variable(setting)} is {text!r}; give {wanted}") from None


def _whole(text: str) -> int:
    return int(_positive(int(text)))


def _seconds(text: str) -> float:
    return _positive(float(text))


def _positive(number: float) -> float:
    if not 0 < number < float("inf"):
        raise ValueError(number)
    return number


def _switch(text: str) -> bool:
    word = text.lower()
    if word not in _YES | _NO:
        raise ValueError(text)
    return word in _YES


_TYPES: dict[str, tuple[Callable[[str], object], str]] = {
    "str": (str, "a text"),
    "str | None": (str, "a folder or an address"),
    "int": (_whole, "a whole number above 0"),
    "float": (_seconds, "a number above 0"),
    "bool": (_switch, "1 (yes) or 0 (no)"),
}
