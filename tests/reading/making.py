"""Documents for the tests of the reader."""

import hashlib

from marsad.records.reading import Document, Published


def document(text: str, *, published: str | None = None, **known: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    given = Published(earliest=published, latest=published, basis="given") if published else Published()
    return Document(
        id=digest[:32],
        text=text,
        raw_sha256=digest,
        text_sha256=digest,
        extractor="plain@1",
        published=given,
        **known,
    )
