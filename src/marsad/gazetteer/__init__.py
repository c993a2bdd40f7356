"""Place names to identifiers and coordinates; countries, demonyms and regions. Works offline."""

from __future__ import annotations

from marsad.gazetteer.countries import Country, load_countries
from marsad.gazetteer.entry import PRECISION, Entry
from marsad.gazetteer.store import Gazetteer

__all__ = ["PRECISION", "Country", "Entry", "Gazetteer", "load_countries"]
