"""Facts: the journal and what it records. What the first schema held is carried over."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import TEXT

from marsad.ledger.journal import Run, chain_hash, content_hash
from marsad.ledger.keys import SLOTS, first_slot

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = Text().with_variant(TEXT(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger, "postgresql")


def upgrade() -> None:
    # Read whole: the first schema was that of a few days before this one, and its ledgers are small.
    before = {name: _rows(f"SELECT * FROM {name}") for name in ("documents", "texts", "readings")}  # noqa: S608 - names of tables
    for name in ("records", "readings", "texts", "documents"):
        op.drop_table(name)
    _runs()
    _journal()
    _documents()
    _texts()
    _readings()
    _reviews()
    _merges()
    _ratings()
    _lifts()
    _redactions()
    _originals()
    if before["readings"]:
        _carry_over(**before)


def _rows(asked: str) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(text(asked)).mappings()]


def _insert(name: str, rows: list[dict[str, Any]]) -> None:
    columns = ", ".join(rows[0])
    values = ", ".join(f":{column}" for column in rows[0])
    op.get_bind().execute(text(f"INSERT INTO {name} ({columns}) VALUES ({values})"), rows)  # noqa: S608


def _carry_over(
    documents: list[dict[str, Any]], texts: list[dict[str, Any]], readings: list[dict[str, Any]]
) -> None:
    """Make a journal of the readings, in the order and with the moments of the first schema."""
    run = Run(readings[0]["recorded_at"], "marsad@0001", "migrate")
    _insert("runs", [{"id": 1, **run._asdict()}])
    of_text = {row["id"]: row for row in texts}
    raw = {row["id"]: row["raw_sha256"] for row in documents}
    first: dict[str, int] = {}
    facts, entries, chain, moment = [], [], "", ""
    for number, row in enumerate(sorted(readings, key=lambda row: row["id"]), 1):
        moment = _after(moment, row["recorded_at"])
        first.setdefault(row["document_id"], number)
        fact, body = _reading(row, of_text[row["text_id"]])
        entry = {
            "number": number,
            "recorded_at": moment,
            "run": 1,
            "action": "read",
            "subject": row["document_id"],
            "content_sha256": content_hash({"raw_sha256": raw[row["document_id"]], **fact}),
        }
        chain = chain_hash(chain, entry, run)
        entries.append({**entry, "chain_sha256": chain})
        facts.append({**fact, "entry": number, "body": body})
    _insert("journal", entries)
    _insert("documents", list(_documents_from(first, raw)))
    _insert("texts", list({row["text_sha256"]: _text(row) for row in texts}.values()))
    _insert("readings", facts)


def _after(before: str, moment: str) -> str:
    """`moment`, but later than the one before: the clock may have been set back."""
    if moment > before:
        return moment
    later = datetime.fromisoformat(before) + timedelta(microseconds=1)
    return later.isoformat(timespec="microseconds")


def _reading(row: dict[str, Any], of_text: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    reading = json.loads(row["body"])
    reading["document"] |= {"text": "", "revision_of": None}
    body = json.dumps(reading, ensure_ascii=False, separators=(",", ":")).encode()
    kept = {name: row[name] for name in ("reader", "gazetteer", "given", "known")}
    fact = {
        "document": row["document_id"],
        "text_sha256": of_text["text_sha256"],
        "extractor": of_text["extractor"],
        **kept,
        "body_sha256": hashlib.sha256(body).hexdigest(),
    }
    return fact, zlib.compress(body, 1)


def _documents_from(first: dict[str, int], raw: dict[str, str]) -> Iterator[dict[str, Any]]:
    taken: set[int] = set()
    for document, entry in first.items():
        slot = first_slot(document)
        while slot in taken:
            slot = (slot + 1) % SLOTS
        taken.add(slot)
        yield {"id": document, "slot": slot, "raw_sha256": raw[document], "entry": entry}


def _text(row: dict[str, Any]) -> dict[str, Any]:
    return {"sha256": row["text_sha256"], "body": row["text"].encode()}


def _runs() -> None:
    op.create_table(
        "runs",
        Column("id", NUMBER, autoincrement=False, nullable=False),
        Column("began_at", WORDS, nullable=False),
        Column("program", WORDS, nullable=False),
        Column("command", WORDS, nullable=False),
        PrimaryKeyConstraint("id", name="pk_runs"),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        Column("number", NUMBER, autoincrement=False, nullable=False),
        Column("recorded_at", WORDS, nullable=False),
        Column("run", NUMBER, nullable=False),
        Column("action", WORDS, nullable=False),
        Column("subject", WORDS, nullable=False),
        Column("content_sha256", WORDS, nullable=False),
        Column("chain_sha256", WORDS, nullable=False),
        ForeignKeyConstraint(["run"], ["runs.id"], name="fk_journal_run_runs"),
        PrimaryKeyConstraint("number", name="pk_journal"),
    )
    op.create_index("ix_journal_recorded_at", "journal", ["recorded_at"])
    op.create_index("ix_journal_subject_number", "journal", ["subject", "number"])


def _documents() -> None:
    op.create_table(
        "documents",
        Column("id", WORDS, nullable=False),
        Column("slot", NUMBER, nullable=False),
        Column("raw_sha256", WORDS, nullable=False),
        Column("entry", NUMBER, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_documents_entry_journal"),
        PrimaryKeyConstraint("id", name="pk_documents"),
        UniqueConstraint("entry", name="uq_documents_entry"),
        UniqueConstraint("slot", name="uq_documents_slot"),
    )
    op.create_index("ix_documents_raw_sha256", "documents", ["raw_sha256"])


def _texts() -> None:
    op.create_table(
        "texts",
        Column("sha256", WORDS, nullable=False),
        Column("body", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("sha256", name="pk_texts"),
    )


def _readings() -> None:
    op.create_table(
        "readings",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("document", WORDS, nullable=False),
        Column("text_sha256", WORDS, nullable=False),
        Column("extractor", WORDS, nullable=False),
        Column("reader", WORDS),
        Column("gazetteer", WORDS),
        Column("given", WORDS, nullable=False),
        Column("known", WORDS, nullable=False),
        Column("body_sha256", WORDS, nullable=False),
        Column("body", LargeBinary(), nullable=False),
        ForeignKeyConstraint(["document"], ["documents.id"], name="fk_readings_document_documents"),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_readings_entry_journal"),
        ForeignKeyConstraint(["text_sha256"], ["texts.sha256"], name="fk_readings_text_sha256_texts"),
        PrimaryKeyConstraint("entry", name="pk_readings"),
    )
    op.create_index("ix_readings_document_entry", "readings", ["document", "entry"])
    op.create_index("ix_readings_text_sha256", "readings", ["text_sha256"])


def _reviews() -> None:
    op.create_table(
        "reviews",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("document", WORDS, nullable=False),
        Column("body", WORDS, nullable=False),
        ForeignKeyConstraint(["document"], ["documents.id"], name="fk_reviews_document_documents"),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_reviews_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_reviews"),
    )
    op.create_index("ix_reviews_document_entry", "reviews", ["document", "entry"])


def _merges() -> None:
    op.create_table(
        "merges",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("actor", WORDS, nullable=False),
        Column("into", WORDS),
        Column("by", WORDS, nullable=False),
        Column("reason", WORDS, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_merges_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_merges"),
    )


def _ratings() -> None:
    op.create_table(
        "ratings",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("source", WORDS, nullable=False),
        Column("reliability", WORDS, nullable=False),
        Column("by", WORDS, nullable=False),
        Column("reason", WORDS, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_ratings_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_ratings"),
    )


def _lifts() -> None:
    op.create_table(
        "lifts",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("lifted", SmallInteger(), nullable=False),
        Column("by", WORDS, nullable=False),
        Column("reason", WORDS, nullable=False),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_lifts_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_lifts"),
    )


def _redactions() -> None:
    op.create_table(
        "redactions",
        Column("entry", NUMBER, autoincrement=False, nullable=False),
        Column("document", WORDS, nullable=False),
        Column("by", WORDS, nullable=False),
        Column("reason", WORDS, nullable=False),
        ForeignKeyConstraint(["document"], ["documents.id"], name="fk_redactions_document_documents"),
        ForeignKeyConstraint(["entry"], ["journal.number"], name="fk_redactions_entry_journal"),
        PrimaryKeyConstraint("entry", name="pk_redactions"),
        UniqueConstraint("document", name="uq_redactions_document"),
    )


def _originals() -> None:
    op.create_table(
        "originals",
        Column("sha256", WORDS, nullable=False),
        Column("body", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("sha256", name="pk_originals"),
    )
