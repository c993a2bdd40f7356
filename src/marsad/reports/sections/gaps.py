"""What is not known: indicators without evidence or with an old one, and sources that fell silent."""

from __future__ import annotations

from marsad.assessment.board import Silence, Standing
from marsad.reports.model import Block, Row, Section, Table
from marsad.reports.phrases import phrases
from marsad.reports.situation import Situation

SILENT = 15  # sources that are listed, those with most claims


def section(situation: Situation) -> Section:
    say = phrases()
    blocks: list[Block] = [say.explain("gaps")]
    gaps = tuple(_gap(standing) for standing in situation.now.standings if standing.gap)
    if gaps:
        columns = _columns("indicator", "looked_for", "newest", "gap")
        blocks.append(Table(say.captions["gaps"], columns, gaps, of_records=False))
    else:
        blocks.append(say.explain("no_gaps"))
    several = sorted(situation.now.silent, key=lambda each: (-each.claims, each.name))
    silent = tuple(_silent(situation, each) for each in several[:SILENT])
    if silent:
        caption = say.captions["silent"]
        if len(several) > SILENT:
            most = say.captions["most_heard"].format(shown=SILENT, all=len(several))
            caption = f"{caption}. {most}"
        blocks.append(Table(caption, _columns("source", "kind", "why"), silent))
    else:
        blocks.append(say.explain("no_silent"))
    return Section("gaps", say.titles["gaps"], tuple(blocks))


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(phrases().columns[name] for name in names)


def _silent(situation: Situation, silence: Silence) -> Row:
    """A source that is silent now, with the last that it said."""
    cells = (silence.name, phrases().word(silence.kind), silence.reason)
    return Row(cells, situation.book.cites(silence.last.id))


def _gap(standing: Standing) -> Row:
    indicator = standing.indicator
    measures = (measure.rstrip(".") for measure in indicator.measures)
    terms = dict.fromkeys((*indicator.themes, *measures, *indicator.incidents, *indicator.words))
    newest = max(
        (claim.found_in.known for claim in standing.claims), default=phrases().remarks["nothing_found"]
    )
    return Row((indicator.title, ", ".join(map(phrases().word, terms)), newest, standing.gap or ""))
