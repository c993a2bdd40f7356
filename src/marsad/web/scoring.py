"""The scorecard: how right issued forecasts were, by model, year and horizon, and what was said then.

Nothing is judged here: verdicts are those that `marsad forecast score --keep` recorded, and each page says
which data they rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from fastapi import APIRouter
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from marsad.errors import BadInput
from marsad.forecast.calibration import Group, calibration
from marsad.forecast.scorecard import BENCHMARK, Judged, Line, Scorecard, is_in_time, scorecard
from marsad.ledger import verdicts
from marsad.ledger.forecasts import Issued
from marsad.ledger.store import Store
from marsad.ledger.verdicts import Kept
from marsad.records.forecast import month_name
from marsad.records.verdict import LEVELS
from marsad.reports.reliability import reliability
from marsad.web.fan_charts import fan_of
from marsad.web.foretold import Foretold, Row, issued_by, verdicts_by
from marsad.web.listed import csv_of
from marsad.web.rendering import page
from marsad.web.standing import Given, Standing

router = APIRouter()
_ORDER = ("country", "admin1", "cell")
BY = ("model", "year", "horizon")
METRICS = ("ign", "crps", "log1p_crps", "brier1", "brier25", "brier100", "coverage90", "coverage90_positive")
FANS = 12  # units whose months are drawn
VOIDS = 20  # that are listed
_TOLD_BY = ("model", "level", "violence", "actor", "in_time", "year", "horizon")


class Of(NamedTuple):
    """Forecasts that are scored together."""

    level: str
    actor: str | None


class Date(NamedTuple):
    """A date of issue: what was forecast from one month's knowledge on one day."""

    day: str
    cut: int
    forecasts: tuple[Issued, ...]  # one a model, the last of each


class Asked:
    """What an address of the scorecard asks for, and what there is of it."""

    def __init__(self, request: Request) -> None:
        self.standing, self.given = Standing.of(request.query_params), request.query_params
        self.store: Store = request.app.state.store
        self.issued = issued_by(self.store, self.standing.as_known)
        self.kept = verdicts_by(self.store, self.standing.as_known)
        self.every = sorted(
            {_of(each) for each in self.issued}, key=lambda of: (_ORDER.index(of.level), of.actor or "")
        )
        self.of = self._group()
        self.here = [each for each in self.issued if _of(each) == self.of]
        self.by = self._one("by", BY)
        self.level = LEVELS.index(int(self._one("deaths", [str(each) for each in LEVELS], "25")))

    def _group(self) -> Of | None:
        level, actor = self.given.get("level"), self.given.get("actor") or None
        if level is None:
            return self.every[0] if self.every else None
        if Of(level, actor) not in self.every:
            raise BadInput(f"level={level[:20]}: no such forecasts were issued")
        return Of(level, actor)

    def _one(self, name: str, known: Sequence[str], usual: str | None = None) -> str:
        found = self.given.get(name) or usual or known[0]
        if found not in known:
            raise BadInput(f"{name}={found[:20]}: one of {', '.join(known)}")
        return found

    def judged(self, issued: Iterable[Issued]) -> list[Judged]:
        """The forecasts of which something has come, with their newest verdicts."""
        return [
            (each, verdicts.load(self.store, self.kept[each.id].id))
            for each in issued
            if each.id in self.kept
        ]

    def dates(self) -> list[Date]:
        """In the order of issue: a later one is never put before an earlier one."""
        found: dict[tuple[str, int], dict[str, Issued]] = {}
        for each in self.here:
            found.setdefault((each.recorded_at[:10], each.about.cut), {})[each.about.model] = each
        return [Date(*key, tuple(by_model.values())) for key, by_model in found.items()]

    def at(self, dates: Sequence[Date]) -> int:
        """Which date is asked for, from 1; the newest of which something has come, where none is."""
        given = self.given.get("issue")
        if given is None:
            come = [at for at, date in enumerate(dates, 1) if any(e.id in self.kept for e in date.forecasts)]
            return come[-1] if come else len(dates)
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= len(dates)):
            raise BadInput(f"issue={given[:20]}: a number from 1 to {len(dates)}")
        return int(given)

    def model(self, models: Sequence[str]) -> str:
        """The model that is asked for; the first that is no benchmark, where none is."""
        usual = next((each for each in models if each != BENCHMARK), BENCHMARK)
        return self._one("model", [*models], usual) if models else usual

    def link(self, fragment: str = "", /, **changed: Given) -> str:
        """This page with something else asked for."""
        own: dict[str, Given] = {
            name: self.given.get(name) for name in ("level", "actor", "by", "deaths", "issue", "model")
        }
        return self.standing.link("/forecast/scorecard", fragment, **(own | changed))


@router.get("/forecast/scorecard.json", tags=["forecast"])
def as_json(request: Request) -> Response:
    asked = Asked(request)
    card = scorecard(asked.judged(asked.issued))
    body = {
        "scores": list(_flat(card)),
        "voids": [each._asdict() for each in card.voids],
        "waiting": card.waiting,
        "rests_on": [{"recorded_at": each.recorded_at, **_vintage(each)} for each in asked.kept.values()],
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


@router.get("/forecast/scorecard.csv", tags=["forecast"])
def as_csv(request: Request) -> Response:
    asked = Asked(request)
    return csv_of("scorecard", _flat(scorecard(asked.judged(asked.issued))))


@router.get("/forecast/scorecard", include_in_schema=False)
def shown(request: Request) -> Response:
    asked = Asked(request)
    judged = asked.judged(asked.here)
    card = scorecard(judged)
    dates = asked.dates()
    model = asked.model(list(dict.fromkeys(each.about.model for each in asked.here)))
    return page(
        request, "forecast_scorecard.html", asked.standing, asked=asked, card=card, model=model,
        lines=_by_time(card, asked.by), metrics=METRICS, voids=card.voids[:VOIDS], month_name=month_name,
        rests_on=_vintages(asked, judged), levels=LEVELS, bys=BY,
        **_reliability(asked, judged, model), **_then(asked, dates, model),
    )  # fmt: skip


def _of(issued: Issued) -> Of:
    return Of(issued.about.level, issued.about.actor)


# Scores


def _flat(card: Scorecard) -> Iterator[dict[str, Any]]:
    """A row for each model, level, year and horizon."""
    return (line.listed(_TOLD_BY) for line in card.lines(*_TOLD_BY))


def _by_time(card: Scorecard, by: str) -> dict[bool, list[Line]]:
    """The lines of those issued in time, and of those issued afterwards."""
    names = ("in_time", "model") if by == "model" else ("in_time", by, "model")
    lines = card.lines(*names)
    return {in_time: [line for line in lines if line.key[0] is in_time] for in_time in (True, False)}


def _vintage(kept: Kept) -> dict[str, Any]:
    basis = kept.basis
    return {"data": basis.data, "data_sha256": basis.data_sha256, "known_to": month_name(basis.last)}


def _vintages(asked: Asked, judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """The states of the data that verdicts rest on, each with the day on which it was first recorded."""
    found: dict[str, dict[str, Any]] = {}
    for issued, _ in judged:
        kept = asked.kept[issued.id]
        found.setdefault(kept.basis.data_sha256, {"day": kept.recorded_at[:10], **_vintage(kept)})
    return list(found.values())


def _reliability(asked: Asked, judged: Sequence[Judged], model: str) -> dict[str, Any]:
    """The plot of one model's chances of so many deaths: of those issued in time, where there are any."""
    level = LEVELS[asked.level]
    own = [each for each in judged if each[0].about.model == model]
    parts = [_told(each, level, in_time=True) for each in own]
    is_late = not any(len(part[0]) for part in parts)
    if is_late:
        parts = [_told(each, level, in_time=False) for each in own]
    if not any(len(part[0]) for part in parts):
        return {"groups": [], "plot": None}
    chances, came, units = (np.concatenate(each) for each in zip(*parts, strict=True))
    groups = calibration(chances, came, units)
    title = asked.standing.messages.say("score.reliability_of", level, model=model)
    told = "; ".join(map(_words, groups))
    plot = Markup(reliability(groups, title, told))  # noqa: S704 - it escapes
    return {"groups": groups, "plot": plot, "is_late": is_late}


def _told(judged: Judged, level: int, *, in_time: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chances, whether they came, and units, of the months that are known."""
    issued, verdict = judged
    timely = np.array([is_in_time(issued, month) for month in issued.about.months])
    known = verdict.is_scored & (timely == in_time)
    units = np.broadcast_to(np.array(issued.about.units)[:, None], known.shape)
    return verdict.layers[f"chance{level}"][known], verdict.deaths[known] >= level, units[known]


def _words(group: Group) -> str:
    return f"{100 * group.chance:.1f} %: {100 * group.share:.1f} % of {group.number}"


# What was forecast then


def _then(asked: Asked, dates: Sequence[Date], model: str) -> dict[str, Any]:
    """What was forecast at the date of issue that is asked for, with fans of what came."""
    if not dates:
        return {"dates": dates, "at": 0, "fans": []}
    at = asked.at(dates)
    date = dates[at - 1]
    chosen = next((each for each in date.forecasts if each.about.model == model), date.forecasts[0])
    told = {"dates": dates, "at": at, "date": date, "chosen": chosen}
    if chosen.about.level == "cell":
        return told | {"fans": []}
    found = Foretold.of(asked.store, chosen.id, asked.standing.as_known)
    drawn = [(found.rows_of_unit(place), found.before(place)) for place in _foremost(found)]
    drawn.sort(key=lambda each: _weight(each[0]), reverse=True)
    return told | {
        "fans": [(rows[0], fan_of(rows, before, asked.standing), before) for rows, before in drawn]
    }


def _foremost(found: Foretold) -> list[int]:
    """The units of which most deaths were expected or came: misses among them."""
    weights = found.expected
    if found.verdict is not None:
        weights = np.maximum(weights, np.nan_to_num(found.verdict.deaths).max(axis=1))
    return [int(place) for place in np.argsort(-weights, kind="stable")[:FANS]]


def _weight(rows: Sequence[Row]) -> float:
    return max(max(row.best, row.came or 0) for row in rows)
