"""Fuzz each parser and each annotator, with atheris where it is installed, else with hypothesis.

    .venv/bin/python benchmarks/fuzz.py [--minutes 10] [--target NAME]... [--corpus FOLDER]

Each target (see `fuzz_targets.py`) runs for so many minutes in a child process, so that the crash of a
library in C is seen, and its input kept. The corpus grows in FOLDER/NAME; what crashed or hung is put in
FOLDER/found/NAME-HASH, and

    .venv/bin/python benchmarks/fuzz.py --target NAME --input FILE

runs it again, with its traceback. Exits 1 where anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import fuzz_targets  # noqa: E402 - beside this file

LONGEST_INPUT = 20_000  # bytes
LONGEST_RUN = 60  # seconds that one input may take, on a machine that others use too
MEMORY = 4096 * 2**20  # bytes of address space that a child may take
GRACE = 180  # seconds that a child may take beyond its time, to start and to end
BATCH = 200  # examples of hypothesis between two looks at the clock
# Code written in Python whose branches guide atheris
COVERED = ("marsad", "protego", "feedparser", "docx", "email", "zipfile", "tarfile", "csv", "markdown_it")
ENGINE = "atheris" if find_spec("atheris") else "hypothesis"


def main() -> int:
    given = _arguments()
    if given.input:
        fuzz_targets.run(given.target[0], given.input.read_bytes())
        print(f"{given.target[0]}: {given.input} is read or refused")
        return 0
    folder: Path = given.corpus or Path(tempfile.mkdtemp(prefix="marsad-fuzz-"))
    if given.child:
        _fuzz(given.child, folder / given.child, given.minutes * 60)
        return 0
    print(f"{ENGINE}; corpus and findings in {folder}", flush=True)
    found = [_finds(name, folder, given.minutes) for name in given.target or fuzz_targets.TARGETS]
    return int(any(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10, help="for each target (10)")
    parser.add_argument("--target", action="append", choices=list(fuzz_targets.TARGETS), help="all of them")
    parser.add_argument("--corpus", type=Path, help="where inputs are kept (a new temporary folder)")
    parser.add_argument("--input", type=Path, help="run one file through the target, and nothing else")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.input and not given.target:
        parser.error("--input needs a --target")
    return given


def _finds(name: str, folder: Path, minutes: float) -> bool:
    """Run a target in a child; whether there was a finding, which is then kept."""
    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for raw in fuzz_targets.seeds(name):
        (corpus / hashlib.sha256(raw).hexdigest()[:16]).write_bytes(raw)
    command = [sys.executable, __file__, "--child", name, "--corpus", str(folder), "--minutes", str(minutes)]
    begin = time.monotonic()
    with (folder / f"{name}.log").open("wb") as log:
        code = _ended(subprocess.Popen(command, stdout=log, stderr=log), minutes * 60 + GRACE)
    said = (folder / f"{name}.log").read_text(errors="replace").splitlines()
    runs = next((line for line in reversed(said) if line.startswith("runs: ")), "runs: ?")
    what = "clean" if code == 0 else f"FOUND ({_kept(name, folder)}; exit {code}): {_last(said)}"
    print(f"{name:10} {time.monotonic() - begin:6.0f} s  {runs:16} {what}", flush=True)
    return code != 0


def _ended(process: subprocess.Popen[bytes], seconds: float) -> int:
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:  # stuck where no signal reaches it
        process.kill()
        return process.wait()


def _kept(name: str, folder: Path) -> Path | str:
    running = folder / f"{name}.running"
    if not running.exists():
        return "no input: the target did not start"
    raw = running.read_bytes()
    kept = folder / "found" / f"{name}-{hashlib.sha256(raw).hexdigest()[:16]}"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(raw)
    return kept


def _last(said: list[str]) -> str:
    """The line of a log that names the error."""
    errors = [line.strip() for line in said if "Error" in line or "ERROR" in line or "Exception" in line]
    return errors[0][:200] if errors else (said[-1][:200] if said else "nothing was said")


# ── in the child ──────────────────────────────────────────────────────────────────────────────


class _Feeding:
    """A target that is fed, with what it is being fed on disk."""

    def __init__(self, name: str, running: Path) -> None:
        self._name, self._running = name, running
        self._count = 0

    def once(self, raw: bytes) -> None:
        self._count += 1
        self._running.write_bytes(raw)  # what a crash leaves behind
        signal.setitimer(signal.ITIMER_REAL, LONGEST_RUN)  # nobody handles it: a hang ends the process
        fuzz_targets.run(self._name, raw)
        signal.setitimer(signal.ITIMER_REAL, 0)

    def end(self) -> None:
        self._running.unlink()
        print(f"runs: {self._count:,}", flush=True)


def _fuzz(name: str, corpus: Path, seconds: float) -> None:
    feeding = _Feeding(name, corpus.with_name(f"{name}.running"))
    _limit()
    feeding.once(b"")  # what is loaded at first is no part of any input's time
    for path in sorted(corpus.iterdir()):
        feeding.once(path.read_bytes())
    (_atheris if ENGINE == "atheris" else _hypothesis)(feeding, corpus, seconds)
    feeding.end()


def _limit() -> None:
    import resource  # noqa: PLC0415 - not on Windows, where nobody fuzzes

    if ENGINE != "atheris":  # libFuzzer maps more than it uses, and limits memory itself
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _atheris(feeding: _Feeding, corpus: Path, seconds: float) -> None:
    """libFuzzer, which keeps each input that reaches new code of the package."""
    import os  # noqa: PLC0415

    import atheris  # noqa: PLC0415

    for module in [module for name, module in sys.modules.items() if name.startswith(COVERED)]:
        _instrument(module, atheris.instrument_func)
    end = time.monotonic() + seconds

    def until(raw: bytes) -> None:
        feeding.once(raw)
        if time.monotonic() > end:
            feeding.end()
            os._exit(0)  # libFuzzer itself looks at the clock only where inputs are new

    options = [f"-max_len={LONGEST_INPUT}", f"-timeout={LONGEST_RUN}", "-rss_limit_mb=4096"]
    options += [f"-artifact_prefix={corpus.parent}/"]
    atheris.Setup([sys.argv[0], str(corpus), *options], until)
    atheris.Fuzz()


def _instrument(module: object, instrument: Callable[[object], object]) -> None:
    """Let the functions and methods of a module tell of the branches that they take."""
    named = getattr(module, "__name__", None)
    held = [each for each in vars(module).values() if getattr(each, "__module__", None) == named]
    classes = [each for each in held if isinstance(each, type)]
    for value in [*held, *(value for each in classes for value in vars(each).values())]:
        if isinstance(value, FunctionType):
            instrument(value)


def _hypothesis(feeding: _Feeding, corpus: Path, seconds: float) -> None:
    from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    from tests.hostile.mutation import mutations  # noqa: PLC0415

    held = [path.read_bytes() for path in sorted(corpus.iterdir())] or [b""]
    changed = st.builds(
        lambda raw, at: next(mutations(raw, 1, at)), st.sampled_from(held), st.integers(0, 2**32)
    )
    inputs = st.one_of(
        changed, changed, changed, st.binary(max_size=2_000), st.text(max_size=1_000).map(str.encode)
    )
    quiet = settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # shrinking would take a crash of the process for another input
        suppress_health_check=list(HealthCheck),
    )

    def once(raw: bytes) -> None:
        feeding.once(raw)

    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        seed(number)(quiet(given(inputs)(once)))()


if __name__ == "__main__":
    sys.exit(main())
