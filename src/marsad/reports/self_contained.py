"""Pages that need nothing else: their templates and styles, and the policy that keeps them so."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(package: str) -> Environment:
    """The templates of a package: every value is escaped, and a name that is not there is an error."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> str:
    """A file of `templates`."""
    return resources.files("marsad.reports").joinpath("templates", name).read_text(encoding="utf-8")


def policy(style: str, script: str | None = None) -> str:
    """A Content Security Policy (W3C, level 3) that allows exactly this style and this script."""
    scripts = f"script-src {_source_hash(script)}; " if script is not None else ""
    return (
        f"default-src 'none'; style-src {_source_hash(style)}; {scripts}base-uri 'none'; form-action 'none'"
    )


def _source_hash(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"
