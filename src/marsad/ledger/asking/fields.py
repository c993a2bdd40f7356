"""What can be asked of each kind of thing: the fields that filter, sort and count it.

One table for the command line, the Python API and the web: an option, a keyword and a facet have
the same name and meaning.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from marsad.errors import BadInput

Kind = Literal[
    "documents", "claims", "figures", "incidents", "relations", "places", "actors", "sources"
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

# How a value is asked for:
#   code    one of a few words, or a name, as it is shown
#   number  100, 100.., ..500 or 100..500
#   days    a day, month, year or EDTF interval that the record's own overlaps
#   flag    yes or no
#   term    one of the record's several values; names in any case, without diacritics
Form = Literal["code", "number", "days", "flag", "term"]


class Field(NamedTuple):
    """A field by which a kind is filtered. A term has no column of its own, and is not sorted by."""

    name: str
    form: Form
    help: str
    columns: tuple[str, ...] = ()  # of the shown table; two for `days`: the first and the last day
    counted: bool = False  # whether its values make a useful facet

    @property
    def sorts(self) -> bool:
        return self.form != "term"


def _code(name: str, help: str, *, counted: bool = True) -> Field:  # noqa: A002 - as in click
    return Field(name, "code", help, (name,), counted)


def _number(name: str, help: str, column: str | None = None) -> Field:  # noqa: A002
    return Field(name, "number", help, (column or name,))


def _days(name: str, help: str, *columns: str) -> Field:  # noqa: A002
    return Field(name, "days", help, columns or (f"{name}_from", f"{name}_to"))


def _term(name: str, help: str, *, counted: bool = True) -> Field:  # noqa: A002
    return Field(name, "term", help, (), counted)


_KNOWN = _days("known", "The day from which its document was known.", "known", "known")
_PUBLISHER = _code("publisher", "The outlet, as it is shown.")
_REVIEW = _code("review", "What a person did with it: accepted, edited or added.")
_HOLDER = _code("holder", "Who says it, as it is shown.")
_SOURCE = _term("source", "Words in the name of whoever said it or passed it on.", counted=False)
_ACTOR = _term("actor", "An actor that holds it or that it is about, by any of its names.")
_PLACE = _term("place", "A place that it names, by its name or gazetteer id.")
_COUNTRY = _term("country", "A country that it names a place of (ISO 3166-1 alpha-2).")
_EVERY = (_KNOWN, _PUBLISHER, _REVIEW)

FIELDS: dict[Kind, tuple[Field, ...]] = {
    "documents": (
        _KNOWN,
        _days("published", "When it was published.", "published_from", "published_to"),
        _PUBLISHER,
        _code("title", "Its title.", counted=False),
        _code("author", "Its author."),
        _code("genre", "report, analysis, opinion, letter, interview, testimony, official or coded."),
        _code("language", "Its language."),
        _days("recorded", "When it was added.", "recorded_at", "recorded_at"),
        _number("claims", "How many claims it holds."),
        _number("figures", "How many figures it holds."),
        _number("incidents", "How many incidents it holds."),
        _ACTOR,
        _PLACE,
        _COUNTRY,
    ),
    "claims": (
        *_EVERY,
        _code("kind", "attributed (somebody's words) or narrated (the report's)."),
        _HOLDER,
        _code("holder_kind", "person, organisation, document, unnamed, group or private."),
        _code("origin", "The origin at the end of its chain, by key."),
        _code("attitude", "statement, belief, intention, order, request or perception."),
        _code("certainty", "certain, probable, possible or unknown."),
        _code("polarity", "affirmed or denied."),
        _code("quotation", "direct, indirect, mixed or none."),
        Field("hidden_source", "flag", "Whether nobody is named for it.", ("hidden_source",), True),
        _number("credibility", "How credible a person has judged it, 1 to 6 (NATO Admiralty)."),
        _days("true_of", "When it is said to be true.", "true_from", "true_to"),
        _ACTOR,
        _SOURCE,
        _term("theme", "What it is about: strength, finance, detention, ..."),
        _term("measure", "The measure of a figure in it."),
        _PLACE,
        _COUNTRY,
    ),
    "figures": (
        *_EVERY,
        _HOLDER,
        _code("measure", "What is counted: strength.fighters, detention.population, ..."),
        _code("unit", "The unit."),
        _code("status", "observed, estimated, projected, planned, demanded or denied."),
        _code("bound", "exact, about, range, at_least, at_most or vague."),
        _code("aspect", "level, flow, change, share or rate."),
        _code("subject", "The actor whose it is, as shown."),
        _code("population", "What is counted, as worded."),
        _number("low", "The lower end of its range."),
        _number("high", "The upper end of its range."),
        _number("best", "The best value."),
        _days("as_of", "When it is said to be true: its day or its period."),
        _ACTOR,
        _SOURCE,
        _PLACE,
        _COUNTRY,
    ),
    "incidents": (
        *_EVERY,
        _code("type", "PLOVER type."),
        _code("mode", "PLOVER mode."),
        _number("ucdp_type", "UCDP's type of violence: 1, 2 or 3."),
        _code("shape", "single or aggregate."),
        _number("where_prec", "UCDP's precision of the place, 1 to 7."),
        _number("date_prec", "UCDP's precision of the date, 1 to 5."),
        _days("date", "When it is said to have happened."),
        _number("deaths_low", "The lowest toll."),
        _number("deaths_best", "The best toll."),
        _number("deaths_high", "The highest toll."),
        _ACTOR,
        _SOURCE,
        _PLACE,
        _COUNTRY,
        _term("status", "occurred, ongoing, planned, threatened, hypothetical or denied."),
        _term("responsibility", "stated, claimed, accused, suspected or denied."),
    ),
    "relations": (
        *_EVERY,
        _HOLDER,
        _code("type", "fights, allied_with, supports, member_of, leads, ..."),
        _code("source_name", "Who, as shown."),
        _code("target_name", "With or against whom, as shown."),
        _code("polarity", "affirmed or denied."),
        _ACTOR,
        _SOURCE,
    ),
    "places": (
        _code("name", "Its name."),
        _code("kind", "country, admin1, admin2, city, town, village, camp, ..."),
        _code("country", "ISO 3166-1 alpha-2."),
        _number("where_prec", "UCDP's precision, 1 to 7."),
        _number("documents", "How many documents name it."),
    ),
    "actors": (
        _code("name", "Its name, as it is shown.", counted=False),
        _code("kind", "armed_group, state, state_force, coalition, ..."),
        _number("documents", "How many documents name it."),
    ),
    "sources": (
        _code("name", "Its name, as it is shown.", counted=False),
        _code("kind", "named, unnamed, publisher, document or dataset."),
        _number("documents", "How many documents hold a claim of it."),
        _number("claims", "How many claims come from it."),
    ),
}  # fmt: skip

# The number of a term in the table `terms`: never change one, and never use one twice.
TERMS: dict[tuple[Kind, str], int] = {
    ("claims", "actor"): 1,
    ("claims", "source"): 2,
    ("claims", "theme"): 3,
    ("claims", "measure"): 4,
    ("claims", "place"): 5,
    ("claims", "country"): 6,
    ("claims", "place id"): 7,
    ("figures", "actor"): 11,
    ("figures", "source"): 12,
    ("figures", "place"): 13,
    ("figures", "country"): 14,
    ("figures", "place id"): 15,
    ("incidents", "actor"): 21,
    ("incidents", "source"): 22,
    ("incidents", "place"): 23,
    ("incidents", "country"): 24,
    ("incidents", "status"): 25,
    ("incidents", "responsibility"): 26,
    ("incidents", "place id"): 27,
    ("relations", "actor"): 31,
    ("relations", "source"): 32,
    ("documents", "actor"): 41,
    ("documents", "place"): 42,
    ("documents", "country"): 43,
    ("documents", "place id"): 44,
    ("actors", "alias"): 51,
    ("places", "alias"): 61,
}
NAMES_OF_ACTORS = TERMS["actors", "alias"]  # from a folded name to the actors that bear it
NAMES_OF_PLACES = TERMS["places", "alias"]  # from a folded name to the places that bear it
SEARCHABLE: tuple[Kind, ...] = ("documents", "claims", "figures")  # a figure by the words of its claim


def field(kind: Kind, name: str) -> Field:
    """The field `name` of `kind`.

    Raises:
        BadInput: it has none of this name; the message says which it has.
    """
    for each in FIELDS[kind]:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in FIELDS[kind])
    raise BadInput(f"{kind} have no field {name}; they have {names}")
