"""Reading many documents: into Parquet, on all cores or machines, and from there into a ledger.

    inputs → partitions → workers, each watched → parts → tables

`read` divides its inputs into partitions, always in the same way. A partition is read by a worker, a child
process that loads the reader once; what a document does to it costs that document alone. A partition that
is done is marked, so the same call goes on after a stop. The workers stand on this machine (`pool`), or
Ray Data spreads them over a cluster (`on_ray`); the result is the same.

A child imports the part of this package that it is: what a job or a ledger needs is imported on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.bulk.jobs import Progress, read, refusals
    from marsad.bulk.result import Summary
    from marsad.bulk.taking import add

__all__ = ["Progress", "Summary", "add", "read", "refusals"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'marsad.bulk' has no attribute {name!r}")
    module = {"Summary": "result", "add": "taking"}.get(name, "jobs")
    return getattr(import_module(f"marsad.bulk.{module}"), name)
