"""The page on which documents are added, and those of the jobs that read them.

What is added goes the way of `marsad add`: files in every form that it takes, pasted addresses by the
guarded fetch, pasted words as plain text. Nothing is asked of a network but what a person pastes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from marsad import documents, ingest, sources
from marsad.errors import BadInput
from marsad.following import Event
from marsad.records.original import Listed, Original, Refused
from marsad.settings import MIB, load
from marsad.web.guard import trusted
from marsad.web.jobs import Jobs, Tell, Work
from marsad.web.rendering import page
from marsad.web.standing import Standing

router = APIRouter(tags=["add"])
PASTED = "pasted text"  # where words come from that nobody has given a title
_LONGEST_NAME = 200  # characters of the name of a file
_KEPT = 60  # characters of it that a temporary file bears: its end says what it is
Short = Annotated[str, Form(max_length=500)]


@router.get("/add.json")
def as_json(request: Request) -> Response:
    """The jobs of this run of the workbench, newest first, and how many bytes one request may bring."""
    jobs: Jobs = request.app.state.jobs
    return _json({"most_bytes": load().document_bytes, "jobs": jobs.newest()})


@router.get("/add", include_in_schema=False)
def adding(request: Request) -> Response:
    """The page with a form for each way to add."""
    jobs: Jobs = request.app.state.jobs
    return page(
        request,
        "adding.html",
        Standing.of(request.query_params),
        jobs=jobs.newest(),
        most=load().document_bytes // MIB,
        most_bytes=load().document_bytes,
    )


# What is given


@router.post("/add/files", dependencies=[Depends(trusted)])
def files(request: Request, files: Annotated[list[UploadFile], File()], published: Short = "") -> Response:
    """Read the files that a browser sends; archives, mailboxes, tables and PDF as `marsad add` does."""
    given = [each for each in files if each.filename]
    if not given:
        raise BadInput("files: none was chosen")
    day = _day(published)
    folder = tempfile.TemporaryDirectory(prefix="marsad-added-")  # goes with the job that holds it
    try:
        held = [_held(Path(folder.name), number, each) for number, each in enumerate(given)]
        work = _reading(request, _opened(folder, held), day)
        return started(request, "files", [name for _, name in held], work)
    except BaseException:
        folder.cleanup()
        raise


@router.post("/add/addresses", dependencies=[Depends(trusted)])
def addresses(
    request: Request, addresses: Annotated[str, Form(max_length=100_000)], published: Short = ""
) -> Response:
    """Fetch what is at some addresses, one a line, and read it; of a feed, the pages that it lists."""
    given = [address(line) for line in addresses.splitlines() if line.strip()]
    if not given:
        raise BadInput("addresses: none was given")
    return started(request, "addresses", given, _reading(request, sources.expand(given), _day(published)))


@router.post("/add/text", dependencies=[Depends(trusted)])
def text(
    request: Request,
    text: Annotated[str, Form()],
    title: Short = "",
    publisher: Short = "",
    published: Short = "",
) -> Response:
    """Read pasted words as a document of plain text."""
    if not text.strip():
        raise BadInput("text: there is none")
    raw = text.replace("\r\n", "\n").encode("utf-8", "replace")  # a form sends its lines as CRLF
    said = Listed(title=_plain(title) or None, publisher=_plain(publisher) or None)
    pasted = Original(raw, said.title or PASTED, media_type="text/plain", listed=said)
    return started(request, "text", [pasted.source], _reading(request, [pasted], _day(published)))


def address(given: str) -> str:
    """An address that may be fetched: never a path of this machine.

    Raises:
        BadInput: it is none.
    """
    found = given.strip()
    if not (found.lower().startswith(("http://", "https://")) and found.isprintable()):
        raise BadInput(f"{found[:80]}: no address; it begins with https:// or http://")
    return found


def _day(given: str) -> str | None:
    """The day of publication, where one is given.

    Raises:
        BadInput: it is none.
    """
    if given.strip():
        documents.published(given.strip())
    return given.strip() or None


def _plain(words: str) -> str:
    """Words on one line, without what no database keeps."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


# What is done with it


def started(request: Request, kind: Any, given: Sequence[str], work: Work) -> Response:  # noqa: ANN401
    """Begin a job, and lead to its page."""
    jobs: Jobs = request.app.state.jobs
    where = Standing.of(request.query_params).link(f"/jobs/{jobs.start(kind, tuple(given), work)}")
    return RedirectResponse(where, status_code=303)


def _reading(request: Request, found: Iterable[Original | Refused], day: str | None) -> Work:
    def work(tell: Tell) -> Iterator[Event]:
        yield from ingest.add_originals(request.app.state.store, _told(found, day, tell))

    return work


def _told(found: Iterable[Original | Refused], day: str | None, tell: Tell) -> Iterator[Original | Refused]:
    for each in found:
        if isinstance(each, Original):
            tell(each.source)
            yield each._replace(published=day)
        else:
            yield each


def _held(folder: Path, number: int, file: UploadFile) -> tuple[str, str]:
    """Where a file is kept until it is read, and what it is called: its name never makes a path."""
    name = _plain((file.filename or "").replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:] or "file"
    safe = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "_" for c in name[-_KEPT:])
    path = folder / f"{number}-{safe}"
    with path.open("xb") as kept:
        shutil.copyfileobj(file.file, kept)
    return str(path), name


def _opened(
    folder: tempfile.TemporaryDirectory[str], held: Sequence[tuple[str, str]]
) -> Iterator[Original | Refused]:
    with folder:
        for path, name in held:
            yield from _under_its_name(path, name)


def _under_its_name(path: str, name: str) -> Iterator[Original | Refused]:
    for found in sources.expand([path]):
        source = name + found.source.removeprefix(path)
        if isinstance(found, Refused):
            yield Refused(source, found.reason.replace(path, name))
        else:
            yield found._replace(source=source)


# How it goes on


@router.get("/jobs/{job_id}.json")
def job_as_json(request: Request, job_id: str) -> Response:
    """A job as it is now: how many documents were added, unchanged and refused, and which."""
    return _json(request.app.state.jobs.find(job_id))


@router.get("/jobs/{job_id}/told", include_in_schema=False)
def job_told(request: Request, job_id: str) -> Response:
    """What the page of a job says, alone: the script puts it in the place of what it said before."""
    return _job(request, "adding_told.html", job_id)


@router.get("/jobs/{job_id}", include_in_schema=False)
def job(request: Request, job_id: str) -> Response:
    """Its page, which follows it; without a script it loads anew until the job is over."""
    return _job(request, "adding_job.html", job_id)


def _job(request: Request, template: str, job_id: str) -> Response:
    found = request.app.state.jobs.find(job_id)
    return page(request, template, Standing.of(request.query_params), job=found)


def _json(body: object) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")
