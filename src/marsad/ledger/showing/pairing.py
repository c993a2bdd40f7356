"""The pairs of texts that are copies of one another, kept up to date as texts come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, or_, select

from marsad.ledger import bulk
from marsad.ledger.schema import bands, copies, sketches, texts
from marsad.linkage.copies import SKETCHER, Shingles, is_copy, shingles
from marsad.linkage.copies import bands as bands_of

_recent: dict[str, Shingles] = {}  # of texts that were compared, by their hash
_MOST_RECENT = 500


def put(connection: Connection, found: Mapping[str, str]) -> None:
    """Find the copies of texts, given by their hash, among all texts, where that has not been done."""
    asked = select(sketches).where(sketches.c.text_sha256.in_(found))
    done = {row.text_sha256: row.sketcher for row in connection.execute(asked)}
    new = {sha256: shingles(text) for sha256, text in found.items() if done.get(sha256) != SKETCHER}
    for sha256 in new.keys() & done.keys():
        forget(connection, sha256)
    keys = {sha256: sorted(set(bands_of(text))) for sha256, text in new.items()}
    rows = [{"band": band, "text_sha256": sha256} for sha256, of_text in keys.items() for band in of_text]
    sharing = _sharing(connection, {band for of_text in keys.values() for band in of_text})
    pairs: set[tuple[str, str]] = set()
    for sha256, of_text in keys.items():
        near = sorted({other for band in of_text for other in sharing[band]} - {sha256})
        same = [other for other in near if is_copy(new[sha256], _shingles(connection, other, new))]
        pairs |= {pair for other in same for pair in ((sha256, other), (other, sha256))}
        for band in of_text:  # those that come after it meet it here
            sharing[band].add(sha256)
    bulk.insert(connection, sketches, [{"text_sha256": each, "sketcher": SKETCHER} for each in sorted(new)])
    bulk.insert(connection, bands, sorted(rows, key=lambda row: tuple(row.values())))
    bulk.insert(connection, copies, [{"text_sha256": one, "copy_sha256": two} for one, two in sorted(pairs)])


def forget(connection: Connection, text_sha256: str) -> None:
    """Take a text out of the pairs of copies."""
    connection.execute(delete(sketches).filter_by(text_sha256=text_sha256))
    connection.execute(delete(bands).filter_by(text_sha256=text_sha256))
    of_text = or_(copies.c.text_sha256 == text_sha256, copies.c.copy_sha256 == text_sha256)
    connection.execute(delete(copies).where(of_text))


def _sharing(connection: Connection, keys: Iterable[int]) -> defaultdict[int, set[str]]:
    """The texts that have each of these bands."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in bulk.select_in(connection, select(bands), bands.c.band, keys):
        found[row.band].add(row.text_sha256)
    return found


def _shingles(connection: Connection, text_sha256: str, new: Mapping[str, Shingles]) -> Shingles:
    if text_sha256 in new:
        return new[text_sha256]
    if text_sha256 not in _recent:
        body = connection.execute(select(texts.c.body).filter_by(sha256=text_sha256)).scalar_one()
        while len(_recent) >= _MOST_RECENT:
            _recent.pop(next(iter(_recent)))
        _recent[text_sha256] = shingles(body.decode())
    return _recent[text_sha256]
