"""The project's own key of attributions, joined with the articles that it was made on.

The key names an article by its id and the SHA-256 of its text, and holds no text itself. Only the part
for training is read here; the part that scores is never trained on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEY = Path("benchmarks", "keys", "claims_training.jsonl")
ARTICLES = Path("sdf_news", "articles.jsonl")


def rows(key: Path, articles: Path) -> Iterator[dict[str, Any]]:
    """Rows in PolNeAR's form, one an article of the key.

    Raises:
        ValueError: an article is not there, or its text is not the one that the key was made on.
    """
    texts = {str(row["id"]): row["text"] for row in _lines(articles)}
    for row in _lines(key):
        text = texts.get(row["id"])
        if text is None or hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"]:
            raise ValueError(f"{articles}: article {row['id']} is missing or not the one of {key}")
        yield {"id": f"domain-{row['id']}", "text": text, "attributions": row["attributions"]}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
