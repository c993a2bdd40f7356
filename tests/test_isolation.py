"""A parser's time, memory and crashes are the child's, and the next call is served all the same."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from marsad import isolation
from marsad.errors import BadInput, TooLarge
from marsad.isolation import call

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
