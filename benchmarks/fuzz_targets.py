"""What `fuzz.py` feeds: each parser of the package, as its child runs it, and each annotator.

A target takes bytes. It may refuse them with an error of the project's own; any other error, a wrong
span, a crash or a hang is a finding.
"""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from marsad.errors import MarsadError
from marsad.records.reading import Claim, Document, Figure, Place, Published, Reading, Time

Target = Callable[[bytes], object]
LONGEST_TEXT = 4_000  # characters that an annotator gets: more is only slower
GREEDY = {"marked"}  # PDFs with which PDFium takes gigabytes and aborts, as the limit of memory has it


def _extracting(module: str) -> Target:
    def target(raw: bytes) -> None:
        from importlib import import_module  # noqa: PLC0415 - a target loads what it needs

        from marsad.documents import page  # noqa: PLC0415

        extract = import_module(f"marsad.documents.{module}").extract
        for found in page.decode(extract(raw)).pages:
            found.text.encode()

    return target


def markdown(raw: bytes) -> None:
    _extracting("markdown")(raw.decode("utf-8", "replace").encode())


def plain(raw: bytes) -> None:
    """Decoding, the telling of forms, and the language: what the parent itself does with bytes."""
    from marsad import documents  # noqa: PLC0415
    from marsad.documents.form import form_of  # noqa: PLC0415
    from marsad.records.original import Original  # noqa: PLC0415

    form_of(Original(raw, "a"))
    for found in documents.freeze(Original(raw, "a.txt", media_type="text/plain")):
        repr(found).encode()


def lines(raw: bytes) -> None:
    from marsad import documents  # noqa: PLC0415
    from marsad.records.original import Original  # noqa: PLC0415

    list(documents.freeze(Original(raw, "a.jsonl", media_type="application/jsonl")))


def _unpacking(suffix: str) -> Target:
    def target(raw: bytes) -> None:
        from marsad.sources.unpacking import Container, unpack  # noqa: PLC0415

        path = _written(raw)
        for item in unpack(msgspec.msgpack.encode(Container(os.fsencode(path), path, f"a{suffix}"))):
            len(item)

    return target


def _written(raw: bytes) -> str:
    path = Path(tempfile.gettempdir(), f"marsad-fuzz-{os.getpid()}")
    path.write_bytes(raw)
    return str(path)


def parquet(raw: bytes) -> None:
    from marsad.sources.parquet import documents  # noqa: PLC0415

    list(documents(_written(raw), "a.parquet"))


def coded(raw: bytes) -> None:
    """A table of events, and the reading of each of its rows."""
    from marsad import documents  # noqa: PLC0415
    from marsad.reading import pipeline  # noqa: PLC0415
    from marsad.records.original import Frozen, Original  # noqa: PLC0415
    from marsad.sources import coded as tables  # noqa: PLC0415

    for row in list(tables.rows(io.BytesIO(raw), "GEDEvent_v24_1.csv") or ())[:5]:
        for frozen in documents.freeze(row) if isinstance(row, Original) else ():
            if isinstance(frozen, Frozen):
                check(pipeline.read(frozen.document))


def listing(raw: bytes) -> None:
    """A feed or a sitemap that is followed."""
    from marsad.sources import feeds  # noqa: PLC0415

    if kind := feeds.kind_of(raw):
        question = [raw, kind, "http://a.example/feed", 2**24]
        feeds.parse(msgspec.msgpack.encode(question))


def robots(raw: bytes) -> None:
    from marsad.sources import robots as files  # noqa: PLC0415

    files.judge(msgspec.msgpack.encode([raw, "http://a.example/a/b?c=d"]))


class Stages:
    """A reading by rules, as far as it is asked for: each annotator with what those before it found."""

    def __init__(self, text: str) -> None:
        from marsad.reading.text import segment  # noqa: PLC0415

        self.document = _document(text)
        self.text = segment(text)

    @cached_property
    def times(self) -> tuple[Time, ...]:
        from marsad.reading import times  # noqa: PLC0415

        return times.annotate(self.text, Published(earliest="2024-03-05", latest="2024-03-05", basis="given"))

    @cached_property
    def cast(self):  # noqa: ANN201 - a type of the reading's own
        from marsad.reading import pipeline  # noqa: PLC0415

        return pipeline._cast(self.text, self.document)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        from marsad.gazetteer import Gazetteer  # noqa: PLC0415
        from marsad.reading import places  # noqa: PLC0415

        return places.annotate(self.text, Gazetteer.open(), taken=self.cast.taken())

    @cached_property
    def reported(self):  # noqa: ANN201
        from marsad.reading import claims  # noqa: PLC0415

        return claims.annotate(
            self.text, self.document, cast=self.cast, times=self.times, begins={}, tagged=None
        )

    @cached_property
    def actors(self):  # noqa: ANN201
        from marsad.reading import actors  # noqa: PLC0415

        return actors.with_mentions(self.cast.actors, self.reported.mentions)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        from marsad.reading import themes  # noqa: PLC0415

        return themes.annotate(self.text, self.reported.claims)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        from marsad.reading import figures  # noqa: PLC0415

        return figures.annotate(
            self.text, claims=self.claims, actors=self.actors, places=self.places, times=self.times
        )

    @cached_property
    def incidents(self):  # noqa: ANN201
        from marsad.reading import incidents  # noqa: PLC0415

        found, _ = incidents.annotate(
            self.text,
            claims=self.claims,
            actors=self.actors,
            places=self.places,
            times=self.times,
            figures=self.figures,
            frames=(),
            private=self.cast.private(),
        )
        return found

    @cached_property
    def relations(self):  # noqa: ANN201
        from marsad.reading import relations  # noqa: PLC0415

        return relations.annotate(
            self.text,
            claims=self.claims,
            actors=self.actors,
            places=self.places,
            times=self.times,
            tagged=None,
        )


def _annotating(stage: str) -> Target:
    def target(raw: bytes) -> None:
        stages = Stages(words(raw))
        for record in getattr(stages, stage):
            if spans := getattr(record, "spans", None):
                check_spans(stages.document.text, record.text, spans)

    return target


def reading(raw: bytes) -> None:
    """The whole reader, with the trained one where it is installed."""
    from marsad.reading import pipeline  # noqa: PLC0415

    check(pipeline.read(_document(words(raw))))


def words(raw: bytes) -> str:
    """Bytes as a text that could have been frozen: no NUL in it."""
    return raw.decode("utf-8", "replace").replace("\0", " ")[:LONGEST_TEXT]


def _document(text: str) -> Document:
    return Document(id="d1", text=text, raw_sha256="0" * 64, text_sha256="0" * 64, extractor="plain@2")


def check(found: Reading) -> None:
    for record in (*found.claims, *found.figures, *found.incidents, *found.places, *found.times):
        text = getattr(record, "text", None)
        if text is not None:
            check_spans(found.document.text, text, record.spans)


def check_spans(document: str, text: str, spans: tuple[tuple[int, int], ...]) -> None:
    """What a record says stands where it says.

    Raises:
        AssertionError: it does not.
    """
    if any(not 0 <= begin <= end <= len(document) for begin, end in spans):
        raise AssertionError(f"{spans} lie outside of a text of {len(document)}")
    if text != " … ".join(document[begin:end] for begin, end in spans):
        raise AssertionError(f"{text!r} does not stand at {spans}")


TARGETS: dict[str, Target] = {
    **{name: _extracting(name) for name in ("html", "pdf", "docx", "email", "feed")},
    "markdown": markdown,
    "plain": plain,
    "jsonl": lines,
    **{name: _unpacking(f".{name}") for name in ("zip", "gz", "tar", "mbox", "warc")},
    "parquet": parquet,
    "coded": coded,
    "listing": listing,
    "robots": robots,
    **{name: _annotating(name) for name in ("times", "figures", "places", "actors", "claims")},
    **{name: _annotating(name) for name in ("incidents", "relations")},
    "reading": reading,
}


def run(name: str, raw: bytes) -> None:
    """Feed `raw` to a target; only what is a finding is raised."""
    try:
        TARGETS[name](raw)
    except MarsadError:
        return  # refused, as it may be


def seeds(name: str) -> Iterator[bytes]:
    """Good and hostile inputs of a target's form, small ones: what the tests make for themselves."""
    from tests.cli import mixed  # noqa: PLC0415
    from tests.hostile import archives, markup, test_feeds, test_mail, test_pdf, test_records  # noqa: PLC0415

    warc = mixed._response("http://a.example/", "<html><body><p>The army said so.</p></body></html>")
    found: dict[str, Iterator[bytes] | list[bytes]] = {
        "html": (case.page for case in markup.cases()),
        "pdf": [
            mixed.pdf("The army said so."),
            *(case.raw for case in test_pdf.cases() if case.name not in GREEDY),
        ],
        "docx": [mixed.docx("The army said so."), *(case.raw for case in test_records.words())],
        "email": (case.raw for case in test_mail.cases()),
        "feed": (case.raw for case in (*test_feeds.broken(), *test_feeds.bombs())),
        "zip": (case.raw for case in archives.zips()),
        "gz": (case.raw for case in archives.gzips()),
        "tar": (case.raw for case in archives.tars()),
        "mbox": [b"From a@b Tue Mar  5 10:00:00 2024\n" + mixed.letter("Words.", 1)],
        "warc": [warc, *(case.raw for case in test_records.warcs())],
        "parquet": (case.raw for case in test_records.parquets()),
        "coded": (case.raw for case in test_records.tables()),
        "jsonl": [*(case.raw for case in test_records.lines()), json.dumps({"text": "Words."}).encode()],
        "markdown": [
            b"---\ntitle: x\n---\n# A\n\n- b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> c `d` **e** [f](g)\n"
        ],
        "robots": [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1e9\nAllow: /%e2\nSitemap: http://x\n"],
    }
    found["listing"] = found["feed"] if name == "listing" else []
    yield from (raw for raw in found.get(name, texts()) if len(raw) <= 20_000)


def texts() -> list[bytes]:
    from tests.hostile.test_naughty import STRINGS  # noqa: PLC0415
    from tests.hostile.test_patterns import FRAGMENTS  # noqa: PLC0415

    report = (
        "ZAFIR (Wire), 5 March 2024 — Between 900 and 1,200 fighters of the Zafir Front (ZF) left Mosul, "
        "Iraq, on Monday, Gen. Ana Ruiz told reporters. “They paid $3.5 million,” she said; the group denied "
        "killing 12 people, including 3 children, near Hasakah in early 2019, up from 40 per cent.\n\n"
        "According to the UN, the Front is led by Karim Sen and is allied with the Marun Brigade."
    )
    return [
        report.encode(),
        *("\n".join(each).encode() for each in STRINGS.values()),
        *(each.encode() for each in FRAGMENTS),
    ]
