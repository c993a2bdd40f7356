"""What the hostile tests share: an address and a file that nobody may ask for, and short limits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from .internet import Internet

SECRET = "the-words-of-another-file"  # noqa: S105 - a file's words


class Canary:
    """An address on loopback that notes whoever connects to it, and a file that nobody may read."""

    def __init__(self, listener: socket.socket, path: Path) -> None:
        self.port: int = listener.getsockname()[1]
        self.asked = 0
        self.path = path
        self._listener = listener

    @property
    def addresses(self) -> tuple[str, str]:
        """Of the file and of the server."""
        return self.path.as_uri(), f"http://127.0.0.1:{self.port}/entity"

    def listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed
                return
            self.asked += 1
            connection.close()


@pytest.fixture
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    path = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    path.write_text(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Canary(listener, path)
        thread = threading.Thread(target=found.listen, daemon=True)
        thread.start()
        yield found
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    assert found.asked == 0, "an address that a document names was asked"


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    """The only internet that the test can reach; loopback is guarded as it is for any user."""
    monkeypatch.delenv("MARSAD_FETCH_PRIVATE_ADDRESSES", raising=False)
    found = Internet(monkeypatch)
    yield found
    found.close()


class Outside:
    """Everything around a test's folder, in which no file may appear."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = self._names()

    def _names(self) -> set[str]:
        return {entry.name for entry in self._folder.iterdir()} | {
            name for name in ("/escaped.txt", "escaped.txt") if Path(name).exists()
        }

    def check(self) -> None:
        assert self._names() == self._before, "something was written outside"


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    """The folder that holds the test's own, and the current one, stay as they are."""
    here = tmp_path / "here" / "and" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    found = Outside(tmp_path / "here")
    yield found
    found.check()
    assert list(here.iterdir()) == []
