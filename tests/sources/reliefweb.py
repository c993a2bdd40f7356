"""ReliefWeb's API, version 2, as its documentation describes it: reports, filters, pages and errors."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .site import Site, respond

NAME = "karoum-desk-x7"


class Api:
    """Serves the reports of a test at `/v2/reports`. `most` is how many it lists a page at most."""

    def __init__(self, site: Site, *, most: int = 1000) -> None:
        self.site, self.most = site, most
        self.reports: list[dict[str, Any]] = []
        self.asked: list[dict[str, list[str]]] = []
        site.serve_with("/v2/reports", self._answer)

    @property
    def address(self) -> str:
        return f"{self.site.address}/v2"

    def report(self, number: int, *, changed: str = "2024-05-06T10:00:00+00:00", **fields: Any) -> None:
        self.reports = [each for each in self.reports if each["id"] != number]
        self.reports.append({
            "id": number,
            "title": f"Report {number}",
            "url_alias": f"https://reliefweb.example/report/{number}",
            "date": {"changed": changed, "created": changed, "original": "2024-05-01T00:00:00+00:00"},
            "source": [{"name": "OCHA"}, {"name": "Karoum Council"}],
            "language": [{"name": "English", "code": "en"}],
            "body": "In Markdown.",
            "body-html": f"<p>Report {number}: the camp holds 300 people.</p>",
            "country": ["syr"],
            **fields,
        })  # fmt: skip

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = parse_qs(urlsplit(handler.path).query)
        self.asked.append(asked)
        if "appname" not in asked:
            _fail(handler, 400, "InvalidArgumentException", "Missing appname parameter.")
        elif asked["appname"] != [NAME]:
            _fail(handler, 403, "AccessDeniedHttpException", "You are not using an approved appname.")
        elif not 0 <= int(asked["limit"][0]) <= 1000:
            _fail(
                handler, 400, "BadRequest", 'Invalid "limit" specified. Valid values are between 0 and 1000'
            )
        else:
            respond(
                handler, json.dumps(self._found(asked)).encode(), 200, {"Content-Type": "application/json"}
            )

    def _found(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        found = sorted(self._matching(asked), key=lambda each: each["date"]["created"], reverse=True)
        offset, limit = int(asked.get("offset", ["0"])[0]), min(int(asked["limit"][0]), self.most)
        page = found[offset : offset + limit]
        links = {"self": {"href": "x"}}
        if offset + limit < len(found):
            links["next"] = {"href": "http://169.254.169.254/latest"}  # is not gone to
        names = {name.partition(".")[0] for name in asked["fields[include][]"]}
        data = [
            {
                "id": str(each["id"]),
                "score": 1,
                "href": "x",
                "fields": {name: each[name] for name in names if name in each},
            }
            for each in page
        ]
        return {"time": 1, "links": links, "totalCount": len(found), "count": len(page), "data": data}

    def _matching(self, asked: dict[str, list[str]]) -> list[dict[str, Any]]:
        found = self.reports
        if words := asked.get("query[value]"):
            found = [each for each in found if words[0].lower() in json.dumps(each).lower()]
        if asked.get("filter[field]") == ["id"]:
            found = [each for each in found if str(each["id"]) in asked["filter[value][]"]]
        for number in range(3):
            at = f"filter[conditions][{number}]"
            field = asked.get(f"{at}[field]", [""])[0]
            since, values = asked.get(f"{at}[value][from]"), asked.get(f"{at}[value][]")
            if since:
                found = [each for each in found if each["date"][field.rpartition(".")[2]] >= since[0]]
            if values:
                found = [each for each in found if set(each["country"]) & set(values)]
        return found


def _fail(handler: BaseHTTPRequestHandler, status: int, type_: str, message: str) -> None:
    error = {"status": status, "time": 1, "error": {"type": type_, "message": message}}
    respond(handler, json.dumps(error).encode(), status)
