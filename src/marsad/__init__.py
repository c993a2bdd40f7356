"""Marsad: a ledger of who claimed what.

    from marsad import Ledger, read

    for reading in read("report.html"):
        for claim in reading.claims:
            print(claim.source, claim.text)

Everything heavy is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.version import VERSION

if TYPE_CHECKING:
    from marsad.api import Ledger, Watch, read

__version__ = VERSION
__all__ = ["Ledger", "Watch", "read"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from marsad import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module 'marsad' has no attribute {name!r}")
