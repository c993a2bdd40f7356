from __future__ import annotations

from marsad import documents
from marsad.records.original import Frozen, Original, Refused
from marsad.records.reading import Document, Published

SAMPLE = """\
# A *short* update

The camp holds **4,850** people,
[said](http://a.example) its manager.

- One convoy [was](x) hit.
- Two were `not`.
  1. Nested

> “We left,” he said.
>
> “At once.”

| place | killed |
|-------|--------|
| North | 3      |

<div hidden>raw</div>

Fish &amp; chips <b>bold</b> ![picture](x.png)\\
end.

```
kept as text
```
"""


def document(text: str) -> Document:
    (found,) = documents.freeze(Original(text.encode(), "a.md", media_type="text/markdown"))
    assert isinstance(found, Frozen), found
    return found.document


def test_markup_goes_and_paragraphs_stay() -> None:
    found = document(SAMPLE)
    assert found.text.split("\n\n") == [
        "A short update",
        "The camp holds 4,850 people,\nsaid its manager.",
        "One convoy was hit.",
        "Two were not.",
        "Nested",
        "“We left,” he said.",
        "“At once.”",
        "place\tkilled",
        "North\t3",
        "Fish & chips bold \nend.",
        "kept as text",
    ]
    assert (found.title, found.extractor) == ("A short update", "markdown@2")


def test_front_matter_states_and_is_no_text() -> None:
    found = document(
        '---\r\ntitle: "On: roads"\ndate: 2024-03-05\nauthor: Jo Doe\npublisher: Wire\n---\nWords.\n'
    )
    assert (found.text, found.title, found.author, found.publisher) == (
        "Words.",
        "On: roads",
        "Jo Doe",
        "Wire",
    )
    assert found.published == Published(earliest="2024-03-05", latest="2024-03-05", basis="stated")


def test_a_notice_of_correction_stands_apart() -> None:
    found = document("Words.\n\n*Correction: the road is **12** km long.*\n")
    assert (found.text, found.corrections) == ("Words.", ("Correction: the road is 12 km long.",))


def test_a_rule_is_no_front_matter_and_a_bad_date_is_let_be() -> None:
    assert document("---\n\nWords.\n").text == "Words."
    assert document("---\ndate: soon\n---\nWords.").published == Published()


def test_a_later_or_lower_heading_is_no_title() -> None:
    assert document("Words.\n\n# Heading").title is None
    assert document("## Heading\n\nWords.").title is None


def test_markdown_without_words_is_refused() -> None:
    (found,) = documents.freeze(Original(b"---\ntitle: x\n---\n", "a.md", media_type="text/markdown"))
    assert found == Refused("a.md", "empty: there is no text in it")
