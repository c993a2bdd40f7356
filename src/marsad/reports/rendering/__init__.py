"""One report in one of its formats: HTML, Markdown, DOCX or PDF. The same report gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, get_args

from marsad.reports.model import Report
from marsad.reports.rendering.plain import cleaned

Form = Literal["html", "md", "docx", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)


def render(report: Report, form: Form) -> bytes:
    """The report as the bytes of a file.

    Raises:
        MarsadError: `docx` and `pdf` need an extra that is not installed.
    """
    render_as: Callable[[Report], bytes] = import_module(f"marsad.reports.rendering.{form}").render
    return render_as(cleaned(report))
