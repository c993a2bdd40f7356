from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents import page as pages
from marsad.documents.email import extract
from marsad.documents.email.headers import instant, named
from marsad.documents.email.quoting import told_apart, unfolded
from marsad.documents.page import Extract, Page
from marsad.errors import BadInput

WORDS = "The army said that 40 men had fled the town of Zafir."


def message(text: str, **headers: str) -> EmailMessage:
    found = EmailMessage()
    stated = {
        "From": "Jane Doe <jane@example.org>",
        "To": "desk@example.org",
        "Subject": "Zafir",
        "Date": "Tue, 05 Mar 2024 23:30:00 +0300",
        **headers,
    }
    for name, value in stated.items():
        found[name.replace("_", "-")] = value
    found.set_content(text)
    return found


def read(source: EmailMessage | bytes) -> Extract:
    return pages.decode(extract(source if isinstance(source, bytes) else bytes(source)))


def page(source: EmailMessage | bytes) -> Page:
    (found,) = read(source).pages
    return found


def remarks(found: Page) -> dict[str, str]:
    return {each.code: each.message for each in found.remarks}


# Headers


def test_headers_give_title_author_and_date_and_no_address_is_text() -> None:
    found = page(message(WORDS, Subject="Zafir — a réport", Reply_To="secret@example.org"))
    assert (found.text, found.title, found.author) == (WORDS, "Zafir — a réport", "Jane Doe")
    assert found.published == "2024-03-05T23:30:00+03:00"  # the day where it was written
    assert found.publisher is None and "@" not in repr(found)


def test_a_notice_of_a_correction_stands_apart() -> None:
    found = page(message(f"{WORDS}\n\nCorrection: yesterday's message said twelve."))
    assert (found.text, found.corrections) == (WORDS, ("Correction: yesterday's message said twelve.",))


@pytest.mark.parametrize(
    ("sender", "author", "publisher"),
    [
        ("Field Reports <r@example.org>", None, "Field Reports"),
        ('"Doe, Jane" <j@example.org>', "Doe, Jane", None),
        ("'Jane Doe' via Desk List <l@example.org>", "Jane Doe", "Desk List"),
        ("jane@example.org", None, None),
        ('"jane@example.org" <jane@example.org>', None, None),
        ("Ministry of Defence", None, "Ministry of Defence"),
        ("=?utf-8?q?=C3=89lise?= <e@example.org>", "=?utf-8?q?=C3=89lise?=", None),  # decoded before
        ("", None, None),
        ("<>,;:", None, None),
    ],
)
def test_senders(sender: str, author: str | None, publisher: str | None) -> None:
    assert named(sender) == (author, publisher)


def test_a_mailing_list_is_the_publisher() -> None:
    found = page(message(WORDS, List_Id="Zafir Watchers <zafir.lists.example.org>"))
    assert (found.author, found.publisher) == ("Jane Doe", "Zafir Watchers")


def test_headers_of_bare_bytes_and_of_nonsense() -> None:
    raw = (
        "Subject: Réunion à Zafir\nFrom: =?utf-8?b?w4lsaXNl?= Doe <e@example.org>\nDate: soon\n"
        "Content-Type: text/plain; charset=x-unknown\n\nSnow fell — everywhere.\n"
    ).encode()
    found = page(raw)
    assert (found.title, found.author, found.published) == ("Réunion à Zafir", "Élise Doe", None)
    assert found.text == "Snow fell — everywhere."
    assert page(b"Subject: R\xe9union\n\nSnow fell.").title == "Réunion"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Tue, 5 Mar 2024 10:00:00 +0000", "2024-03-05T10:00:00+00:00"),
        ("Tue, Mar 5, 2024 at 3:04 PM", "2024-03-05"),
        ("Tuesday, 5 March 2024 10:00", "2024-03-05T10:00:00"),
        ("5 March 2024 at 15:04:05 GMT", "2024-03-05"),
        ("mar. 5 mars 2024 à 10:00", None),  # Tuesday or March
        ("yesterday", None),
        ("", None),
        ("32 Foo 99999", None),
    ],
)
def test_dates_as_mail_programs_write_them(stated: str, expected: str | None) -> None:
    assert instant(stated) == expected


# Bodies


def test_plain_text_goes_before_html_unless_it_is_a_stub() -> None:
    rich = f"<p>{WORDS}</p><p>It said so on Monday, in a long statement that it read to the press.</p>"
    found = message(WORDS)
    found.add_alternative(rich, subtype="html")
    assert page(found).text == WORDS
    stub = message("This message is in HTML.")
    stub.add_alternative(rich, subtype="html")
    assert page(stub).text.startswith(WORDS) and "to the press" in page(stub).text


def test_charsets_and_transfer_encodings() -> None:
    for charset, encoding in (("utf-8", "base64"), ("koi8-r", "base64"), ("iso-8859-5", "quoted-printable")):
        source = message("x")
        source.set_content("Выпал снег в городе, сообщила армия.\n", charset=charset, cte=encoding)
        assert page(source).text == "Выпал снег в городе, сообщила армия.", charset


def test_flowed_lines_are_joined_and_signatures_are_not() -> None:
    assert unfolded("a \nb\n> c \n> d\n>> e\nf") == "a b\n> c d\n>> e\nf"
    assert unfolded("a \n-- \nJane") == "a \n-- \nJane"
    assert unfolded("ab \ncd", joins_words=True) == "abcd"
    assert unfolded(" > no quote\n From") == "> no quote\nFrom"


def test_windows_lines_are_lines() -> None:
    assert page(b"Subject: x\r\n\r\nOne.\r\nTwo.\r\n").text == "One.\nTwo."


# Whose words


def test_a_reply_is_its_writers_words_alone() -> None:
    text = (
        f"{WORDS}\n\nOn Mon, 4 Mar 2024 at 09:00, Bob <bob@example.org>\nwrote:\n\n"
        "> What happened?\n>\n> > Ten fled.\n\nNobody else did.\n\n-- \nJane\n+44 20 7946 0000\n"
    )
    found = page(message(text))
    assert found.text == f"{WORDS}\n\nNobody else did."
    assert remarks(found) == {
        "quoted_text": "left out: 5 lines of other messages, which it quotes",
        "signature": "left out: 2 lines of signature",
    }


def test_a_reply_of_outlook_ends_where_the_other_message_begins() -> None:
    for head in (
        "-----Original Message-----\nFrom: Bob\nSubject: x",
        "________________________________\nFrom: Bob <b@example.org>\nSent: Monday, 4 March 2024 09:00\n"
        "To: Jane\nSubject: x",
        "*From:* Bob\n*Date:* 4 March\n*To:* Jane",
        "On 4 Mar 2024, at 09:00, Bob wrote:",
    ):
        found = page(message(f"{WORDS}\n\n{head}\n\nTen men fled.\n", Subject="RE: x"))
        assert found.text.rstrip("_\n") == WORDS, head
        assert "quoted_text" in remarks(found)


@pytest.mark.parametrize(
    "text",
    [
        "On 5 March the ministry wrote:\n\nTen men fled. Nobody was hurt.",
        "The towns are:\n> Zafir\nand that is all of them, wrote the army at 10:00.",
        "From: the north came snow.\nIt fell on Zafir.",
        "Three parts -- one of them lost -- were found.",
        "He said:\n\n----\n\nNothing more.",
    ],
)
def test_a_report_that_looks_like_a_reply_is_kept(text: str) -> None:
    kept = told_apart(text).own
    assert kept == "\n".join(line for line in text.split("\n") if not line.startswith(">"))


def test_quotations_stay_where_there_is_nothing_else() -> None:
    found = page(message(f"> {WORDS}\n> Snow fell.\n"))
    assert found.text == f"{WORDS}\nSnow fell." and found.remarks == ()


def test_the_foot_of_a_mailing_list_goes() -> None:
    foot = "_" * 47 + "\nDesk mailing list\nDesk@lists.example.org\n"
    assert page(message(f"{WORDS}\n\n{foot}")).text == WORDS


FORWARDS = {
    "gmail": "See below\n\n---------- Forwarded message ---------\nFrom: Ali Hassan <ali@example.org>\n"
    "Date: Mon, Mar 4, 2024 at 3:04 PM\nSubject: Attack on Zafir\nTo: Jane <j@example.org>\n\n" + WORDS,
    "apple": "Begin forwarded message:\n\n> From: Ali Hassan <ali@example.org>\n> Subject: Attack on Zafir\n"
    "> Date: 4 March 2024 at 15:04:05 GMT\n> To: Jane <j@example.org>\n>\n> " + WORDS,
    "outlook": "FYI\n\nFrom: Ali Hassan <ali@example.org>\nSent: Monday, March 4, 2024 3:04 PM\nTo: Jane\n"
    "Subject: Attack on Zafir\n\n" + WORDS,
    "thunderbird": "-------- Forwarded Message --------\nSubject: \tAttack on Zafir\nDate: \tMon, 4 Mar 2024 "
    "15:04:05 +0000\nFrom: \tAli Hassan <ali@example.org>\nTo: \tJane\n\n\n" + WORDS,
}


@pytest.mark.parametrize("program", FORWARDS)
def test_a_forwarded_message_is_that_of_its_writer(program: str) -> None:
    found = page(message(f"{FORWARDS[program]}\n\n--\nAli\n", Subject="Fwd: Attack on Zafir"))
    assert (found.text, found.title, found.author) == (WORDS, "Attack on Zafir", "Ali Hassan")
    assert (found.published or "")[:10] == "2024-03-04"
    assert found.part is None and found.raw is None
    assert "@" not in found.text


def test_a_comment_on_what_is_forwarded_is_a_document_of_its_own() -> None:
    comment = " ".join(["We asked the ministry about it and it said that nothing of the sort was known."] * 4)
    first, second = read(message(f"{comment}\n\n{FORWARDS['gmail'][11:]}", Subject="Fwd: Attack")).pages
    assert (first.text, first.author, first.part) == (comment, "Jane Doe", "1")
    assert (second.text, second.author, second.part) == (WORDS, "Ali Hassan", "2")
    assert first.raw == comment.encode() and second.raw == WORDS.encode()  # an id is a hash of the bytes


def test_the_innermost_of_several_forwards_counts() -> None:
    inner = FORWARDS["gmail"].replace("Ali Hassan", "Inner Writer")
    outer = "---------- Forwarded message ---------\nFrom: Outer <o@example.org>\nSubject: Fwd: x\n\n" + inner
    assert page(message(outer)).author == "Inner Writer"


def test_quotations_of_html_are_told_apart_too() -> None:
    source = message("x")
    source.set_content(
        f"<html><body><p>{WORDS}</p><div>On Mon, 4 Mar 2024 at 09:00, Bob &lt;b@example.org&gt; wrote:<br></div>"
        "<blockquote type='cite'><p>What?</p><blockquote type='cite'>Deep.</blockquote></blockquote>"
        "<p>Nobody else did.</p><blockquote>A quotation of hers.</blockquote></body></html>",
        subtype="html",
    )
    found = page(source)
    assert found.text.split("\n\n") == [WORDS, "Nobody else did.", "A quotation of hers."]
    assert "quoted_text" in remarks(found)


@given(
    st.lists(
        st.sampled_from(
            [
                *"abcde",
                "",
                "> x",
                ">",
                "-- ",
                "--",
                "From: a",
                "Date: b",
                "To: c",
                "Subject: d",
                "On 5 Mar at 10:00 a@b wrote:",
                "---- Forwarded message ----",
                "-----Original Message-----",
                "_" * 40,
            ]
        ),
        max_size=14,
    )
)
def test_no_message_is_lost_and_none_is_told_apart_twice(lines: list[str]) -> None:
    words = told_apart("\n".join(lines))
    own = [line for line in words.own.split("\n") if line.strip()]
    assert len(own) + words.quoted + words.signature <= sum(bool(line.strip()) for line in lines)
    if not words.own.strip() and words.forwarded is None and any(line in "abcde" and line for line in lines):
        assert words.quoted or words.signature


# Files


def test_attached_documents_are_enclosed_and_pictures_are_named() -> None:
    source = message(WORDS)
    source.add_attachment(
        b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../r\u00e9port.pdf"
    )
    source.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    source.add_attachment("Snow fell.", filename="notes.txt")
    source.add_attachment(message("An inner message."))
    source.add_attachment(b"PK\x03\x04", maintype="application", subtype="octet-stream", filename="a.docx")
    found = read(source)
    assert [(each.name, each.media_type) for each in found.enclosed] == [
        ("réport.pdf", "application/pdf"),
        ("notes.txt", "text/plain"),
        ("attachment-3", "message/rfc822"),
        ("a.docx", None),
    ]
    assert found.pages[0].text == WORDS
    assert remarks(found.pages[0]) == {
        "attachments": "left out: 1 attached files that hold no text (logo.png)"
    }
    assert page(found.enclosed[2].raw).text == "An inner message."


def test_a_message_of_files_alone_gives_the_files() -> None:
    source = message("")
    source.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    found = read(source)
    assert found.pages == () and [each.name for each in found.enclosed] == ["a.pdf"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not an e-mail"),
        (b"just words\nand more", "not an e-mail"),
        (b"Subject: x\n\n", "empty"),
        (b"Subject: x\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nxx", "encrypted"),
        (b'Subject: x\nContent-Type: multipart/encrypted; boundary="b"\n\n--b\n\nx\n--b--', "encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        extract(raw)


@pytest.mark.parametrize(
    "raw",
    [
        b'Content-Type: multipart/mixed; boundary="\n\nwords',
        b"Content-Type: multipart/mixed; boundary=a\n\nno such boundary",
        b"Content-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
        b'Content-Type: text/plain; charset="\x00"\n\nwords',
        b"Content-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Disposition: attachment; filename*=x''%ff%fe; filename*0=a\n\nwords",
        b"From: " + b"<" * 5000 + b"\n\nwords",
        b"Subject: " + b"=?utf-8?b?////?= " * 500 + b"\n\nwords",
        b"Date: " + b"9" * 5000 + b"\n\nwords",
        b"A: b\n" * 50_000 + b"\nwords",
    ],
)
def test_hostile_messages_give_text_or_one_reason(raw: bytes) -> None:
    try:
        read(raw)
    except BadInput as error:
        assert len(str(error)) < 200
