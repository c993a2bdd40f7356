from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import sources
from marsad.records.original import Original, Refused
from marsad.sources import mbox

FROM = b"From jane@example.org Tue Mar  5 10:00:00 2024\n"
MESSAGE = b"From: Jane Doe <jane@example.org>\nSubject: Zafir\n\nSnow fell.\n"


def messages(raw: bytes) -> list[Original | Refused]:
    return [each for each in mbox.messages(io.BytesIO(raw), "m") if each is not None]


def raws(raw: bytes) -> list[bytes]:
    return [each.raw for each in messages(raw) if isinstance(each, Original)]


def test_each_message_is_an_original(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox"
    path.write_bytes((FROM + MESSAGE + b"\n") * 3)
    found = list(sources.expand([str(path)]))
    assert [each.source for each in found] == [f"{path}!{number}" for number in (1, 2, 3)]
    assert {each.media_type for each in found if isinstance(each, Original)} == {"message/rfc822"}
    assert raws(path.read_bytes()) == [MESSAGE] * 3


def test_ends_of_lines_are_kept_as_they_are() -> None:
    windows = (FROM + MESSAGE + b"\n").replace(b"\n", b"\r\n") * 2
    assert raws(windows) == [MESSAGE.replace(b"\n", b"\r\n")] * 2


@pytest.mark.parametrize(
    "line",
    [
        b"From the start, snow fell.\n",
        b"From 10:00 on Tue Mar 5 2024, snow fell.\n",  # no header after it
        b"From jane@example.org Tue Mar  5 10:00:00 2024, she wrote\nthat snow fell.\n",
        b"\n>From the north\n",
    ],
)
def test_words_that_begin_with_from_part_nothing(line: bytes) -> None:
    (found,) = raws(FROM + MESSAGE + b"\n" + line + b"\n")
    assert found == MESSAGE + b"\n" + line.replace(b">From", b"From")


def test_a_separator_needs_a_blank_line_before_it() -> None:
    assert len(raws(FROM + MESSAGE + FROM + MESSAGE)) == 1


@pytest.mark.parametrize(
    "separator",
    [
        b"From - Tue Mar 05 10:00:00 2024\n",
        b"From 1234567890@xxx Tue Mar 05 10:00:00 +0000 2024\n",
        b"From jane at example.org  Tue Mar  5 10:00:00 2024\n",
        b"From MAILER-DAEMON Tue Mar  5 10:00 2024\n",
    ],
)
def test_separators_of_many_programs(separator: bytes) -> None:
    assert raws((separator + MESSAGE + b"\n") * 2) == [MESSAGE] * 2


def test_a_text_that_begins_with_from_is_no_mailbox(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"From 10:00 on 5 March 2024 snow fell.\nNote: it was cold.\n")
    (found,) = sources.expand([str(path)])
    assert isinstance(found, Original) and found.source == str(path)


def test_a_message_over_the_limit_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "1000")
    large = MESSAGE + b"x" * 200_000 + b"\n"
    first, second, third = messages(FROM + MESSAGE + b"\n" + FROM + large + b"\n" + FROM + MESSAGE)
    assert isinstance(second, Refused) and "MARSAD_DOCUMENT_BYTES" in second.reason
    assert [each.source for each in (first, second, third)] == ["m!1", "m!2", "m!3"]


def test_a_line_without_an_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_DOCUMENT_BYTES", "100000")
    found = list(mbox.messages(io.BytesIO(FROM + MESSAGE + b"x" * 20_000_000), "m"))
    assert found.count(None) >= 2  # it says that it is at work
    assert isinstance(found[-1], Refused)


@given(st.lists(st.text("aF:> \n", max_size=60), min_size=1, max_size=4))
def test_messages_come_back_as_they_were_written(bodies: list[str]) -> None:
    written = [f"Subject: x\n\n{body}".rstrip("\n").encode() + b"\n" for body in bodies]
    file = b"".join(FROM + b"".join(map(_quoted, each.splitlines(keepends=True))) + b"\n" for each in written)
    assert raws(file) == written


def _quoted(line: bytes) -> bytes:
    return b">" + line if line.lstrip(b">").startswith(b"From ") else line
