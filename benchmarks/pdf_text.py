"""Text of PDFs against peers, on generated documents whose text is known.

    python benchmarks/pdf_text.py [--documents 70] [--seed 0] [--peers PYTHON] [--show SHAPE]

Documents are typeset by typst from invented sentences, in the shapes that a desk receives: reports and
letters of the United Nations with numbered paragraphs, notes and alternating running heads, two-column
resolutions, Word-like exports without ligatures, think-tank reports, journal articles, newspapers.

Scores, the mean over documents:

- `sequence`: F1 over words in order, by the longest common subsequence of the words that came out and
  those that went in, running text first and notes at the end.
- `words`: F1 over words in any order, which is fair to who leaves a note at the foot of its page.
- `paragraphs`: the share of paragraphs, headings, notes and table rows that come out exactly, white
  space aside. Where a peer marks no paragraphs, each of its lines counts as one too.

Peers: `pdftotext` where it is installed; pdfplumber and pypdf in an environment of their own, whose
Python is given by `--peers`.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import typst

from marsad.documents.pdf.extraction import extracted

WORDS = """committee panel council fighters commanders group faction network ministry government office
mission border district province village camp convoy weapons ammunition vehicles explosives recruits
detainees families reserves revenue taxation smuggling financing investigation resolution sanctions mandate
region territory infrastructure communications operatives affiliates leadership representatives
organisations administration circumstances recommendations responsibility intelligence propaganda
humanitarian-assistance counter-terrorism self-defence cross-border-movement decision-making
non-governmental-organisations peacekeepers
; regional foreign armed former local senior financial operational significant international independent
unidentified improvised long-term high-level so-called well-known northern eastern administrative
extraordinary substantial deteriorating transnational anti-personnel low-cost
; reported observed confirmed estimated noted received transferred controlled attacked supported recruited
detained released investigated documented established dismantled underscored misrepresented
; and but while because although since whereas after before
; Marrun Telasca Dorvania Qaraf Lisent Abu-Nahel Beyrit Al-Sabra Kessem Ostravia Hindar Velika"""
NOUNS, ADJECTIVES, VERBS, LINKS, PLACES = (kind.split() for kind in WORDS.split(";"))
FONTS = ("Liberation Serif", "Liberation Sans", "Libertinus Serif", "New Computer Modern")
PEER = """
import sys, time
name, *paths = sys.argv[1:]
for path in paths:
    began = time.perf_counter()
    if name == "pypdf":
        import pypdf
        text = "\\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    else:
        import pdfplumber
        with pdfplumber.open(path) as document:
            text = "\\n".join(page.extract_text() or "" for page in document.pages)
    with open(path + "." + name, "w", encoding="utf-8") as out:
        out.write(f"{time.perf_counter() - began}\\n{text}")
"""


class Document(NamedTuple):
    """What is typeset, and what should come out."""

    shape: str
    source: str
    running: list[str]
    notes: list[str]


class Score(NamedTuple):
    sequence: float
    words: float
    paragraphs: float


class Writer:
    """Writes the source and the known text side by side."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.source: list[str] = []
        self.running: list[str] = []
        self.notes: list[str] = []
        self.paragraph = 0

    def phrase(self) -> str:
        pick = self.chance.choice
        noun = f"{pick(ADJECTIVES)} {pick(NOUNS)}" if self.chance.random() < 0.6 else pick(NOUNS)
        return f"the {noun}"

    def figure(self) -> str:
        number = self.chance.choice((self.chance.randint(2, 99), self.chance.randint(10, 990) * 100))
        return f"{number:,} {self.chance.choice(NOUNS)}"

    def clause(self) -> str:
        pick = self.chance.choice
        what = self.figure() if self.chance.random() < 0.4 else self.phrase()
        where = f" in {pick(PLACES)}" if self.chance.random() < 0.4 else ""
        when = (
            f" on {self.chance.randint(1, 28)} {pick(('January', 'May', 'June'))} 2024"
            if self.chance.random() < 0.2
            else ""
        )
        return f"{self.phrase()} {pick(VERBS)} {what}{where}{when}"

    def sentence(self) -> str:
        text = self.clause()
        if self.chance.random() < 0.5:
            text += f", {self.chance.choice(LINKS)} {self.clause()}"
        if self.chance.random() < 0.1:
            text += f" (see S/2023/{self.chance.randint(10, 999)}, para. {self.chance.randint(2, 90)})"
        return text[0].upper() + text[1:] + "."

    def sentences(self, low: int, high: int) -> list[str]:
        return [self.sentence() for _ in range(self.chance.randint(low, high))]

    def prose(self, low: int = 2, high: int = 7, notes: float = 0.0) -> tuple[str, str]:
        """A paragraph as it should come out, and as typst writes it with its notes."""
        plain, marked = [], []
        for sentence in self.sentences(low, high):
            plain.append(sentence)
            note = ""
            if self.chance.random() < notes:
                text = " ".join(self.sentences(1, 2))
                self.notes.append(f"{len(self.notes) + 1} {text}")
                note = f"#footnote[{escaped(text)}]"
            marked.append(escaped(sentence) + note)
        return " ".join(plain), " ".join(marked)

    def add(self, plain: str, source: str) -> None:
        self.running.append(plain)
        self.source.append(source + "\n\n")

    def heading(self, text: str, level: int = 1) -> None:
        self.add(text, f"{'=' * level} {escaped(text)}")

    def title(self, label: str) -> str:
        words = " ".join(self.chance.choice(NOUNS) for _ in range(self.chance.randint(2, 6)))
        return f"{label} {words.capitalize()}" if label else words.capitalize()

    def plain(self, notes: float = 0.0) -> None:
        self.add(*self.prose(notes=notes))

    def numbered(self, notes: float = 0.0, tab: str = "2.4em") -> None:
        self.paragraph += 1
        plain, source = self.prose(notes=notes)
        self.add(f"{self.paragraph}. {plain}", f"{self.paragraph}.#h({tab});{source}")

    def lettered(self, notes: float = 0.0) -> None:
        for letter in "abcd"[: self.chance.randint(2, 4)]:
            plain, source = self.prose(1, 3, notes)
            self.add(f"({letter}) {plain}", f"#h(2.4em);({letter})#h(1.2em);{source}")

    def bullets(self) -> None:
        items = [self.prose(1, 2) for _ in range(self.chance.randint(2, 4))]
        self.running += [f"• {plain}" for plain, _ in items]
        self.source.append("\n".join(f"- {source}" for _, source in items) + "\n\n")

    def table(self) -> None:
        head = ["Location", "Fighters", "Estimated revenue", "Remarks"]
        body = [
            [
                self.chance.choice(PLACES),
                f"{self.chance.randint(1, 90) * 50:,}",
                f"${self.chance.randint(1, 40)} million",
                self.chance.choice(NOUNS),
            ]
            for _ in range(self.chance.randint(3, 7))
        ]
        self.running += [" ".join(row) for row in [head, *body]]
        cells = ", ".join(f"[{escaped(cell)}]" for row in [head, *body] for cell in row)
        stroke = self.chance.choice(("none", "0.5pt"))
        self.source.append(f"#table(columns: 4, stroke: {stroke}, {cells})\n\n")


def escaped(text: str) -> str:
    return re.sub(r"([#$*_`<>@\[\]\\~/=+-])", r"\\\1", text)


class Style(NamedTuple):
    """How a document is set, in typst's words."""

    paper: str = "us-letter"
    margin: str = "1in"
    columns: str = "1"
    gutter: str = "1.8em"
    header: str = "none"
    footer: str = "none"
    font: str = "Liberation Serif"
    size: str = "10pt"
    hyphenate: str = "true"
    ligatures: str = "true"
    justify: str = "true"
    leading: str = "0.65em"
    spacing: str = "1.2em"
    indent: str = "0em"

    def source(self) -> str:
        return f"""
#set page(paper: "{self.paper}", margin: {self.margin}, columns: {self.columns},
  header: {self.header}, footer: {self.footer})
#set text(font: ("{self.font}", "Libertinus Serif"), size: {self.size}, lang: "en",
  hyphenate: {self.hyphenate}, ligatures: {self.ligatures})
#set par(justify: {self.justify}, leading: {self.leading}, spacing: {self.spacing},
  first-line-indent: {self.indent})
#show heading: set block(above: 1.4em, below: 1em)
#set columns(gutter: {self.gutter})
"""


UN_HEADER = """context {
  if counter(page).get().first() > 1 {
    if calc.odd(counter(page).get().first()) [#h(1fr) *SYMBOL*] else [*SYMBOL*]
    v(-0.8em); line(length: 100%, stroke: 0.4pt)
  }
}"""
UN_FOOTER = """context {
  let n = counter(page).display("1/1", both: true)
  let job = text(7pt)[24-00734]
  if calc.odd(counter(page).get().first()) [#job #h(1fr) *#n*] else [*#n* #h(1fr) #job]
}"""


PAGE_OF_PAGES = """context align(right)[
  #text(8pt)[Page #counter(page).display() of #counter(page).final().first()]
]"""


def un_report(writer: Writer) -> Style:
    """A report with its cover: numbered paragraphs, sub-paragraphs, notes, a table."""
    symbol = f"S/2024/{writer.chance.randint(10, 999)}"
    day = writer.chance.randint(2, 28)
    writer.add("Security Council", "#text(18pt)[*Security Council*]")
    for plain in ("Distr.: General", f"{day} January 2024", "Original: English"):
        writer.add(plain, f"#h(30em);{plain}")
    letter = (
        f"Letter dated {day - 1} January 2024 from the Chair of the Committee established pursuant to "
        "resolution 9999 (2021) concerning the Dorvanian Front and associated groups addressed to the "
        "President of the Security Council"
    )
    writer.add(letter, f"#pad(x: 2em)[#text(13pt)[*{letter}*]]")
    for _ in range(2):
        writer.plain()
    for number, label in enumerate(("I.", "II.", "III.", "IV.")):
        writer.heading(writer.title(label))
        for _ in range(writer.chance.randint(3, 6)):
            writer.numbered(0.25, tab=writer.chance.choice(("2.4em", "2em")))
            if writer.chance.random() < 0.3:
                writer.lettered(0.15)
        if number == 1:
            writer.table()
    return Style(
        margin=writer.chance.choice(("(x: 1.2in, y: 1in)", "1in")),
        header=UN_HEADER.replace("SYMBOL", symbol),
        footer=UN_FOOTER,
        ligatures="false",
        leading=writer.chance.choice(("0.65em", "0.8em")),
    )


def un_columns(writer: Writer) -> Style:
    """A resolution in two columns under a title that crosses them."""
    title = writer.title("Resolution 9999 (2021):")
    writer.add(title, f'#place(top + center, scope: "parent", float: true)[#text(15pt)[*{escaped(title)}*]]')
    for _ in range(writer.chance.randint(10, 18)):
        writer.numbered(0.12, tab="1em") if writer.chance.random() < 0.6 else writer.plain()
    return Style(
        columns="2",
        header=UN_HEADER.replace("SYMBOL", "S/RES/9999 (2021)"),
        footer=UN_FOOTER,
        size="9.5pt",
    )


def word_like(writer: Writer) -> Style:
    """As Word exports it: no hyphenation, no ligatures, wide lines, blank lines between paragraphs."""
    writer.heading(writer.title(""))
    for _ in range(4):
        writer.heading(writer.title(""), 2)
        for _ in range(writer.chance.randint(2, 5)):
            writer.plain(0.12)
        if writer.chance.random() < 0.5:
            writer.bullets()
    return Style(
        paper="a4",
        font=writer.chance.choice(FONTS[:2]),
        size=writer.chance.choice(("11pt", "12pt")),
        hyphenate="false",
        ligatures="false",
        justify=writer.chance.choice(("true", "false")),
        leading=writer.chance.choice(("0.65em", "1em", "1.3em")),
        spacing=writer.chance.choice(("2.2em", "2em")),
        footer="context align(center)[#counter(page).display()]",
    )


def think_tank(writer: Writer) -> Style:
    """Ragged lines in a sans, block paragraphs, headings, lists and tables under a running title."""
    title = writer.title("")
    writer.add(title, f"#text(24pt)[*{escaped(title)}*]")
    for _ in range(4):
        writer.heading(writer.title(""))
        for _ in range(writer.chance.randint(2, 4)):
            writer.plain(0.1)
        writer.chance.choice((writer.bullets, writer.table))()
    return Style(
        paper="a4",
        font="Liberation Sans",
        size="9.5pt",
        justify="false",
        hyphenate=writer.chance.choice(("true", "false")),
        header=f"[#text(8pt)[{escaped(title)} #h(1fr) The Invented Institute]]",
        footer=PAGE_OF_PAGES,
        spacing=writer.chance.choice(("1.2em", "1.6em")),
    )


def article(writer: Writer) -> Style:
    """A journal's two columns with indented paragraphs and notes below each column."""
    title = writer.title("")
    writer.add(title, f'#place(top + center, scope: "parent", float: true)[#text(17pt)[{escaped(title)}]]')
    for section in range(1, 5):
        writer.heading(writer.title(f"{section}."))
        for _ in range(writer.chance.randint(3, 6)):
            writer.plain(0.06)
    return Style(
        paper="a4",
        columns="2",
        size="9pt",
        font=writer.chance.choice(FONTS[2:]),
        indent=writer.chance.choice(("1em", "1.4em")),
        spacing="0.65em",
        header="context [#text(7pt)[Journal of Invented Studies 12 (2024) #h(1fr) #counter(page).display()]]",
        gutter=writer.chance.choice(("1.4em", "2em")),
    )


def newspaper(writer: Writer) -> Style:
    """Three or four narrow columns, indented and justified, under a headline."""
    title = writer.title("")
    writer.add(title, f'#place(top + left, scope: "parent", float: true)[#text(26pt)[*{escaped(title)}*]]')
    writer.add("By Our Correspondent", "_By Our Correspondent_")
    for _ in range(writer.chance.randint(14, 26)):
        writer.add(*writer.prose(1, 3))
    return Style(
        paper="a4",
        margin="1.5cm",
        columns=writer.chance.choice(("3", "4")),
        size="8.5pt",
        font="Libertinus Serif",
        indent="1em",
        spacing="0.65em",
        gutter=writer.chance.choice(("1.2em", "1.6em")),
        footer="[#text(7pt)[THE INVENTED GAZETTE #h(1fr) Monday 29 January 2024]]",
    )


def letter_with_annex(writer: Writer) -> Style:
    """A letter of transmittal, then an annex on pages of its own with a table in smaller type."""
    writer.add("Annex to the letter", "#align(center)[*Annex to the letter*]")
    for _ in range(3):
        writer.numbered()
    writer.add("(Signed) A. N. Other Chair", "#h(20em);(_Signed_) A. N. Other Chair")
    writer.source.append("#pagebreak()\n\n")
    writer.add("Annex I", "#align(center)[*Annex I*]")
    writer.plain()
    writer.table()
    for _ in range(5):
        writer.plain(0.2)
    return Style(header=UN_HEADER.replace("SYMBOL", "S/2024/111"), footer=UN_FOOTER, font=FONTS[0])


SHAPES: tuple[Callable[[Writer], Style], ...] = (
    un_report,
    un_columns,
    word_like,
    think_tank,
    article,
    newspaper,
    letter_with_annex,
)


def documents(count: int, first: int = 0) -> Iterator[Document]:
    """`count` documents of the seeds from `first` on, the shapes in turn."""
    for number in range(count):
        shape = SHAPES[number % len(SHAPES)]
        writer = Writer(first + number)
        style = shape(writer)
        source = style.source() + "".join(writer.source)
        yield Document(shape.__name__, source, writer.running, writer.notes)


def tokens(text: str) -> list[str]:
    return [word for word in (word.strip("[]") for word in text.split()) if word]


def common(one: list[str], other: list[str]) -> int:
    """Length of the longest common subsequence, by Hunt and Szymanski."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(other):
        places[word].append(at)
    ends: list[int] = []
    for word in one:
        for at in reversed(places.get(word, ())):
            found = bisect_left(ends, at)
            ends[found : found + 1] = [at]
    return len(ends)


def f1(right: int, one: int, other: int) -> float:
    return 2 * right / (one + other) if one + other else 1.0


def score(document: Document, text: str) -> Score:
    known, found = tokens(" ".join(document.running + document.notes)), tokens(text)
    bag = (Counter(known) & Counter(found)).total()
    pieces = Counter(" ".join(tokens(piece)) for piece in text.split("\n\n"))
    pieces |= Counter(" ".join(tokens(line)) for line in text.split("\n"))
    wanted = Counter(" ".join(tokens(piece)) for piece in document.running + document.notes)
    return Score(
        f1(common(known, found), len(known), len(found)),
        f1(bag, len(known), len(found)),
        (wanted & pieces).total() / wanted.total(),
    )


def missed(document: Document, text: str) -> list[str]:
    """Paragraphs that did not come out, for `--show`."""
    pieces = {" ".join(tokens(piece)) for piece in text.split("\n\n")}
    return [each for each in document.running + document.notes if " ".join(tokens(each)) not in pieces]


def ours(paths: list[Path]) -> Iterator[tuple[str, float]]:
    for path in paths:
        raw = path.read_bytes()
        began = time.perf_counter()
        text = extracted(raw, most_pages=1_000).assembled.text
        yield text, time.perf_counter() - began


def pdftotext(paths: list[Path]) -> Iterator[tuple[str, float]]:
    for path in paths:
        began = time.perf_counter()
        done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)  # noqa: S607
        yield done.stdout.decode().replace("\f", "\n\n"), time.perf_counter() - began


def peer(python: str, name: str, paths: list[Path]) -> Iterator[tuple[str, float]]:
    subprocess.run([python, "-c", PEER, name, *map(str, paths)], check=True)
    for path in paths:
        seconds, _, text = Path(f"{path}.{name}").read_text(encoding="utf-8").partition("\n")
        yield text, float(seconds)


def pages_of(path: Path) -> int:
    return path.read_bytes().count(b"/Type/Page/") + path.read_bytes().count(b"/Type /Page\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=70)
    parser.add_argument("--seed", type=int, default=0, help="of the first document")
    parser.add_argument("--peers", metavar="PYTHON", help="Python that has pdfplumber and pypdf")
    parser.add_argument("--show", metavar="SHAPE", help="print what our extractor missed in this shape")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = list(documents(given.documents, given.seed))
        paths = [Path(folder) / f"{number}.pdf" for number in range(len(made))]
        for document, path in zip(made, paths, strict=True):
            path.write_bytes(typst.compile(document.source.encode()))
        runs = {"marsad": ours(paths)}
        if shutil.which("pdftotext"):
            runs["pdftotext"] = pdftotext(paths)
        if given.peers:
            runs |= {name: peer(given.peers, name, paths) for name in ("pdfplumber", "pypdf")}
        for name, run in runs.items():
            report(name, made, list(run), given.show if name == "marsad" else None)


def report(name: str, made: list[Document], results: list[tuple[str, float]], show: str | None) -> None:
    by_shape: dict[str, list[Score]] = defaultdict(list)
    for document, (text, _) in zip(made, results, strict=True):
        by_shape[document.shape].append(score(document, text))
        if document.shape == show:
            print(*missed(document, text), sep="\n")
    for shape, scores in {**by_shape, "all": [each for group in by_shape.values() for each in group]}.items():
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        print(f"{name:<12}{shape:<20}" + "".join(f"{mean:>9.4f}" for mean in means))
    seconds = sum(seconds for _, seconds in results)
    print(f"{name:<12}{len(results) / seconds:.1f} documents a second", file=sys.stderr)


if __name__ == "__main__":
    main()
