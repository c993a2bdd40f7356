"""Three reports written for Marsad, in three formats. The group and the events are invented."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from marsad.errors import MarsadError

AGENCY = "invented-agency.txt"
PANEL = "invented-panel.md"
FLASH = "invented-flash.html"
NAMES = (AGENCY, PANEL, FLASH)


# The day of publication, for a report that does not state it.
PUBLISHED = {AGENCY: "2024-03-12"}


def read_bytes(name: str) -> bytes:
    """The bundled report `name`, one of `NAMES`."""
    return resources.files(__name__).joinpath(name).read_bytes()


def write(folder: Path) -> tuple[Path, ...]:
    """Copy every sample into `folder`, which is made, and return their paths in the order of `NAMES`.

    Raises:
        MarsadError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            (folder / name).write_bytes(read_bytes(name))
    except OSError as error:
        raise MarsadError(f"{folder}: cannot be written: {error.strerror}") from error
    return tuple(folder / name for name in NAMES)
