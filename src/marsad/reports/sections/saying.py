"""What several sections say alike: a figure, a quotation, an answer, a count of claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from marsad.assessment.contradiction import Contradiction, Side
from marsad.assessment.series import Point, Series
from marsad.ledger.asking.found import Found
from marsad.records import wording
from marsad.records.reading import Claim, Figure, Number
from marsad.reports.evidence import needed
from marsad.reports.model import Paragraph, Sentence
from marsad.reports.phrases import Counted, Quote, Slot, phrases
from marsad.reports.situation import Situation

_OPENING, _CLOSING = '“"', '”"'
_BEGINNING = 40  # characters by which a claim is found in a question
LONGEST = 320  # characters of a quotation in a sentence; the whole is in the evidence


def figure(
    situation: Situation, series: Series, point: Point, *, name: str = "figure", **slots: str
) -> Sentence:
    """One estimate with its holder, its bounds and all that bounds it."""
    say, record = phrases(), point.figure.record
    unit = unit_of(series)
    return say.say(
        name,
        situation.book.cites(point.figure.id),
        holder=holder(situation, point.figure),
        amount=wording.amount(record),
        title=say.part("money" if unit else "other", unit=unit, title=series.title),
        scope=scope(record, series.title),
        when=when(point.figure, series.title),
        status=say.part("status", status=status(record, series.title)),
        hedged=say.part("hedged", words=_hedge(record)),
        **slots,
    )


def estimate(
    situation: Situation, series: Series, point: Point, *, name: str = "figure", **slots: str
) -> Paragraph:
    """One estimate, and in how many documents it comes again."""
    said = [figure(situation, series, point, name=name, **slots)]
    if point.echoes:
        again = Counted("documents", tuple(sorted({each.found_in.id for each in point.echoes})))
        cites = situation.book.cites(*(each.id for each in point.echoes))
        said.append(phrases().say("repeated", cites, documents=again))
    return Paragraph(tuple(said), is_item=True)


def _hedge(figure: Figure) -> str | None:
    """The words of a vague figure, where its range is ours."""
    return " ".join(figure.text.split()) if figure.bound == "vague" else None


def unit_of(series: Series) -> str:
    """The unit of a series: a currency or one of UCUM. What else is counted stands in its title."""
    return series.basis.unit or ""


def value(series: Series, figure: Figure) -> str:
    """The value of a figure with its unit, in the cell of a table."""
    return f"{wording.amount(figure)} {unit_of(series)}".rstrip()


def scope(figure: Figure, title: str) -> str:
    words = " ".join(figure.scope.text.split()) if figure.scope else None
    return "" if words is None or words in title else phrases().part("scope", scope=words)


def when(found: Found[Figure], title: str) -> str:
    """When a figure is true of, where its title does not say so; else since when it is known."""
    stated = found.record.as_of or found.record.period
    if stated and (stated.earliest or stated.latest):
        days = wording.short_days(stated)
        return "" if days in title else phrases().part("when", days=days)
    return phrases().part("undated", known=found.found_in.known)


def status(figure: Figure, title: str) -> str | None:
    return figure.status if figure.status != "observed" and figure.status not in title else None


def holder(situation: Situation, found: Found[Figure]) -> str:
    return situation.book.holder(found.record.claim)


def quote(found: Found[Claim]) -> Quote:
    """The words of a claim."""
    return shortened(found.record.text)


def shortened(text: str, longest: int = LONGEST) -> Quote:
    """Words on one line, cut at a space where they are long, without the marks around the whole of them."""
    words = _bare(" ".join(text.split()))
    if len(words) > longest:
        words = f"{words[:longest].rpartition(' ')[0]} …"
    return Quote(words)


def _bare(words: str) -> str:
    """`words` without a full stop at the end, and without marks of quotation around all of them."""
    words = words.rstrip(".")
    inside = words[1:-1]
    if words[:1] in _OPENING and words[-1:] in _CLOSING and not set(inside) & set(_OPENING + _CLOSING):
        return inside.rstrip(".,")
    return words


def counted(situation: Situation, claims: Sequence[Found[Claim]]) -> dict[str, Counted]:
    """So many claims of so many independent origins."""
    return _counts(claims, situation.origin_keys(claims))


def voiced(side: Side) -> dict[str, Counted]:
    """The same of an answer: echoes, and names that may be of one voice, are one origin."""
    return _counts(side.claims, tuple(group.key for group in side.origins))


def _counts(claims: Sequence[Found[Claim]], origins: tuple[str, ...]) -> dict[str, Counted]:
    return {
        "claims": Counted("claims", tuple(each.id for each in claims)),
        "origins": Counted("origins", origins),
    }


def answered(situation: Situation, side: Side) -> str:
    """An answer, with what bounds it where it is a figure, and who gives it."""
    return phrases().part("answer", answer=side.answer, bounds=_bounds(situation, side))


def asked(found: Contradiction) -> dict[str, Slot]:
    """A question in a sentence; the words of a claim that it holds are a quotation."""
    question = phrases().inside(found.question)
    for claim in (claim for side in found.sides for claim in side.claims):
        text = " ".join(claim.record.text.split())
        at = question.find(text[:_BEGINNING])
        if at >= 0 and question[at:].rstrip(" …") in text:
            return {"question": question[:at], "words": Quote(question[at:])}
    return {"question": question, "words": ""}


def _bounds(situation: Situation, side: Side) -> str:
    between = phrases().parts["bounds"]
    named = [
        (figure, situation.book.holder(claim.id))
        for claim in side.claims
        for figure in claim.figures
        if any(number in side.answer for number in _numbers(figure))
    ]
    if named:
        return between.join(dict.fromkeys(part for each in named for part in needed(*each)))
    return between.join(dict.fromkeys(group.name for group in side.origins))


def _numbers(figure: Figure) -> Iterable[str]:
    values: list[Number | None] = [figure.low, figure.best, figure.high]
    return {wording.number(value) for value in values if value is not None}


def bounds_of(situation: Situation, points: Sequence[Point]) -> str:
    """All that bounds the figures of some points, once."""
    found = [point.figure for point in points]
    parts = (part for each in found for part in needed(each.record, holder(situation, each)))
    return phrases().parts["bounds"].join(dict.fromkeys(parts))


def said(situation: Situation, claim: Found[Claim], *, name: str = "said") -> Sentence:
    """Who said what on which day."""
    return phrases().say(
        name,
        situation.book.cites(claim.id),
        holder=situation.book.holder(claim.id),
        known=claim.found_in.known,
        quote=quote(claim),
    )
