"""Every error that a user can meet, each with its exit code and HTTP status.

    MarsadError             1   500
    ├── BadInput            2   422   what was given cannot be read as what it should be
    │   ├── Forbidden       2   403   a request to the workbench that does not come from its own pages
    │   ├── NotFound        2   404   no such file, document or record
    │   └── TooLarge        2   413   over a limit of settings.py
    ├── Unreachable         3   502   an address did not answer, or may not be asked
    ├── BadWorkspace        4   409   the ledger is missing, newer than this program, or unsound
    └── BadWeights          1   500   a file of the trained reader is missing or damaged

The message is one line: what, where, and what to do.
"""

from __future__ import annotations

from typing import ClassVar


class MarsadError(Exception):
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class BadInput(MarsadError):
    exit_code = 2
    http_status = 422


class Forbidden(BadInput):
    http_status = 403


class NotFound(BadInput):
    http_status = 404


class TooLarge(BadInput):
    http_status = 413


class Unreachable(MarsadError):
    exit_code = 3
    http_status = 502


class BadWorkspace(MarsadError):
    exit_code = 4
    http_status = 409


class BadWeights(MarsadError):
    exit_code = 1
    http_status = 500
