from __future__ import annotations

import pytest

from marsad.reading import metadata
from marsad.reading.text import segment
from marsad.records.reading import Document, Published

BODY = (
    "Rebels have left the valley, officials said, after a week of talks with the army and its allies. "
    "They told reporters that the road was open again and that the first trucks had arrived."
)


def annotated(words: str, **known: object) -> Document:
    document = Document(id="d", text=words, raw_sha256="", text_sha256="", extractor="plain@1", **known)  # type: ignore[arg-type]
    return metadata.annotate(document, segment(words))


def furniture(words: str) -> list[str]:
    text = segment(words)
    document = Document(id="d", text=words, raw_sha256="", text_sha256="", extractor="plain@1")
    return [text[text.sentences[number].span] for number in sorted(metadata.furniture(document, text))]


def body(words: str) -> str:
    text = segment(words)
    sentence = text.sentences[0]
    return text[metadata.body_begin(text, sentence), sentence.end]


def test_title_byline_dateline_and_agency() -> None:
    found = annotated(
        f"Rebels leave the valley\n\nBy Ann al-Example\n\nTELMARA, Ruritania (Valley Press) – {BODY}"
    )
    assert found.title == "Rebels leave the valley"
    assert found.author == "Ann al-Example"
    assert found.dateline == "TELMARA, Ruritania"
    assert found.publisher == "Valley Press"
    assert found.language == "en"
    assert found.genre == "report"


def test_what_is_known_stays() -> None:
    known = Published(earliest="2020-01-01", latest="2020-01-01", basis="given")
    words = f"Rebels leave the valley\n\nPublished: 3 May 2021\n\n{BODY}"
    found = annotated(words, title="Given", publisher="Given Press", published=known, genre="analysis")
    assert (found.title, found.publisher, found.published, found.genre) == (
        "Given",
        "Given Press",
        known,
        "analysis",
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("BY ANN EXAMPLE, Valley Press", "Ann Example"),
        ("By Ann Example and Bob Sample in Telmara", "Ann Example and Bob Sample"),
        ("By Ann Example (Valley Press)", "Ann Example"),
    ],
)
def test_bylines(line: str, name: str) -> None:
    assert annotated(f"Rebels leave the valley\n\n{line}\n\n{BODY}").author == name


def test_a_paragraph_that_begins_with_by_may_be_a_sentence() -> None:
    words = "By nightfall the rebels had left the valley, and the army moved in without a shot."
    assert furniture(f"{words}\n\n{BODY}") == []


@pytest.mark.parametrize("line", ["Published: 3 May 2021", "3 May 2021", "Monday, May 3, 2021 10:15 GMT"])
def test_a_date_line_states_the_date(line: str) -> None:
    found = annotated(f"Rebels leave the valley\n\n{line}\n\n{BODY}")
    assert found.published == Published(earliest="2021-05-03", latest="2021-05-03", basis="stated")


def test_a_dateline_with_a_date_states_it() -> None:
    found = annotated(f"GENEVA, 3 May 2021 — {BODY}")
    assert (found.dateline, found.published.basis, found.published.latest) == (
        "GENEVA",
        "stated",
        "2021-05-03",
    )


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("Telmara, 3 May 91 (Valley Press) -- [Report] [Text] ", "Telmara", "1991-05-03"),
        ("TELMARA (RURITANIA), 3 May 91 (Radio Valley) -- ", "TELMARA", "1991-05-03"),
        ("Telmara, 3 May 21 -- ", "Telmara", "2021-05-03"),
    ],
)
def test_a_wire_dateline_has_a_short_year_and_marks_behind_it(line: str, place: str, day: str) -> None:
    found = annotated(line + BODY)
    assert (found.dateline, found.published.latest) == (place, day)


@pytest.mark.parametrize(
    ("head", "earliest", "latest"),
    [
        ("Published on 3 May 2021", "2021-05-03", "2021-05-03"),
        ("Updated: 5 May 2021 | Published: 3 May 2021", "2021-05-03", "2021-05-03"),
        ("S/2021/92 Distr.: General 3 May 2021 Original: English", "2021-05-03", "2021-05-03"),
        (
            "Distr.: General\n3 May 2021\nOriginal: English\nLetter dated 1 May 2021 from the Chair",
            "2021-05-03",
            "2021-05-03",
        ),
        ("Posted on: 03.05.2021", "2021-05-03", "2021-05-03"),
        ("May 2021", "2021-05-01", "2021-05-31"),  # an issue of a month
        ("03/05/2021", "2021-03-05", "2021-05-03"),  # either order of day and month
    ],
)
def test_the_header_states_the_date(head: str, earliest: str, latest: str) -> None:
    found = annotated(f"Rebels leave the valley\n\n{head}\n\n{BODY}").published
    assert found == Published(earliest=earliest, latest=latest, basis="stated")


@pytest.mark.parametrize("lead", ["3 May 2021 – ", "TELMARA, Ruritania, 3 May 2021 /Wire/ -- "])
def test_a_date_before_the_first_words_states_it(lead: str) -> None:
    found = annotated(f"Rebels leave the valley\n\n{lead}{BODY}").published
    assert found == Published(earliest="2021-05-03", latest="2021-05-03", basis="stated")


@pytest.mark.parametrize(
    "words",
    [
        f"Rebels leave the valley\n\nUpdated: 3 May 2021\n\n{BODY}",
        f"Rebels leave the valley\n\nCopyright 3 May 2021\n\n{BODY}",
        f"Rebels leave the valley\n\nReporting period: 1-31 May 2021\n\n{BODY}",
        f"{BODY}\n\n3 May 2019\n\n{BODY}\n\n5 June 2020\n\n{BODY}",  # a chronology
        f"{BODY}\n\n3 May 2019\n\n{BODY}",  # a heading
        f"3 May 2019 – {BODY}\n\n5 June 2020 – {BODY}",  # a chronology
    ],
)
def test_dates_of_other_things_state_nothing(words: str) -> None:
    assert annotated(words).published.basis != "stated"


def test_an_inferred_date_has_no_latest_day() -> None:
    found = annotated(f"{BODY} In early 2021 they came back. On April 12 the army answered.")
    assert found.published == Published(earliest="2021-04-12", latest=None, basis="inferred")


@pytest.mark.parametrize(
    "words",
    [
        "They will vote in 2031.",
        "The army must leave by 2031.",
        "The goals of Agenda 2031 are known.",
        "Rebels were invited to a summit in 2031.",
        "The office was open for the 2031 budget.",
        "The truce was signed and may hold into 2031.",
        "• This article was amended on 3 May 2031 to correct a name.",
    ],
)
def test_dates_to_come_and_corrections_infer_nothing(words: str) -> None:
    assert annotated(f"{BODY} It began in 2019. {words}").published.earliest == "2019-01-01"


def test_no_date_at_all_is_unknown() -> None:
    assert annotated(BODY).published == Published()


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("BEIRUT (Reuters) - Rebels left.", "Rebels left."),
        ("GENEVA, 4 March 2024 — Rebels left.", "Rebels left."),
        ("TELMARA, Ruritania (Valley Press) – Rebels left.", "Rebels left."),
        ("PESHAWAR: Rebels left.", "Rebels left."),
        ("TELMARA, 3 May 2021 -- [Excerpts] [Text] Rebels left.", "Rebels left."),
        ("NAIROBI, Kenya (AP) _ Rebels left.", "Rebels left."),
        ("Rebels – and their allies – left.", "Rebels – and their allies – left."),
        ("The general said: Rebels left.", "The general said: Rebels left."),
        ("Ruritania (and others) - all left.", "Ruritania (and others) - all left."),
    ],
)
def test_the_body_begins_after_a_dateline(words: str, rest: str) -> None:
    assert body(words) == rest


def test_headings_credits_and_notices_are_furniture() -> None:
    words = (
        f"Rebels leave the valley\n\nBy Ann Example\n\nTELMARA (Valley Press) – {BODY}\n\n"
        f"A long road\n\n{BODY}\n\nReporting by Ann Example; editing by Bob Sample"
    )
    assert furniture(words) == [
        "Rebels leave the valley",
        "By Ann Example",
        "A long road",
        "Reporting by Ann Example; editing by Bob Sample",
    ]


def test_short_sentences_and_list_items_are_no_headings() -> None:
    words = f"{BODY}\n\nThe valley is empty.\n\n• 12 killed in Telmara\n\n{BODY}"
    assert furniture(words) == []


def test_one_paragraph_has_no_title() -> None:
    assert furniture("Rebels leave the valley") == []


def test_notices_among_the_sentences_of_one_line() -> None:
    words = f"{BODY} Additional reporting by Ann Example • Bob Sample is a columnist for the Valley Press"
    found = furniture(words)
    assert any("Additional reporting" in sentence for sentence in found)
    assert "Rebels" not in "".join(found)


@pytest.mark.parametrize(
    ("words", "genre"),
    [
        (f"Sir, your report was wrong. {BODY}", "letter"),
        (f"Security Council\n\nS/2020/12\n\n1. The Panel met.\n\n2. {BODY}", "official"),
        (f"Ruritania: Flash Update No. 3\n\n{BODY}", "official"),
        (f"Q: Who left?\n\nA: We did.\n\nQ: Why?\n\nA: {BODY}", "interview"),
        (f"Analysis: why rebels left\n\n{BODY}", "analysis"),
        (BODY, "report"),
        ("A valley, a road, a bridge.", "unknown"),
    ],
)
def test_genres(words: str, genre: str) -> None:
    assert annotated(words).genre == genre


def test_opinion_is_argued_and_signed() -> None:
    argument = (
        "We should be ashamed. We must act, and we ought to have acted before. Our leaders were wrong. " * 12
    )
    found = annotated(f"{argument}• Ann Example is a columnist for the Valley Press")
    assert (found.genre, found.author) == ("opinion", "Ann Example")


def test_corrections_are_kept() -> None:
    notice = "This article was amended on 3 May 2021 to correct a name."
    assert annotated(f"{BODY} • {notice}").corrections == (notice,)


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: on 3 May 2021 this page said that six men had died. The number is four.",
        "An earlier version of this article gave another figure. It was 12, not 21.",
        "Editor’s note: This story has been corrected. The road is 12 km long.",
    ],
)
def test_a_paragraph_that_corrects_is_kept_and_makes_no_claim(notice: str) -> None:
    words = f"Rebels leave the valley\n\n{BODY}\n\n{notice}"
    assert annotated(words).corrections == (notice,)
    assert annotated(words).published.basis != "stated"
    assert all(sentence in notice for sentence in furniture(words)[1:])
    assert len(furniture(words)) == 1 + notice.count(". ") + 1


def test_corrections_that_are_told_of_are_body() -> None:
    told = "The UN report was amended in March. The army corrects its figures each week, a general said."
    assert annotated(f"{BODY}\n\n{told}").corrections == ()
    assert furniture(f"{BODY}\n\n{told}") == []


def test_other_languages_stay_unknown() -> None:
    assert (
        annotated("Les rebelles ont quitté la vallée après une semaine de pourparlers avec l’armée.").language
        is None
    )
