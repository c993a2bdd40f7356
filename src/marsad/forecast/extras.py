"""Libraries of the extra `forecast`: loaded where they are used, with one clear line if missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from marsad.errors import MarsadError


def need(name: str) -> ModuleType:
    """A module of a library that only forecasts need.

    Raises:
        MarsadError: it is not installed, or a library of the system that it needs is not.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MarsadError(
            f"forecasts need {name.partition('.')[0]}: pip install 'marsad[forecast]'"
        ) from error
    except OSError as error:  # LightGBM's wheel does not bring the run time of OpenMP
        raise MarsadError(
            f"{name} cannot be loaded ({error}): install libgomp1 (Debian, Ubuntu) or libomp (Homebrew)"
        ) from error
