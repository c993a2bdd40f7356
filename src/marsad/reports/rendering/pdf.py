"""A report as PDF, set by Typst: tagged, with page numbers; citations are links to their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from marsad.reports.model import (
    Block,
    Disagreement,
    Evidence,
    Explanation,
    Notes,
    Paragraph,
    Picture,
    Report,
    Section,
    Sentence,
    Side,
    Table,
)
from marsad.reports.phrases import phrases
from marsad.reports.rendering import plain
from marsad.reports.rendering.typesetting import compiled
from marsad.reports.self_contained import asset
from marsad.version import VERSION

Json = dict[str, Any]


def render(report: Report) -> bytes:
    """PDF of A4 pages; its date is the last day of the report.

    Raises:
        MarsadError: Typst is not installed.
    """
    data = msgspec.json.encode(_Laid(report).whole()).decode()
    return compiled(asset("report.typ").encode(), {"report": data}, "pdf", day=report.last)


class _Laid:
    """The report as the JSON that `report.typ` lays out."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def whole(self) -> Json:
        report, say = self._report, phrases()
        return {
            "title": report.title,
            "period": f"{report.first} to {report.last}",
            "program": f"marsad {VERSION}",
            "facts": [list(each) for each in report.facts],
            "sections": [self._section(each) for each in report.sections],
            "evidence_title": say.titles["evidence"],
            "evidence_text": say.explanations["evidence"],
            "cited": say.columns["cites"],
            "evidence": [_evidence(each) for each in report.evidence],
        }

    def _section(self, section: Section) -> Json:
        parts = [{"title": part.title, "blocks": self._blocks(part.blocks)} for part in section.parts]
        return {
            "title": section.title,
            "own_page": section.own_page,
            "blocks": self._blocks(section.blocks),
            "parts": parts,
        }

    def _blocks(self, blocks: Sequence[Block]) -> list[Json]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Json:
        if isinstance(block, Paragraph):
            said = [self._sentence(each) for each in block.sentences]
            return {"kind": "paragraph", "item": block.is_item, "sentences": said}
        if isinstance(block, Explanation):
            return {"kind": "explanation", "text": block.text}
        if isinstance(block, Table):
            return {"kind": "table"} | self._table(block)
        if isinstance(block, Picture):
            told = {"svg": block.svg, "alt": block.alt, "caption": block.caption, "width": block.width}
            return {"kind": "picture", **told, "cites": self._marks(block.cites)}
        if isinstance(block, Disagreement):
            return {
                "kind": "disagreement",
                "question": self._sentence(block.question),
                "sides": [self._side(side) for side in block.sides],
                "beside": [self._side(side) for side in block.beside],
            }
        return _notes(block)

    def _sentence(self, said: Sentence) -> Json:
        return {"text": said.text, "cites": self._marks(said.cites)}

    def _marks(self, cites: Sequence[str]) -> list[list[int]]:
        return [list(each) for each in plain.marks(self._report, cites)]

    def _side(self, side: Side) -> Json:
        return {
            "answer": self._sentence(side.answer),
            "quotes": [self._sentence(each) for each in side.quotes],
        }

    def _table(self, table: Table) -> Json:
        rows = [{"cells": list(row.cells), "cites": self._marks(row.cites)} for row in table.rows]
        return {
            "caption": table.caption,
            "columns": list(table.columns),
            "of_records": table.of_records,
            "widths": plain.widths(self._report, table),
            "rows": rows,
        }


def _notes(notes: Notes) -> Json:
    paragraphs = [{"text": each.text, "kind": each.kind} for each in notes.paragraphs]
    return {"kind": "notes", "paragraphs": paragraphs}


def _evidence(found: Evidence) -> Json:
    holder = found.holder if found.holder != found.publisher else None
    return {
        "source": " · ".join(filter(None, (plain.source_of(found), holder))),
        "pieces": [list(piece) for piece in found.pieces],
        "ids": " · ".join(filter(None, (plain.ids_of(found), found.url))),
    }
