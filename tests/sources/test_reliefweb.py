from __future__ import annotations

from collections.abc import Iterator

import pytest

from marsad.errors import BadInput
from marsad.records.original import Original
from marsad.sources import reliefweb
from marsad.sources.fetch import Failed, Later, Validators
from marsad.sources.items import Contents, Empty
from marsad.sources.pace import Clock, Visitor
from marsad.sources.reliefweb import Query, ReliefWeb

from .reliefweb import NAME, Api
from .site import Site


@pytest.fixture
def api(site: Site, monkeypatch: pytest.MonkeyPatch) -> Api:
    found = Api(site)
    monkeypatch.setenv("MARSAD_RELIEFWEB_URL", found.address)
    monkeypatch.setenv("MARSAD_RELIEFWEB_APPNAME", NAME)
    return found


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    at = [0.0]

    def sleep(seconds: float) -> None:
        at[0] += seconds

    with Visitor(Clock(lambda: at[0], sleep)) as found:
        yield found


def listed(source: ReliefWeb, changed: str | None = None) -> Contents:
    found = source.contents(Validators(last_modified=changed))
    assert isinstance(found, Contents)
    return found


def test_reports_are_listed_and_opened(api: Api, visitor: Visitor) -> None:
    api.report(1)
    api.report(2, changed="2024-05-07T10:00:00+00:00", language=[{"code": "en"}, {"code": "ar"}])
    source = ReliefWeb("reliefweb:camp", visitor)
    contents = listed(source)
    assert [item.address.rpartition("/")[2] for item in contents.items] == ["2", "1"]
    assert contents.validators == Validators(last_modified="2024-05-07T10:00:00+00:00")
    two, one = map(source.open, contents.items)
    assert isinstance(one, Original)
    assert one.raw == b"<p>Report 1: the camp holds 300 people.</p>"
    assert (one.url, one.media_type) == ("https://reliefweb.example/report/1", "text/html")
    assert one.listed is not None
    assert one.listed.publisher == "OCHA, Karoum Council"
    assert (one.listed.title, one.listed.published) == ("Report 1", "2024-05-01T00:00:00+00:00")
    assert one.listed.language == "en"
    assert one.retrieved
    assert isinstance(two, Original)
    assert two.listed is not None
    assert two.listed.language is None
    assert len(api.asked) == 2  # one list, and one call for both texts


def test_pages_are_gone_through_to_the_end(api: Api, visitor: Visitor) -> None:
    for number in range(7):
        api.report(number)
    api.most = 3
    source = ReliefWeb("reliefweb:camp", visitor)
    assert len(listed(source).items) == 7
    assert [asked["offset"] for asked in api.asked] == [["0"], ["3"], ["6"]]


def test_texts_are_asked_for_some_at_a_time(
    api: Api, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reliefweb, "_A_CALL", 2)
    for number in range(5):
        api.report(number)
    source = ReliefWeb("reliefweb:camp", visitor)
    assert all(isinstance(source.open(item), Original) for item in listed(source).items)
    assert len(api.asked) == 1 + 3


def test_only_what_has_changed_since(api: Api, visitor: Visitor) -> None:
    api.report(1)
    api.report(2, changed="2024-05-08T10:00:00+00:00")
    source = ReliefWeb("reliefweb:camp", visitor)
    contents = listed(source, "2024-05-07T00:00:00+00:00")
    assert [item.version for item in contents.items] == ["2024-05-08T10:00:00+00:00"]
    nothing = listed(source, "2024-05-09T00:00:00+00:00")
    assert (nothing.items, nothing.validators.last_modified) == ((), "2024-05-09T00:00:00+00:00")


def test_files_are_entries_of_their_own(api: Api, visitor: Visitor) -> None:
    file = api.site.serve("/files/a.pdf", b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    files = [
        {"url": file, "mimetype": "application/pdf", "description": "Annex"},
        {"url": file + ".png", "mimetype": "image/png"},
    ]
    api.report(1, file=files, **{"body-html": ""})
    source = ReliefWeb("reliefweb:report", visitor)
    report, annex = listed(source).items
    assert isinstance(source.open(report), Empty)
    found = source.open(annex)
    assert isinstance(found, Original)
    assert (found.raw, found.media_type) == (b"%PDF-1.7", "application/pdf")
    assert found.listed is not None
    assert (found.listed.title, found.listed.publisher) == ("Annex", "OCHA, Karoum Council")
    assert "/robots.txt" in [request.path for request in api.site.requests]  # the file is crawled


def test_countries_and_a_first_day(api: Api, visitor: Visitor) -> None:
    api.report(1)
    api.report(2, country=["irq"])
    api.report(3, country=["mli"])
    address = "reliefweb:?country=SYR,irq&from=2024-04-01"
    assert len(listed(ReliefWeb(address, visitor)).items) == 2
    assert len(listed(ReliefWeb("reliefweb:?country=SYR&from=2024-06-01", visitor)).items) == 0


def test_a_query_is_of_one_form() -> None:
    assert Query.of("reliefweb:ISIS AND camp?country=syr") == Query("ISIS AND camp", ("SYR",))
    for address in (
        "reliefweb:",
        "reliefweb:?from=2024-01-01",
        "reliefweb:x?since=1",
        "reliefweb:x?from=May",
    ):
        with pytest.raises(BadInput, match="reliefweb:"):
            Query.of(address)


def test_a_name_is_needed(site: Site, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARSAD_RELIEFWEB_APPNAME", raising=False)
    with pytest.raises(BadInput, match="MARSAD_RELIEFWEB_APPNAME") as raised:
        ReliefWeb("reliefweb:camp", visitor)
    assert "https://apidoc.reliefweb.int/parameters#appname" in str(raised.value)


def test_a_name_that_is_not_approved_is_said(
    api: Api, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARSAD_RELIEFWEB_APPNAME", "mine")
    answer = ReliefWeb("reliefweb:camp", visitor).contents(Validators())
    assert isinstance(answer, Failed)
    assert "You are not using an approved appname." in answer.reason
    assert "apidoc.reliefweb.int" in answer.reason


def test_what_the_api_says_of_a_fault_is_told(
    api: Api, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reliefweb, "_A_PAGE", 5000)
    answer = ReliefWeb("reliefweb:camp", visitor).contents(Validators())
    assert isinstance(answer, Failed)
    assert answer.reason.startswith('ReliefWeb answered 400 Bad Request: Invalid "limit"')


def test_the_quota_is_waited_for(api: Api, visitor: Visitor) -> None:
    api.site.serve("/v2/reports", status=429, headers={"Retry-After": "3600"})
    answer = ReliefWeb("reliefweb:camp", visitor).contents(Validators())
    assert isinstance(answer, Later)
    assert (answer.wait, answer.reason) == (3600, "ReliefWeb answered 429 Too Many Requests")


def test_a_query_that_matches_too_much_is_refused(
    api: Api, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reliefweb, "MOST_REPORTS", 3)
    for number in range(4):
        api.report(number)
    with pytest.raises(BadInput, match="matches 4 reports, over the limit of 3"):
        ReliefWeb("reliefweb:camp", visitor).contents(Validators())


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"data": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_answer_of_the_api_is_one_line(api: Api, visitor: Visitor, body: bytes) -> None:
    api.site.serve("/v2/reports", body)
    with pytest.raises(BadInput, match="ReliefWeb: sent what cannot be read") as raised:
        ReliefWeb("reliefweb:camp", visitor).contents(Validators())
    assert "\n" not in str(raised.value)
    assert NAME not in str(raised.value)
