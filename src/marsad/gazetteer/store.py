"""The gazetteer's files: places and names as sorted lines, looked up where they lie on disk.

Four files, made by `marsad.gazetteer.making`. `places.tsv` holds a place a line (`entry.py`).
`names.tsv` holds a key of `folding.py` a line, sorted by its UTF-8 bytes, with where in `places.tsv`
the places so named begin. `blocks.tsv` holds the first key of each kilobyte of `names.tsv`, and
is all that is read at opening; the two others are mapped into memory, so that opening costs nothing
and pages are shared. `gazetteer.json` says what they are.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import msgspec

from marsad.errors import BadInput, NotFound
from marsad.gazetteer.countries import Country, load_countries
from marsad.gazetteer.entry import Entry, entry_of, unit_of
from marsad.gazetteer.folding import fold, sound, without_articles
from marsad.settings import load

SHIPPED = Path(str(resources.files("marsad.gazetteer").joinpath("data")))
FORMAT = 3  # of the files
SOUND = "~"  # precedes a key of `folding.sound`
DEMONYM = "@"  # precedes a folded demonym
ABBREVIATION = "."  # precedes a folded abbreviation
RECENT = 20_000  # answers kept
_UNITS_KEPT = 5_000
_MORE = " x"  # stands for whatever words follow


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `gazetteer.json` says of the files beside it."""

    format: int
    version: str  # name@version, + the first digits of the files' hash
    places: int
    keys: int
    sha256: dict[str, str]  # of each file
    sources: tuple[str, ...]  # names of what it was made from


class Gazetteer:
    """Looks up names. Reads only; may be shared by threads and by forked processes."""

    def __init__(self, folder: Path) -> None:
        """The gazetteer in `folder`.

        Raises:
            NotFound: there is none.
            BadInput: its files are of another version of this program, or damaged.
        """
        self.about = _about(folder)
        self.version = self.about.version
        self._places = _mapped(folder / "places.tsv")
        self._names = _mapped(folder / "names.tsv")
        self._first, self._begins = _blocks(folder / "blocks.tsv", len(self._names))
        self._named = lru_cache(RECENT)(self._bearing)
        self._answers = lru_cache(RECENT)(self._look_up)
        self._begun = lru_cache(RECENT)(self._continues)
        self._unit = lru_cache(_UNITS_KEPT)(self._entry_at)

    @staticmethod
    def open(folder: Path | None = None) -> Gazetteer:
        """The gazetteer in `folder`, else the one that the settings name, else the one that ships.

        It is opened once in a process.
        """
        chosen = folder or load().gazetteer
        return _opened(Path(chosen) if chosen else SHIPPED)

    def candidates(self, name: str) -> tuple[Entry, ...]:
        """Every place of that name, in no order of merit.

        Case, diacritics, hyphens and Arabic articles do not count: "Al-Hasakah" finds "Hasakah".
        An abbreviation counts where it is written as one: "Miss." and "NJ", never "Miss".
        """
        return self._named(name)

    def _bearing(self, name: str) -> tuple[Entry, ...]:
        key = fold(name)
        if not key:
            return ()
        found = self._answers(key)
        bare = without_articles(key)
        if bare != key:
            found += self._answers(bare)
        if "." in name or name.isupper():
            found += self._answers(ABBREVIATION + key)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def sounding_like(self, name: str) -> tuple[Entry, ...]:
        """Places of Arabic-writing countries whose name may be romanised so. Needs other evidence."""
        key = fold(name)
        return self._answers(SOUND + sound(key)) if key else ()

    def by_demonym(self, word: str) -> tuple[Entry, ...]:
        """The places whose people or things are called so: "Syrians", "Californian", "European".

        It shows who is meant, never where somebody is.
        """
        key = fold(word)
        return self._answers(DEMONYM + key) if key else ()

    def begins_name(self, words: str) -> bool:
        """Whether some name has these words and then others: "Deir" does, for "Deir ez-Zor"."""
        with_more = fold(words + _MORE)  # so that "St." is a saint
        if not with_more.endswith(_MORE):
            return False
        key = with_more.removesuffix(_MORE)
        bare = without_articles(key)
        return self._begun(key) or (bare != key and self._begun(bare))

    def countries(self) -> tuple[Country, ...]:
        return load_countries()

    def _look_up(self, key: str) -> tuple[Entry, ...]:
        sought = key.encode()
        block = self._block(bisect_right(self._first, sought))
        at = block.find(b"\n" + sought + b"\t")
        if at < 0:
            return ()
        offsets = block[at + len(sought) + 2 : block.find(b"\n", at + 1)]
        return tuple(self._entry_at(int(offset)) for offset in offsets.split(b","))

    def _continues(self, key: str) -> bool:
        sought = key.encode() + b" "
        number = bisect_right(self._first, sought)
        follows = number < len(self._first) and self._first[number].startswith(sought)
        return follows or b"\n" + sought in self._block(number)

    def _block(self, number: int) -> bytes:
        """The lines of a block, numbered from one, and the line end before them; there is no block 0."""
        return self._names[self._begins[number - 1] - 1 : self._begins[number]] if number else b""

    def _entry_at(self, offset: int) -> Entry:
        line = self._places[offset : self._places.find(b"\n", offset)]
        unit = unit_of(line)
        return entry_of(line, None if unit is None else self._unit(unit))


@cache
def _opened(folder: Path) -> Gazetteer:
    return Gazetteer(folder)


def _about(folder: Path) -> About:
    try:
        about = msgspec.json.decode((folder / "gazetteer.json").read_bytes(), type=About)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            f"{folder} holds no gazetteer; make one with `marsad gazetteer build DUMP --out DIR`"
        ) from None
    except msgspec.MsgspecError as error:
        raise BadInput(f"{folder / 'gazetteer.json'} cannot be read: {error}") from None
    if about.format != FORMAT:
        raise BadInput(f"{folder} has format {about.format}, this program reads {FORMAT}: build it again")
    return about


def _mapped(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise BadInput(f"{path} is missing: build the gazetteer again") from None
    except ValueError:  # an empty file cannot be mapped
        raise BadInput(f"{path} is empty: build the gazetteer again") from None


def _blocks(path: Path, end: int) -> tuple[list[bytes], list[int]]:
    """The first key of each block and where it begins; `end` closes the last."""
    try:
        lines = path.read_bytes().splitlines()
        pairs = [line.rsplit(b"\t", 1) for line in lines]
        return [key for key, _ in pairs], [*(int(begin) for _, begin in pairs), end]
    except (FileNotFoundError, ValueError):
        raise BadInput(f"{path} is missing or damaged: build the gazetteer again") from None
