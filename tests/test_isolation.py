"""A parser's time, memory and crashes are the child's, and the next call is served all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from marsad import isolation
from marsad.errors import BadInput, TooLarge
from marsad.isolation import call, stream

MIB = 2**20
MEMORY = 512 * MIB
# Functions of the standard library from bytes to bytes stand in for parsers.
ECHO = "base64:b64encode"
FAIL = "zlib:decompress"


@pytest.fixture(autouse=True)
def _no_child_is_left() -> Iterator[None]:
    yield
    isolation.close()


def serves() -> bool:
    return call(ECHO, b"x", seconds=10, memory=MEMORY) == b"eA=="


def test_an_answer_comes_back_from_a_child() -> None:
    assert call(ECHO, b"words", seconds=10, memory=MEMORY) == b"d29yZHM="
    payload = os.urandom(3 * MIB)  # more than a pipe holds
    assert len(call(ECHO, payload, seconds=10, memory=MEMORY)) == 4 * MIB


def test_one_child_serves_many_calls_and_then_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "CALLS_A_CHILD", 2)
    children = []
    for _ in range(3):
        assert serves()
        children.append(isolation._running)
    assert children[0] is children[1] is not children[2]


def test_a_call_over_its_time_is_stopped() -> None:
    begin = time.monotonic()
    with pytest.raises(TooLarge, match=r"took over 0\.3 s to parse \(MARSAD_PARSE_SECONDS\)"):
        call("marsad.documents.markdown:extract", b"[" * 3_000_000, seconds=0.3, memory=MEMORY)
    assert time.monotonic() - begin < 5
    assert serves()


def test_time_counts_from_when_the_parser_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "import time\ntime.sleep(0.6)\ndef echo(payload):\n    return payload\n"
    (tmp_path / "slow_to_import.py").write_text(slow)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert call("slow_to_import:echo", b"words", seconds=0.3, memory=MEMORY) == b"words"


def test_a_call_over_its_memory_is_refused() -> None:
    bomb = bytes(200 * MIB)
    with pytest.raises((TooLarge, BadInput)):
        call(ECHO, bomb, seconds=10, memory=MEMORY)
    assert serves()


def test_a_failure_is_named() -> None:
    with pytest.raises(BadInput, match=r"^the parser failed on it: error$"):
        call(FAIL, b"not compressed", seconds=10, memory=MEMORY)
    with pytest.raises(BadInput, match="ModuleNotFoundError"):
        call("no_such_module:extract", b"", seconds=10, memory=MEMORY)
    assert serves()


def test_a_child_that_was_killed_is_replaced() -> None:
    assert serves()
    child = isolation._running
    assert child is not None
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    assert serves()


def test_a_module_of_the_current_folder_is_not_loaded(
    tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open(os.path.join(tmp_path, "msgspec.py"), "w") as stream:  # noqa: PTH118, PTH123
        stream.write("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    assert serves()


# Streams

PARSERS = """
import os, time
from marsad.errors import BadInput, TooLarge

def three(payload):
    yield payload + b"1"
    yield b""  # work goes on
    yield payload + b"2"
    yield payload + b"3"

def without_end(payload):
    while True:
        yield payload

def refusing(payload):
    yield b"first"
    raise TooLarge("is too large") if payload == b"large" else BadInput("is no good")

def failing(payload):
    yield b"first"
    raise KeyError("inner")

def crashing(payload):
    yield b"first"
    os._exit(1)

def slow(payload):
    yield b"first"
    while True:
        pass

def at_work(payload):
    for _ in range(5):
        time.sleep(0.15)
        yield b""
    yield b"done"

def greedy(payload):
    yield b"first"
    yield bytes(2**40)

def opening(payload):
    kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(1000)]
    yield str(len(kept)).encode()

def writing(payload):
    with open(payload, "wb") as file:
        file.write(b"words")
    yield b"written"
"""


@pytest.fixture
def parsers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "parsers_of_a_test.py").write_text(PARSERS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return "parsers_of_a_test:"


def items(function: str, payload: bytes = b"x", seconds: float = 10) -> Iterator[bytes]:
    return stream(function, payload, seconds=seconds, memory=MEMORY)


def test_a_stream_gives_items_in_order_and_no_empty_ones(parsers: str) -> None:
    assert list(items(parsers + "three", b"a")) == [b"a1", b"a2", b"a3"]


@pytest.mark.parametrize(
    ("function", "payload", "error", "reason"),
    [
        ("refusing", b"", BadInput, "^is no good$"),
        ("refusing", b"large", TooLarge, "^is too large$"),
        ("failing", b"", BadInput, "the parser failed on it: KeyError"),
        ("crashing", b"", BadInput, "the parser crashed on it"),
        ("slow", b"", TooLarge, r"took over 1 s to parse \(MARSAD_PARSE_SECONDS\)"),
        ("greedy", b"", TooLarge, r"MARSAD_PARSE_BYTES"),
    ],
)
def test_what_breaks_a_stream_comes_after_what_was_given(
    parsers: str, function: str, payload: bytes, error: type[BadInput], reason: str
) -> None:
    found = items(parsers + function, payload, seconds=1)
    assert next(found) == b"first"
    with pytest.raises(error, match=reason):
        next(found)


def test_the_time_is_that_of_an_item_and_starts_anew_while_work_goes_on(parsers: str) -> None:
    assert list(items(parsers + "at_work", seconds=0.6)) == [b"done"]


def test_time_that_the_reader_takes_is_not_the_childs(parsers: str) -> None:
    found = items(parsers + "without_end", b"x" * 100_000, seconds=0.5)
    next(found)
    time.sleep(0.8)
    assert len(next(found)) == 100_000


def test_to_close_a_stream_ends_its_child(parsers: str) -> None:
    before = children()
    found = items(parsers + "without_end")
    assert next(found) == b"x"
    assert len(children() - before) == 1
    found.close()  # type: ignore[attr-defined]
    assert children() == before


def test_calls_and_streams_go_on_beside_one_another(parsers: str) -> None:
    first, second = items(parsers + "without_end", b"1"), items(parsers + "three", b"2")
    for _ in range(3):
        assert (next(first), serves()) == (b"1", True)
    assert list(second) == [b"21", b"22", b"23"]
    assert next(first) == b"1"


def test_a_parser_opens_few_files_and_writes_none(parsers: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="OSError"):
        next(items(parsers + "opening"))
    target = tmp_path / "written"
    with pytest.raises(BadInput, match="OSError"):
        next(items(parsers + "writing", os.fsencode(target)))
    assert not target.exists() or target.read_bytes() == b""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer of the system")
def test_a_child_ends_that_nobody_is_left_to_stop(parsers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program is gone; the child is in the middle of a parse that never ends."""
    program = (
        "from marsad import isolation\n"
        "isolation._Child._stop = lambda self: None\n"
        f"found = isolation.stream('{parsers}slow', b'', seconds=0.2, memory={MEMORY})\n"
        "next(found)\n"
        "print(open('/proc/self/task/%d/children' % __import__('os').getpid()).read(), flush=True)\n"
        "__import__('os').kill(__import__('os').getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    child = int(done.stdout.split()[0])
    deadline = time.monotonic() + 30
    while running(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not running(child)


def test_interrupts_are_for_the_program(parsers: str) -> None:
    assert serves()
    child = isolation._running
    assert child is not None
    child._process.send_signal(signal.SIGINT)
    assert serves()
    assert isolation._running is child


def children() -> set[int]:
    own = os.getpid()
    return {
        int(each)
        for task in Path(f"/proc/{own}/task").iterdir()
        for each in (task / "children").read_text().split()
    }


def running(process: int) -> bool:
    try:
        return "(zombie)" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
