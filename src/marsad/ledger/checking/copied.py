"""The sketches of texts and the pairs of copies, against the texts themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from marsad.ledger.checking.problem import RENEW, Problem, fingerprint
from marsad.ledger.schema import bands, copies, sketches, texts
from marsad.linkage.copies import SKETCHER, shingles
from marsad.linkage.copies import bands as bands_of

_BATCH = {"yield_per": 1000}  # rows that are in memory at a time


def check(connection: Connection) -> Iterator[Problem]:
    """Texts with other bands than their words give, and pairs that do not hold both ways."""
    expected = older = 0
    with connection.execute(select(sketches), execution_options=_BATCH) as rows:
        for row in rows:
            body = connection.execute(select(texts.c.body).filter_by(sha256=row.text_sha256)).scalar()
            if body is None:
                yield Problem(f"text {row.text_sha256}", "is not here, but its copies are looked for", RENEW)
                continue
            keys = set(bands_of(shingles(body.decode())))
            expected += sum(fingerprint((band, row.text_sha256)) for band in keys)
            older += row.sketcher != SKETCHER  # whose bands this program does not know
    with connection.execute(select(bands), execution_options=_BATCH) as stored:
        if sum(map(fingerprint, stored)) != expected and not older:
            yield Problem("bands", "holds other bands than the texts have", RENEW)
    yield from _pairs(connection)


def _pairs(connection: Connection) -> Iterator[Problem]:
    back, sketched = copies.alias(), select(sketches.c.text_sha256)
    both = (back.c.text_sha256 == copies.c.copy_sha256) & (back.c.copy_sha256 == copies.c.text_sha256)
    count = select(func.count()).select_from(copies.outerjoin(back, both))
    if number := connection.execute(count.where(back.c.text_sha256.is_(None))).scalar_one():
        yield Problem("copies", f"holds {number} pairs in one direction alone", RENEW)
    if number := connection.execute(count.where(copies.c.text_sha256.not_in(sketched))).scalar_one():
        yield Problem("copies", f"holds {number} pairs of texts that were not compared", RENEW)
