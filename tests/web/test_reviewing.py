"""What people do on the page of a document: edit, judge, add, take back; and what it says of that."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import NotFound
from marsad.ledger.reviewing.links import KINDS, records
from marsad.ledger.store import Store
from marsad.records.reading import Reading
from marsad.web import reviewing_typed
from marsad.web.evidence import Evidence
from marsad.web.reviewing import FORM
from marsad.web.reviewing_typed import BEFORE

from ..ledger import making
from .conftest import client_of

TEXT = (
    "Mayor: in 2019, Karoum holds 300 men\n"
    "The Front / TF: we lost 12 carts and killed 7 in Karoum, and Karoum fights Odaland\n"
    "Mrs Huda fled to Zarf camp with food\n"
    "The road to Karoum is closed\n"
)
SAID = {"by": "amy", "reason": "checked"}


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("reviewed"), create=True, command="serve") as store:
        document = making.frozen(TEXT, title="Carts", published=making.given("2019-03-01"))
        store.put(TEXT.encode(), document, making.read_all(document))
        yield store


class Page:
    """The page of the one document of a ledger, used as a browser without a script uses it."""

    def __init__(self, store: Store) -> None:
        self.store, self.client = store, client_of(store)
        found = store.documents().first()
        assert found is not None
        self.id = found.id
        html = self.client.get(f"/documents/{self.id}").text
        self.token = html.partition('name="token" value="')[2].partition('"')[0]

    @property
    def evidence(self) -> Evidence:
        return Evidence.of(self.store, self.id)

    def record(self, kind: str, words: str) -> str:
        """The id of the record of a kind that has some words."""
        reading = self.evidence.reading
        for item in self.evidence.items.values():
            spans = item.record.mentions if item.kind == "actor" else item.record.spans
            if item.kind == kind and any(words in reading.document.text[a:b] for a, b in spans):
                return item.id
        raise AssertionError((kind, words))

    def html(self, record: str) -> str:
        answer = self.client.get(f"/documents/{self.id}?at={record}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, where: str, *pairs: tuple[str, str], **given: str) -> Any:
        form: dict[str, list[str]] = {"token": [self.token]}
        for name, value in (*given.items(), *pairs):
            form.setdefault(name, []).append(value)
        headers = {"accept": "text/html"}
        return self.client.post(f"/documents/{self.id}/{where}", data=form, headers=headers)

    def edit(self, record: str, **fields: str) -> Any:
        """Send the edit form of the page with some of its fields changed."""
        sent = form_of(self.html(record), "edit")
        pairs = [(name, value) for name, value in sent if name.removeprefix(FORM) not in fields]
        return self.post("reviews", *pairs, *((FORM + name, value) for name, value in fields.items()), **SAID)


class Forms(HTMLParser):
    """What a browser would send of each form of a page, by the action that stands in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self._select = self._textarea = ""
        self._options: list[tuple[str, bool]] = []
        self._several = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and said.get("type") != "radio" and said.get("name"):
            self.forms[-1].append((said["name"], said.get("value", "")))
        elif tag == "select":
            self._select, self._several, self._options = said.get("name", ""), "multiple" in said, []
        elif tag == "option":
            self._options.append((said.get("value", ""), "selected" in said))
        elif tag == "textarea":
            self._textarea = said["name"]
            self.forms[-1].append((self._textarea, ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][-1] = (self._textarea, self.forms[-1][-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        if tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            if not chosen and not self._several:
                chosen = [self._options[0][0]]
            self.forms[-1] += [(self._select, value) for value in chosen]
            self._select = ""


def form_of(html: str, action: str) -> list[tuple[str, str]]:
    """The fields of the form that does `action`, without who and why."""
    (found,) = [form for form in Forms(html).forms if ("action", action) in form]
    return [(name, value) for name, value in found if name not in ("by", "reason", "token")]


def done(answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


# Editing


def test_a_figure_is_edited_by_its_slots_and_the_history_says_who_and_when(store: Store) -> None:
    page = Page(store)
    figure = page.record("figure", "300")
    where = done(page.edit(figure, low="250", high="350", status="estimated", population="armed men"))
    assert "by=amy" in where
    found = store.figures(subject=None, low="250").first()
    assert found is not None
    assert (found.record.high, found.record.bound, found.record.status) == (350, "range", "estimated")
    html = page.client.get(where.partition("#")[0]).text
    for words in ("edited by", "amy", "checked", "status: observed → estimated", "low: 300 → 250"):
        assert words in " ".join(html.split()), words
    assert 'value="amy"' in html  # need not be typed again


def test_an_edit_that_changes_nothing_is_refused_and_says_why(store: Store) -> None:
    page = Page(store)
    answer = page.edit(page.record("figure", "300"))
    assert answer.status_code == 422
    assert "an edit sets at least one" in answer.text


def test_what_is_refused_is_told_on_the_page_with_all_that_was_typed(store: Store) -> None:
    page = Page(store)
    figure = page.record("figure", "300")
    answer = page.edit(figure, low="many", population="armed men & women")
    assert answer.status_code == 422
    assert "low: cannot be" in answer.text
    assert 'value="armed men &amp; women"' in answer.text
    assert 'value="many"' in answer.text
    assert '<details class="editing" id="editing" open>' in answer.text
    assert store.reviewed(page.id).outcomes == ()
    plain = page.client.post(
        f"/documents/{page.id}/reviews",
        data={"token": page.token, "record": figure, "action": "edit", "form.was.low": "300", "form.low": "x"}
        | SAID,
        headers={"accept": "application/json"},
    )
    assert plain.status_code == 422
    assert plain.json()["error"].startswith("low: cannot be")


@pytest.mark.parametrize(
    ("kind", "words", "fields", "left"),
    [
        ("claim", "holds 300", {"source": "The Front", "certainty": "possible"}, ("certainty", "possible")),
        ("claim", "holds 300", {"true_of": "2018-01/2018-03"}, ("true_of.edtf", "2018-01/2018-03")),
        ("claim", "holds 300", {"themes": "strength up, finance"}, ("themes.0.direction", "up")),
        ("claim", "holds 300", {"hidden_source": "true"}, ("hidden_source", True)),
        ("claim", "holds 300", {"words": "Karoum holds"}, ("text", "Karoum holds")),
        ("incident", "killed", {"type": "COERCE", "deaths": "5 / 6 / ?"}, ("deaths.low", 5)),
        ("incident", "killed", {"side_first": "The Front", "side_second": "Mayor"}, ("sides.0.0.text", "The Front")),
        ("incident", "killed", {"weapons": "carts, men"}, ("weapons", ("carts", "men"))),
        ("incident", "killed", {"places": ""}, ("places", ())),
        ("incident", "killed", {"targets": "carts; Zarf camp"}, ("targets.1.text", "Zarf camp")),
        ("incident", "killed", {"statuses.c2": "denied"}, ("statuses.0.value", "denied")),
        ("incident", "killed", {"statuses.c2": ""}, ("statuses", ())),
        ("incident", "killed", {"responsibility.c2": "accused"}, ("responsibility.0.value", "accused")),
        ("claim", "holds 300", {"chain": "Mrs Huda; Mayor"}, ("chain.0.text", "Mrs Huda")),
        ("relation", "fights", {"type": "supports"}, ("type", "supports")),
        ("place", "Odaland", {"kind": "region"}, ("kind", "region")),
        ("place", "Odaland", {"latitude": "1.5", "longitude": "2"}, ("latitude", 1.5)),
        ("place", "Odaland", {"gazetteer_id": ""}, ("latitude", None)),
        ("place", "Odaland", {"name": "Tripoli", "gazetteer_id": "266826"}, ("country", "LB")),
        ("time", "2019", {"edtf": "2018-05"}, ("earliest", "2018-05-01")),
        ("actor", "The Front", {"role": "armed group", "aliases": "TF, Front"}, ("role", "armed group")),
        ("figure", "12", {"claim": "c1"}, ("claim", "c1")),
        ("figure", "12", {"best": "", "low": "10", "high": "15"}, ("bound", "range")),
    ],
)  # fmt: skip
def test_every_kind_is_edited(
    store: Store, kind: str, words: str, fields: dict[str, str], left: tuple[str, Any]
) -> None:
    page = Page(store)
    local = page.evidence.local[page.record(kind, words)]
    done(page.edit(page.record(kind, words), **fields))
    found = page.evidence.items[local].record
    for part in left[0].split("."):
        found = found[int(part)] if part.isdigit() else getattr(found, part)
    assert found == left[1]
    history = page.html(page.evidence.items[local].id).partition('<ol class="past">')[2]
    assert f"{left[0].partition('.')[0].replace('text', 'words')}: " in history or "text: " in history


def test_what_nobody_touched_of_several_parties_stays_as_it_was(store: Store) -> None:
    """A party keeps its kind and its place, and a claim its account, when another one is edited."""
    page = Page(store)
    incident = page.record("incident", "killed")
    local = page.evidence.local[incident]
    done(page.edit(incident, side_first="Mrs Huda", side_second="Mayor; Karoum"))
    done(page.edit(page.evidence.items[local].id, claims="c1,c2", **{"statuses.c2": "ongoing"}))
    before = page.evidence.items[local].record
    edited = {"side_second": "Karoum", "statuses.c1": "denied"}
    done(page.edit(page.evidence.items[local].id, **edited))
    after = page.evidence.items[local].record
    assert after.sides == (before.sides[0], before.sides[1][1:])
    assert [(each.claim, each.value) for each in after.statuses] == [("c1", "denied"), ("c2", "ongoing")]
    assert after.responsibility == before.responsibility
    review = store.reviewed(page.id).outcomes[-1].review
    done(page.post("withdrawals", review=review, **SAID))
    assert page.evidence.items[local].record == before


def test_a_place_is_offered_what_the_gazetteer_has_of_its_name(store: Store) -> None:
    page = Page(store)
    local = page.evidence.local[page.record("place", "Odaland")]
    done(page.edit(page.record("place", "Odaland"), name="Tripoli", gazetteer_id=""))
    html = page.html(page.evidence.items[local].id)
    assert '<option value="266826">Tripoli, city, Liban-Nord, LB (geonames 266826)</option>' in html
    assert '<option value="" selected></option>' in html or '<option value=""></option>' in html
    answer = page.edit(page.evidence.items[local].id, gazetteer_id="1")
    assert answer.status_code == 422
    assert "no place of that name" in answer.text


def test_the_form_of_every_record_says_what_the_record_says(store: Store) -> None:
    """A form that is sent as it came changes nothing, whatever the record."""
    page = Page(store)
    for item in page.evidence.items.values():
        sent = form_of(page.html(item.id), "edit")
        assert reviewing_typed.changed((name.removeprefix(FORM), value) for name, value in sent) == {}, item


@given(st.dictionaries(st.sampled_from(["low", "unit", "places", "scope"]), st.text(max_size=5), max_size=4))
def test_only_what_was_touched_counts_as_changed(typed: dict[str, str]) -> None:
    before = {"low": "3", "unit": "", "places": "p1,p2", "scope": "a town"}
    form = [(BEFORE + name, value) for name, value in before.items()]
    form += [(name, typed.get(name, value)) for name, value in before.items()]
    changed = reviewing_typed.changed(form)
    for name, was in before.items():
        value = typed.get(name, was).replace("\r\n", "\n").strip()
        assert changed.get(name, was) == value


# Judging, adding, taking back


def test_a_claim_is_judged_and_judged_anew(store: Store) -> None:
    page = Page(store)
    claim = page.record("claim", "lost 12")
    done(page.post("judgements", record=claim, credibility="2", **SAID))
    assert "<strong>2</strong> probably true" in page.html(claim)
    done(page.post("judgements", record=claim, credibility="5", by="bob", reason="a denial"))
    html = " ".join(page.html(claim).split())
    assert "<strong>5</strong> improbable" in html
    assert "a later one counts" in html
    listed = store.claims(credibility="5").first()
    assert listed is not None
    assert listed.id == claim
    answer = page.post("judgements", record=claim, credibility="7", **SAID)
    assert answer.status_code == 422
    assert "no credibility" in answer.text
    wrong = page.post("judgements", record=page.record("figure", "12"), credibility="2", **SAID)
    assert "only a claim has a credibility" in wrong.text


@pytest.mark.parametrize(
    ("kind", "words", "fields"),
    [
        ("claim", "fled to Zarf camp", {"source": "Mayor"}),
        ("figure", "12 carts", {"measure": "count.cart", "status": "estimated"}),
        ("incident", "lost", {"type": "RETREAT", "side_first": "The Front"}),
        ("relation", "we lost 12", {"source": "The Front", "type": "opposes", "target": "Mayor"}),
        ("place", "The road", {"name": "The road", "kind": "other"}),
        ("time", "in 2019", {"edtf": "2019"}),
        ("actor", "Mrs Huda", {"kind": "person_role", "role": "mayor"}),
        ("private", "Zarf", {}),
    ],
)
def test_what_was_missed_is_added(store: Store, kind: str, words: str, fields: dict[str, str]) -> None:
    page = Page(store)
    before = _count(page.evidence.reading)
    pairs = [(f"{FORM}{kind}.{name}", value) for name, value in fields.items()]
    others = [(f"{FORM}figure.low", "77"), (f"{FORM}claim.source", "nobody of the text")]  # of other kinds
    pairs += [each for each in others if not each[0].startswith(f"{FORM}{kind}.")]
    where = done(page.post("additions", *pairs, kind=kind, words=words, **SAID))
    after = _count(page.evidence.reading)
    if kind == "private":
        assert page.evidence.reading.private != making.read_all(page.evidence.reading.document).private
        assert "added by" in " ".join(page.client.get(f"/documents/{page.id}").text.split())
    else:
        assert after[kind] == before[kind] + 1
        assert "added by" in " ".join(page.client.get(where.partition("#")[0]).text.split())


def _count(reading: Reading) -> dict[str, int]:
    return {kind: len(records(reading, kind)) for kind in KINDS}


def test_words_that_stand_twice_are_told_by_where_they_begin(store: Store) -> None:
    page = Page(store)
    answer = page.post("additions", kind="place", words="Karoum", **SAID)
    assert answer.status_code == 422
    assert "stands 4 times" in answer.text
    assert '<option value="place" selected>' in answer.text
    last = str(TEXT.rindex("The road"))
    done(page.post("additions", kind="claim", words="The road", begin=last, **SAID))
    assert page.evidence.reading.claims[-1].spans == ((int(last), int(last) + len("The road")),)


def test_words_over_lines_are_added_as_they_stand(store: Store) -> None:
    page = Page(store)
    begin, end = TEXT.index("in Karoum, and"), TEXT.index("fled")
    words = TEXT[begin:end].replace("\n", "")  # as a browser gives what is selected over paragraphs
    done(page.post("additions", kind="claim", words=words, begin=str(begin), end=str(end), **SAID))
    assert page.evidence.reading.claims[-1].spans == ((begin, end - 1),)
    answer = page.post("additions", kind="claim", words="no such words", begin="0", end="9", **SAID)
    assert "is not in the text" in answer.text


def test_a_rejection_is_listed_and_taken_back(store: Store) -> None:
    page = Page(store)
    claim = page.record("claim", "lost 12")
    where = done(page.post("reviews", record=claim, action="reject", **SAID))
    html = " ".join(page.client.get(where).text.split())
    assert "1 more review of this document" in html
    assert "rejected by" in html
    with pytest.raises(AssertionError):
        page.record("claim", "lost 12")
    review = where.partition("done=")[2].partition("&")[0]
    done(page.post("withdrawals", review=review, **SAID))
    assert page.record("claim", "lost 12") == claim
    html = " ".join(page.client.get(f"/documents/{page.id}").text.split())
    assert "taken back" in html
    assert html.count(f'name="review" value="{review}"') == 0  # it cannot be taken back twice
    again = page.client.post(
        f"/documents/{page.id}/withdrawals", data={"token": page.token, "review": review} | SAID
    )
    assert again.status_code == 422


def test_a_review_goes_on_where_it_was_when_its_record_is_gone_and_back(store: Store) -> None:
    page = Page(store)
    first, second, figure = (
        page.record("claim", "300"),
        page.record("claim", "carts"),
        page.record("figure", "12"),
    )

    def goes_to(answer: Any) -> str:
        where = done(answer)
        assert page.client.get(where.partition("#")[0]).status_code == 200
        return parse_qs(urlsplit(where).query).get("at", [""])[0]

    def rejected(record: str) -> Any:
        return page.post("reviews", record=record, action="reject", **SAID)

    assert goes_to(rejected(figure)) == second
    assert goes_to(rejected(second)) == first
    taken = page.evidence.past[-1].review
    back = page.post("withdrawals", review=taken, **SAID)
    assert goes_to(back) == second
    assert (
        f'name="review" value="{taken}"'
        not in page.client.get(f"{done(back).partition('?')[0]}?done={taken}").text
    )
    assert goes_to(page.post("reviews", record=first, action="accept", **SAID)) == first
    assert goes_to(page.post("withdrawals", review=page.evidence.past[-1].review, **SAID)) == first
    assert goes_to(rejected(first)) == ""


def test_a_review_of_another_document_is_not_made_here(store: Store) -> None:
    page = Page(store)
    with pytest.raises(NotFound):
        page.evidence.item("0" * 32)
    answer = page.post("reviews", record="0" * 32, action="accept", **SAID)
    assert answer.status_code == 404


@pytest.mark.parametrize("where", ["reviews", "judgements", "additions", "withdrawals"])
def test_nothing_is_said_without_the_token(store: Store, where: str) -> None:
    page = Page(store)
    given = {
        "record": page.record("claim", "lost 12"),
        "action": "accept",
        "credibility": "2",
        "words": "road",
    }
    page.token = page.token[::-1]
    assert page.post(where, **given, **SAID, review="r1").status_code == 403
    assert store.reviewed(page.id).outcomes == ()


def test_the_cue_and_its_claim_lead_to_each_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    from msgspec.structs import replace  # noqa: PLC0415

    from marsad.records.reading import Cue  # noqa: PLC0415

    with Store.open(tmp_path_factory.mktemp("cue"), create=True) as store:
        text = "Mayor: said we lost 12 carts\n"
        document = making.frozen(text)
        reading = making.read(document)
        cued = replace(
            reading.claims[0], cue=Cue(text="said", spans=((7, 11),)), spans=((12, 28),), text=text[12:28]
        )
        store.put(text.encode(), document, replace(reading, claims=(cued,)))
        page = Page(store)
        claim = page.record("claim", "lost 12")
        html = page.html(claim)
        assert f'data-words="{claim}-cue"' in html
        assert f'#at-{claim}-cue"' in html
        assert f'id="at-{claim}-cue"' in html
