"""Keys that were labelled by hand, a line an article, and the texts that they were made on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from marsad.evaluation import corpus
from marsad.records.reading import Document

Labels = dict[str, Any]


def lines(path: Path) -> Iterator[Labels]:
    """The objects of a file of JSON Lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


class Articles:
    """The articles of a file, `{"id", "text", "published", "publisher"}` a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = {str(row["id"]): row for row in lines(path)}

    def of(self, key: Labels) -> Labels:
        """The article that one line of a key was made on.

        Raises:
            SystemExit: the file has none of this id, or another text under it.
        """
        row = self._rows.get(str(key["id"]))
        if row is None or hashlib.sha256(row["text"].encode()).hexdigest() != key["text_sha256"]:
            raise SystemExit(f"{self._path}: holds no article {key['id']} with the text of the key")
        return row


def document_of(row: Labels) -> Document:
    """An article as the reader takes it."""
    return replace(corpus.document(row["text"], row.get("published")), publisher=row.get("publisher"))
