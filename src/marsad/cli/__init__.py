"""The command line: one file a command, loaded only when it is used."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from marsad.errors import BadInput, BadWorkspace, MarsadError
from marsad.settings import BadSetting, load
from marsad.version import VERSION

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
INTERRUPTED = 130  # 128 + SIGINT, as shells count it
_ENDINGS = (signal.SIGTERM, signal.SIGHUP)  # of a service, and of a terminal that is closed

# name → module with a click command named `command`, and the one line that `--help` prints
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("marsad.cli.read", "Read one document and print what it claims; nothing is stored."),
    "add": ("marsad.cli.add", "Read documents into the workspace's ledger; safe to repeat."),
    "follow": ("marsad.cli.follow", "Read what feeds, sitemaps and queries list, again and again."),
    "unfollow": ("marsad.cli.unfollow", "Follow a feed no longer."),
    "feeds": ("marsad.cli.feeds", "List what is followed, how it answered and how far it was covered."),
    "fetch": ("marsad.cli.fetch", "Download data sets from their publishers: UCDP's events."),
    "claims": ("marsad.cli.claims", "List the claims of the ledger: who said what."),
    "figures": ("marsad.cli.figures", "List the figures: how many, of what, where, when, who says so."),
    "incidents": ("marsad.cli.incidents", "List what is said to have happened, and who says so."),
    "relations": ("marsad.cli.relations", "List who is said to fight, lead, support or belong to whom."),
    "places": ("marsad.cli.places", "List the places that the documents name."),
    "actors": ("marsad.cli.actors", "List who speaks and acts, under which names."),
    "actor": ("marsad.cli.actor", "Print one actor: its names, and why they are one."),
    "series": ("marsad.cli.series", "Print figures of one basis over time, with the best range now."),
    "agreements": ("marsad.cli.agreements", "Print claims that say the same, by independent origins."),
    "contradictions": ("marsad.cli.contradictions", "Print questions that sources answer in contrary ways."),
    "sources": ("marsad.cli.sources", "List whom the claims go back to, with their reliability."),
    "documents": ("marsad.cli.documents", "List the documents of the ledger."),
    "review": ("marsad.cli.review", "Add, accept, edit, reject records; mask names; list reviews."),
    "merge": ("marsad.cli.merge", "Say that two actors are one."),
    "split": ("marsad.cli.split", "Say that an actor is none of those that it is listed with."),
    "unmerge": ("marsad.cli.unmerge", "Take back what was last said of an actor: a merge or a split."),
    "rate": ("marsad.cli.rate", "Judge the reliability of a source, A to F."),
    "lift": ("marsad.cli.lift", "Show camps and shelters in full in this workspace, or no longer."),
    "redact": ("marsad.cli.redact", "Remove a document's text for good, for law or safety."),
    "trace": ("marsad.cli.trace", "Print the whole origin of a record: claim, words, text, bytes."),
    "log": ("marsad.cli.log", "Print every change of the ledger, oldest first."),
    "check": ("marsad.cli.check", "Check the whole ledger: every hash, span, key and index."),
    "backup": ("marsad.cli.backup", "Copy the ledger as it stands to a new folder, also while it is in use."),
    "restore": ("marsad.cli.restore", "Make the ledger of a backup again, in a folder or in PostgreSQL."),
    "report": ("marsad.cli.report", "Write a cited situation report on a watch: HTML, Markdown, DOCX, PDF."),
    "serve": ("marsad.cli.serve", "Show the ledger in a browser on this machine: the workbench."),
    "page": ("marsad.cli.page", "Write a self-contained page: a document with its records in place."),
    "export": ("marsad.cli.export", "Write the ledger as GeoJSON, CSV (HXL), Parquet, STIX, FtM, JSON-LD."),
    "gazetteer": ("marsad.cli.gazetteer", "Find a place by name; make a gazetteer from GeoNames' files."),
    "evaluate": ("marsad.cli.evaluate", "Score the reader on a public corpus."),
    "watch": ("marsad.cli.watch", "Print the board of a watch: what moves, is contested, changed, unknown."),
    "forecast": ("marsad.cli.forecast", "Forecast deaths in organised violence, and score forecasts."),
    "demo": ("marsad.cli.demo", "Do the main job on the bundled sample reports."),
    "schema": ("marsad.cli.schema", "Print the JSON Schema of a reading."),
}


class LazyGroup(click.Group):
    """A group that knows its commands' names and help without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = import_module(module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="marsad")
def cli() -> None:
    """Marsad keeps a ledger of who claimed what about armed groups: words, figures, places, dates."""


def main() -> None:
    """The entry point of the `marsad` command."""
    for each in _ENDINGS:
        if signal.getsignal(each) is signal.SIG_DFL:  # nohup ignores one of them
            signal.signal(each, _end)
    sys.exit(run(sys.argv[1:]))


def _end(number: int, _: object) -> None:
    """End as after an error, so that folders of a moment and children go, too."""
    sys.exit(128 + number)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask and give the exit code. Every error is one line on stderr."""
    try:
        return _answer(arguments)
    except MarsadError as error:
        return _fail(str(error), error.exit_code)
    except BadSetting as error:
        return _fail(str(error), BadInput.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:  # a group without a command
        click.echo(error.format_message())
        return BadInput.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "marsad"
        return _fail(f"{error.format_message()} See `{command} --help`.", error.exit_code)
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        return _hang_up()
    except OSError as error:
        return _stop(error)
    except Exception as error:
        return _unexpected(error)


def _answer(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8
    code = cli.main(list(arguments), prog_name="marsad", standalone_mode=False)
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    click.echo(f"marsad: {one_line(message)}", err=True)
    return code


def one_line(message: str) -> str:
    """`message` on one line, without the control characters that a file's name may hold."""
    line = " ".join(message.split())
    return "".join(character if character.isprintable() else "\ufffd" for character in line)


def _hang_up() -> int:
    """Whoever read our output is gone: say nothing, and let nothing be flushed to it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _stop(error: OSError) -> int:
    """Say that there is no room left, for a file or for what is printed."""
    if error.errno not in _NO_ROOM:
        return _unexpected(error)
    where = error.filename or "standard output"
    code = _fail(f"{where}: {error.strerror}; make room and do it again", BadWorkspace.exit_code)
    if not error.filename:
        _hang_up()
    return code


def _unexpected(error: Exception) -> int:
    if _debugging():
        traceback.print_exception(error)
        return 1
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return _fail(f"unexpected error: {what} (set MARSAD_DEBUG=1 to see where)", 1)


def _debugging() -> bool:
    try:
        return load().debug
    except BadSetting:
        return True  # a bad setting is no reason to hide where an error arose
