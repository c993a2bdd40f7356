"""Templates: where they are, what they may use, and a page of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment
from jinja2.runtime import Context
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from marsad.ledger.asking.found import Found
from marsad.reports import self_contained
from marsad.version import VERSION
from marsad.web import spoken
from marsad.web.messages import languages, messages
from marsad.web.standing import Standing

# The pages that the head of every page leads to, by what they are for; each is at /NAME
SECTIONS: dict[str, tuple[str, ...]] = {
    "read": ("home", "documents", "add"),
    "ledger": ("claims", "figures", "incidents", "relations", "actors", "places", "sources"),
    "compare": ("series", "contradictions", "agreements", "timeline", "map"),
    "watch": ("watches", "forecast"),
    "share": ("reports", "disclosure"),
}


_DAY = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b", re.ASCII)


class Language(NamedTuple):
    """Another language that the page can be read in."""

    code: str
    name: str  # what it calls itself
    address: str


class Addresses:
    """Where most links of a table lead, by ids: nothing in them is to be escaped, as `Standing.link` does."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing.link("")
        self._and = f"{self._standing}&" if self._standing else "?"

    def record(self, found: Found[Any]) -> str:
        """Its words in its document."""
        return f"/documents/{found.found_in.id}{self._and}at={found.id}#at-{found.id}"

    def document(self, document_id: str) -> str:
        return f"/documents/{document_id}{self._standing}"

    def trace(self, record_id: str) -> str:
        return f"/trace/{record_id}{self._standing}"


class _Context(Context):
    """Calls what a template calls, as it is.

    Jinja first looks whether that wants the context, or how values are escaped: nothing of ours does, every
    value is escaped, and a table has a thousand calls.
    """

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: object,
        _block_vars: object = None,
        _loop_vars: object = None,
        **kwargs: object,
    ) -> object:
        return called(*args, **kwargs)


@cache
def environment() -> Environment:
    """The templates of the workbench, with what all of them may use."""
    found = self_contained.environment("marsad.web")
    found.context_class = _Context
    found.filters["dated"] = dated
    found.globals |= {"version": VERSION, "sections": SECTIONS}
    return found


def dated(words: str) -> Markup:
    """Words whose days are neither cut at the end of a line nor turned round."""
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(words))))  # noqa: S704 - escaped


def page(
    request: Request, template: str, standing: Standing, *, status: int = 200, **words: object
) -> HTMLResponse:
    """A page of a template, in the language and as of the day in force."""
    path = request.url.path if request.method in ("GET", "HEAD") else "/"  # what cannot be asked for again
    kept = request.query_params.multi_items()
    html = environment().get_template(template).render(
        say=standing.messages.say,
        number=standing.messages.number,
        **spoken.names(standing.language),
        standing=standing,
        link=standing.link,
        address=Addresses(standing),
        direction=standing.messages.direction,
        path=path,
        here=Standing().link(path),
        in_section=path.strip("/").partition("/")[0] or "home",
        kept=[(name, value) for name, value in kept if name != "as_known"],
        today=_again(path, replace(standing, as_known=None), kept),
        languages=_others(path, standing, kept),
        token=request.app.state.token,
        workspace=request.app.state.workspace,
        **words,
    )  # fmt: skip
    return HTMLResponse(html, status_code=status)


def _again(path: str, standing: Standing, kept: list[tuple[str, str]]) -> str:
    """This page with its parameters, where another day or language stands."""
    given: dict[str, list[str]] = {}
    for name, value in kept:
        if name not in ("as_known", "lang", "after"):
            given.setdefault(name, []).append(value)
    return standing.link(path, **given)


def _others(path: str, standing: Standing, kept: list[tuple[str, str]]) -> list[Language]:
    return [
        Language(code, messages(code).name, _again(path, replace(standing, language=code), kept))
        for code in languages()
        if code != standing.language
    ]
