"""CSV with HXL hashtags (HXL 1.1): claims, figures or incidents, one row each, for spreadsheets and HDX.

The first row names the columns, the second tags them. The file begins with a byte order mark, for
without one Excel reads UTF-8 as the code page of the machine and Arabic names are lost; libhxl, pandas,
R and QGIS skip it. A cell that a spreadsheet would run begins with an apostrophe. Several values of a
cell stand between semicolons; of an incident's accounts, in the same order in each column, between bars.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from marsad.exports import told
from marsad.exports.cells import cell, readable
from marsad.exports.facts import Asked, Fact, Said, points_of, values_of
from marsad.ledger.asking.fields import Kind
from marsad.records.reading import Claim, Figure, Incident, Toll

_MARK = "\ufeff"
_BAR = " | "  # between the accounts of an incident


class Column(NamedTuple):
    """A column: its heading, its hashtag with attributes, and its value, `None` where unknown."""

    heading: str
    tag: str
    of: Callable[[Fact[Any]], object]


def parts(asked: Asked) -> Iterator[bytes]:
    """The bytes of the file, row by row."""
    (kind,) = asked.kinds
    columns = COLUMNS[kind]
    yield (_MARK + _line(column.heading for column in columns)).encode()
    yield _line(column.tag for column in columns).encode()
    for fact in asked.facts(kind):
        yield _line(_cell(column.of(fact)) for column in columns).encode()


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    """A cell on one line; `true` and `false` as words, numbers plain."""
    return cell(readable(" ".join(value.split())) if isinstance(value, str) else value)


# What all kinds have


def _barred(values: Iterable[object]) -> str:
    """One value an account; a bar within one would make two of it."""
    return _BAR.join(str(value).replace("|", "¦") for value in values)


def _accounts(of: Callable[[Said], object]) -> Callable[[Fact[Any]], str]:
    return lambda fact: _barred(map(of, fact.said))


def _document(name: str) -> Callable[[Fact[Any]], object]:
    return lambda fact: told.document(fact.document)[name]


def _days(tag: str, name: str) -> tuple[Column, ...]:
    """An interval: its first and last day, which are dates to HXL, and its EDTF, which is none."""
    return (
        Column(f"{name}_earliest", f"#date+{tag}+start", lambda fact: _dates(fact, name)["date_earliest"]),
        Column(f"{name}_latest", f"#date+{tag}+end", lambda fact: _dates(fact, name)["date_latest"]),
        Column(f"{name}_edtf", f"#meta+edtf+{tag}", lambda fact: _dates(fact, name)["date"]),
    )


def _dates(fact: Fact[Any], name: str) -> dict[str, Any]:
    return told.dates(getattr(fact.record, name))


_SAID = (
    Column("holder", "#meta+source+name", _accounts(lambda said: said.holder)),
    Column("polarity", "#meta+polarity", _accounts(lambda said: said.claim.polarity)),
    Column("certainty", "#meta+certainty", _accounts(lambda said: said.claim.certainty)),
    Column("hidden_source", "#meta+source+hidden", _accounts(lambda said: cell(said.claim.hidden_source))),
    Column("words", "#description+quote", _accounts(lambda said: said.claim.text)),
    Column("origin", "#meta+origin+name", _accounts(lambda said: said.origin.name)),
    Column("origin_kind", "#meta+origin+type", _accounts(lambda said: said.origin.kind)),
    Column("reliability", "#meta+reliability", _accounts(lambda said: said.reliability)),
    Column("credibility", "#meta+credibility", _accounts(lambda said: said.credibility)),
)
_IDS = (
    Column("id", "#meta+id", lambda fact: fact.found.id),
    Column("claims", "#meta+claim+id", _accounts(lambda said: said.claim.id)),
)
_DOCUMENT = (
    Column("coded", "#meta+coded", _document("coded")),
    Column("review", "#meta+review", lambda fact: fact.found.review),
    Column("document", "#meta+document+id", _document("document")),
    Column("title", "#meta+document+title", _document("title")),
    Column("publisher", "#meta+publisher+name", _document("publisher")),
    Column("published", "#date+published", _document("published")),
    Column("published_basis", "#meta+published+basis", _document("published_basis")),
    Column("known", "#date+known", _document("known")),
    Column("url", "#meta+url", _document("url")),
)
_PLACES = (
    Column("place", "#loc+name", lambda fact: told.joined(place.name for place in fact.places)),
    Column("admin1", "#adm1+name", lambda fact: told.joined(place.admin1 for place in fact.places)),
    Column("country", "#country+code", lambda fact: told.joined(place.country for place in fact.places)),
)

# Claims


def _of_claim(name: str) -> Callable[[Fact[Claim]], object]:
    return lambda fact: getattr(fact.record, name)


def _about(fact: Fact[Claim]) -> str | None:
    return told.joined(fact.called(each, "") for each in fact.record.about)


_CLAIMS = (
    _IDS[0],
    Column("kind", "#meta+claim+type", _of_claim("kind")),
    *_SAID,
    Column("attitude", "#meta+attitude", _of_claim("attitude")),
    Column("quotation", "#meta+quotation", _of_claim("quotation")),
    Column("chain", "#meta+source+chain", lambda fact: told.joined(p.text for p in fact.record.chain)),
    Column("denies", "#meta+claim+denied+id", _of_claim("denies")),
    Column("about", "#group+name", _about),
    Column(
        "themes",
        "#meta+theme",
        lambda fact: told.joined(f"{each.theme} {each.direction}" for each in fact.record.themes),
    ),
    *_PLACES,
    *_days("said", "said"),
    *_days("true", "true_of"),
    *_DOCUMENT,
)

# Figures


def _of_figure(name: str) -> Callable[[Fact[Figure]], object]:
    return lambda fact: getattr(fact.record, name)


def _subject(fact: Fact[Figure]) -> str | None:
    return fact.called(fact.record.subject, "") or None


def _precisions(fact: Fact[Figure]) -> str | None:
    return told.joined(str(place.where_prec or "") for place in fact.places)


_FIGURES = (
    *_IDS,
    Column("measure", "#indicator+code", _of_figure("measure")),
    Column("text", "#description+text", _of_figure("text")),
    Column("low", "#indicator+value+min", _of_figure("low")),
    Column("best", "#indicator+value+num", _of_figure("best")),
    Column("high", "#indicator+value+max", _of_figure("high")),
    Column("bound", "#meta+bound", _of_figure("bound")),
    Column("unit", "#meta+unit", _of_figure("unit")),
    Column("per", "#meta+per", _of_figure("per")),
    Column("population", "#meta+counted", _of_figure("population")),
    Column("subject", "#group+name", _subject),
    Column("aspect", "#meta+aspect", _of_figure("aspect")),
    Column("status", "#meta+status", _of_figure("status")),
    Column("share_of", "#meta+share+of", _of_figure("share_of")),
    Column("part_of", "#meta+part+of", _of_figure("part_of")),
    Column("scope", "#meta+scope", lambda fact: fact.record.scope and fact.record.scope.text),
    *_PLACES,
    Column(
        "where_prec",
        "#meta+where+prec",
        lambda fact: told.joined(str(p.where_prec or "") for p in fact.places),
    ),
    *_days("observed", "as_of"),
    *_days("period", "period"),
    *_SAID,
    *_DOCUMENT,
)

# Incidents


def _of_incident(name: str) -> Callable[[Fact[Incident]], object]:
    return lambda fact: getattr(fact.record, name)


def _values(at: int) -> Callable[[Fact[Incident]], str]:
    """The statuses (0) or the responsibilities (1) that each account gives."""
    return lambda fact: _barred(
        "; ".join(values_of(fact.record, each.claim.id)[at]) or "unknown" for each in fact.said
    )


def _tolls(name: str, verb: str) -> tuple[Column, ...]:
    """The envelope of a toll; `#affected` holds numbers alone."""

    def end(of: str) -> Callable[[Fact[Incident]], object]:
        def value(fact: Fact[Incident]) -> object:
            toll: Toll | None = getattr(fact.record, name)
            return toll and getattr(toll, of)

        return value

    return (
        Column(f"{name}_low", f"#affected+{verb}+min", end("low")),
        Column(f"{name}_best", f"#affected+{verb}", end("best")),
        Column(f"{name}_high", f"#affected+{verb}+max", end("high")),
    )


def _side(at: int) -> Callable[[Fact[Incident]], str | None]:
    return lambda fact: told.joined(told.sides(fact)[at])


def _coordinate(name: str) -> Callable[[Fact[Incident]], object]:
    """Of an incident at one spot: a cell cannot hold several."""

    def value(fact: Fact[Incident]) -> object:
        points = points_of(fact)
        return getattr(points[0], name) if len({place.key for place in points}) == 1 else None

    return value


_INCIDENTS = (
    *_IDS,
    Column("type", "#event+type", _of_incident("type")),
    Column("mode", "#event+mode", _of_incident("mode")),
    Column("ucdp_type", "#event+type+ucdp", _of_incident("ucdp_type")),
    Column("shape", "#event+shape", _of_incident("shape")),
    *_days("occurred", "date"),
    Column("date_prec", "#meta+date+prec", _of_incident("date_prec")),
    Column("side_a", "#group+name+first", _side(0)),
    Column("side_b", "#group+name+second", _side(1)),
    Column("two_sided", "#meta+two_sided", _of_incident("two_sided")),
    Column("weapons", "#event+weapon", lambda fact: told.joined(fact.record.weapons)),
    Column("targets", "#event+target", lambda fact: told.joined(each.text for each in fact.record.targets)),
    *_PLACES,
    Column("where_prec", "#meta+where+prec", _of_incident("where_prec")),
    Column("latitude", "#geo+lat", _coordinate("latitude")),
    Column("longitude", "#geo+lon", _coordinate("longitude")),
    *_tolls("deaths", "killed"),
    *_tolls("injured", "injured"),
    Column("status", "#meta+status", _values(0)),
    Column("responsibility", "#meta+responsibility", _values(1)),
    *_SAID,
    *_DOCUMENT,
)
COLUMNS: dict[Kind, tuple[Column, ...]] = {"claims": _CLAIMS, "figures": _FIGURES, "incidents": _INCIDENTS}
