"""Incidents, by the measures of MUC-4: template filling, role fillers and slots.

Rows are MUC-4's texts with their templates, in GTT's form (roles alone) or in that of the full keys; each row
may be of either. A prediction is in the form of its row's key; slots are scored on full keys only. What each
score is, is told in `muc` and `muc_slots`; how the reader's incidents become templates, in `muc_mapping`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from marsad.evaluation import muc, muc_forms
from marsad.evaluation.corpus import document
from marsad.evaluation.muc import Scores, Template
from marsad.evaluation.muc_mapping import templates
from marsad.reading import pipeline

LABELS = {
    "template_f1": "template filling, micro F1",
    "template_precision": "template filling, precision",
    "template_recall": "template filling, recall",
    "by_role": "template filling by role, F1",
    "ceaf_ree_f1": "role fillers of documents (CEAF-REE), F1",
    "slots": "slots of mapped templates, F1",
}


class Row(msgspec.Struct, frozen=True):
    docid: str
    text: str
    templates: tuple[dict[str, Any], ...]

    def __post_init__(self) -> None:
        for template in self.templates:
            muc_forms.read(template)

    @property
    def full(self) -> bool:
        """Whether its key is a full one; a text without incidents is of a full key if it has its header."""
        if self.templates:
            return muc_forms.is_full(self.templates[0])
        return self.text != self.text.lower()


class Prediction(msgspec.Struct, frozen=True):
    docid: str
    templates: tuple[dict[str, Any], ...]


def predict(row: Row) -> Prediction:
    """The templates of the reader, in the form of the key."""
    found = templates(*pipeline.read_tagged(document(row.text)))
    if row.full:
        return Prediction(row.docid, tuple(map(muc_forms.write_full, found)))
    return Prediction(row.docid, tuple(muc_forms.write_roles(template, row.text) for template in found))


def score(pairs: Iterable[tuple[Row, Prediction]]) -> Scores:
    return muc.score((_key(row), [*map(muc_forms.read, found.templates)]) for row, found in pairs)


def _key(row: Row) -> Sequence[Template]:
    return [muc_forms.read(template) for template in row.templates]
