"""A report as one HTML page that needs nothing else: it loads nothing and runs no script."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from marsad.reports import model
from marsad.reports.model import Report
from marsad.reports.phrases import phrases
from marsad.reports.rendering import plain
from marsad.reports.self_contained import asset, environment, policy
from marsad.version import VERSION


def render(report: Report) -> bytes:
    """UTF-8. A citation is a link to its words on the same page."""
    style = asset("report.css")
    html = _environment().get_template("report.html").render(
        report=report,
        numbers=report.numbers,
        say=phrases(),
        version=VERSION,
        style=Markup(style),  # noqa: S704  our own file, not the document's words
        policy=policy(style),
        marks=lambda cites: plain.marks(report, cites),
    )  # fmt: skip
    return html.encode()


@cache
def _environment() -> Environment:
    made = environment("marsad.reports")
    made.filters |= {
        "kind": lambda block: type(block).__name__,
        "source_of": plain.source_of,
        "ids_of": plain.ids_of,
        "drawn": _drawn,
    }
    return made


def _drawn(picture: model.Picture) -> Markup:
    """Our own drawing, in which every word is escaped."""
    return Markup(picture.svg)  # noqa: S704  see reports.svg
