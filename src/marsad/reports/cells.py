"""What the cells of the ledger's tables say: who holds a claim, what a figure counts, how sure a place is.

A number never stands without its bounds, its status, its scope, its day and its holder.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeGuard

from marsad.assessment.voices import speaker
from marsad.ledger.asking.found import Account, Found
from marsad.records import wording
from marsad.records.reading import Claim, Figure, Incident, Interval, Party, Published, Toll
from marsad.records.wording import English, Language

RECORD, DOCUMENT = 8, 12  # characters of an id that a table shows
_TITLE = 30  # characters of the title where no publisher is known
NOTHING = "–"
NOBODY = "nobody named"

PHRASES = {
    **wording.PHRASES,
    "nobody": NOBODY,
    "undated": "undated",
    "no_day": "no day stated",
    "denied_by": "{name} (denied)",
    "via": "via {names}",
    "citing": "citing {name}",
    "hidden": "source hidden",
    "of": "of {name}",
    "round_up": "round-up",
    "against": "against {names}",
    "towards": "→ {names}",
    "killed": "{number} killed",
    "injured": "{number} injured",
    "unknown_number": "unknown number",
    "status_unknown": "status unknown",
    "responsibility": "responsibility {value}",
    "comma": ", ",
}
ENGLISH = English(PHRASES)

WHERE = {  # UCDP's codes of how precise a place is
    1: "exact",
    2: "within 25 km",
    3: "district",
    4: "province",
    5: "line or area",
    6: "country",
    7: "sea or air",
}
_VIOLENCE = {1: "state-based", 2: "non-state", 3: "one-sided"}  # UCDP's types


def record_id(found: Found[Any]) -> str:
    """The start of its id, by which `marsad trace` finds it, and what people did with it."""
    return lines(found.id[:RECORD], found.review)


def lines(*parts: str | None) -> str:
    """The parts that there are, one below another."""
    return "\n".join(part for part in parts if part)


def day_of(published: Published, language: Language = ENGLISH) -> str:
    """The day of publication; `?` where it was inferred."""
    first, last = published.earliest, published.latest
    words = last or (language.phrase("from_day", day=first) if first else language.phrase("undated"))
    return words + ("?" if published.basis == "inferred" else "")


def document(found: Found[Any]) -> str:
    """Who published it and when, and the start of its id."""
    of = found.found_in.document
    title = of.title and of.title[:_TITLE] + ("…" if len(of.title) > _TITLE else "")
    return lines(of.publisher or title, day_of(of.published), of.id[:DOCUMENT])


def said_by(found: Found[Claim]) -> str | None:
    """Who says a claim of a list; whom it goes back to, where that is told by no name or noun."""
    return speaker(found.holder, found.origin["name"] if found.origin else None)


def held(claim: Claim, name: str, language: Language = ENGLISH) -> str:
    """Who says it; below, the hands that it came through and whom it goes back to.

    Args:
        name: of the holder, as it is shown.
    """
    if claim.kind == "narrated":
        return name
    source = claim.source.text if claim.source else None
    who = name if source else language.phrase("nobody")
    others = [party.text for party in claim.chain if party.text != source]
    origin = others.pop() if source and claim.chain and claim.chain[-1].text != source else None
    return lines(
        language.phrase("denied_by", name=who) if claim.polarity == "denied" else who,
        language.phrase("via", names=" › ".join(others)) if others else None,
        language.phrase("citing", name=origin) if origin else None,
        language.phrase("hidden") if claim.hidden_source and source else None,
    )


def account(account: Account, language: Language = ENGLISH) -> str:
    return held(account.claim, account.holder, language)


# Figures


def value(found: Found[Figure]) -> str:
    """The number with its bound, then all that keeps it from being a plain count that was observed."""
    figure = found.record
    amount = wording.amount(figure)
    return lines(
        f"{amount} per {figure.per}" if figure.per else amount,
        f"“{figure.text}”" if figure.bound == "vague" and figure.text != amount else None,
        wording.words(figure.status) if figure.status != "observed" else None,
        wording.words(figure.aspect) if figure.aspect != "level" else None,
        f"of {_share_of(found)}" if figure.share_of else None,
        f"part of {figure.part_of[:RECORD]}" if figure.part_of else None,
    )


def _share_of(found: Found[Figure]) -> str:
    """The whole of a share: words of the document, or a figure by the start of its id."""
    whole = found.record.share_of or ""
    is_figure = len(whole) == 32 and set(whole) <= set("0123456789abcdef")
    return whole[:RECORD] if is_figure else whole


def counted(found: Found[Figure], language: Language = ENGLISH) -> str:
    """What a figure counts: as worded, its measure, its unit, and whose it is."""
    figure = found.record
    subject = found.names.get(figure.subject or "")
    words = wording.counted(figure)
    return lines(
        words,
        figure.population if figure.population != words else None,
        language.term("measure", figure.measure),
        language.phrase("of", name=subject) if subject else None,
    )


def scope(found: Found[Figure]) -> str:
    """Where and when a figure is said to hold."""
    figure = found.record
    places = [found.names[place] for place in figure.places if place in found.names]
    stated = figure.scope and " ".join(figure.scope.text.split())
    where = "; ".join(dict.fromkeys(part for part in (stated, *places) if part))
    return lines(
        where or "no scope stated",
        f"as of {days(figure.as_of)}" if is_known(figure.as_of) else None,
        f"over {days(figure.period)}" if is_known(figure.period) else None,
        "no day stated" if not (is_known(figure.as_of) or is_known(figure.period)) else None,
    )


def is_known(interval: Interval | None) -> TypeGuard[Interval]:
    return interval is not None and bool(interval.earliest or interval.latest or interval.edtf)


def days(interval: Interval | None, language: Language = ENGLISH) -> str:
    """When it is, as `wording.when` puts it."""
    return wording.when(interval, language) if is_known(interval) else language.phrase("no_day")


# Incidents


def typed(found: Found[Incident], language: Language = ENGLISH) -> str:
    """What is said to have happened, in PLOVER's and UCDP's terms."""
    incident = found.record
    return lines(
        wording.words(language.term("type", incident.type)).lower(),
        incident.mode and wording.words(language.term("mode", incident.mode)).replace("-", " ").lower(),
        incident.ucdp_type and language.term("violence", _VIOLENCE[incident.ucdp_type]),
        language.phrase("round_up") if incident.shape == "aggregate" else None,
    )


def sides(found: Found[Incident], language: Language = ENGLISH) -> str:
    """Who did it to whom; of a fight, both sides as they are named first."""
    first, second = (_parties(found, side, language) for side in found.record.sides)
    if not first and not second:
        return NOTHING
    nobody = language.phrase("nobody")
    whom = nobody if second in ("", first) else second  # nobody fights himself: it was not read
    against = language.phrase("against" if found.record.two_sided else "towards", names=whom)
    return f"{first or nobody}\n{against}"


def _parties(found: Found[Incident], side: Iterable[Party], language: Language) -> str:
    return language.phrase("comma").join(dict.fromkeys(party_name(found, party) for party in side))


def party_name(found: Found[Any], party: Party) -> str:
    """A party's name; its words where it has none."""
    return found.names.get(party.actor or "") or party.text


def where_and_when(found: Found[Incident]) -> str:
    incident = found.record
    places = [found.names[place] for place in incident.places if place in found.names]
    return lines(
        "; ".join(dict.fromkeys(places)) or "no place stated",
        f"({WHERE[incident.where_prec]})" if places and incident.where_prec else None,
        days(incident.date),
    )


def harm(found: Found[Incident], language: Language = ENGLISH) -> str:
    """The tolls, each from the lowest to the highest of its accounts."""
    tolls = (("killed", found.record.deaths), ("injured", found.record.injured))
    said = [language.phrase(what, number=toll(each, language)) for what, each in tolls if each]
    return lines(*said) or NOTHING


def toll(counted: Toll, language: Language = ENGLISH) -> str:
    """`3`, `3 to 5, best 4`, `at least 3`, `at most 5`; `unknown number` where none is told."""
    return wording.toll(counted, language) or language.phrase("unknown_number")


def accounts(found: Found[Incident], language: Language = ENGLISH) -> str:
    """For each account, how it has the incident, whose deed it says it is, and who says so."""
    incident, unknown = found.record, language.phrase("status_unknown")
    said: list[str] = []
    for each in found.accounts:
        statuses = [
            language.term("incident_status", one.value)
            for one in incident.statuses
            if one.claim == each.claim.id
        ]
        blames = [
            language.phrase("responsibility", value=language.term("responsibility", one.value))
            for one in incident.responsibility
            if one.claim == each.claim.id
        ]
        told = language.phrase("comma").join([*statuses, *blames]) or unknown
        said.append(f"{told}: {account(each, language)}")
    return "\n".join(dict.fromkeys(said)) or unknown
