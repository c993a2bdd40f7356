"""What a request gets that fails: one clear page, or JSON where JSON was asked for; never a traceback."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from marsad.errors import BadInput, MarsadError, NotFound
from marsad.web.making import BeingMade
from marsad.web.rendering import page
from marsad.web.standing import Standing

AGAIN = 2  # seconds after which a page asks again for what is being made


def install(app: FastAPI) -> None:
    """Answer every error of `app` in its form."""
    app.add_exception_handler(MarsadError, _failed)
    app.add_exception_handler(BeingMade, _being_made)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)


def _failed(request: Request, error: Exception) -> Response:
    status = error.http_status if isinstance(error, MarsadError) else 500
    return failure(request, status, " ".join(str(error).split()))


def _http(request: Request, error: Exception) -> Response:
    if isinstance(error.__cause__, MarsadError):  # FastAPI calls whatever stops a body a bad request
        return _failed(request, error.__cause__)
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == NotFound.http_status:
        return failure(request, status, f"{request.url.path}: no such page")
    return failure(request, status, str(getattr(error, "detail", "")))


def _invalid(request: Request, error: Exception) -> Response:
    """FastAPI's own checks: the first one that fails, in one line."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    where = ".".join(str(part) for part in first.get("loc", ()))
    return failure(request, BadInput.http_status, f"{where}: {first.get('msg', 'cannot be read')}")


def _being_made(request: Request, error: Exception) -> Response:
    """A page that says so, and loads itself anew, with a script or without."""
    answer = page(request, "making.html", Standing.of(request.query_params), status=202)
    answer.headers["refresh"] = str(AGAIN)
    return answer


def _unexpected(request: Request, error: Exception) -> Response:
    return failure(
        request, MarsadError.http_status, "unexpected error; the terminal of marsad serve says more"
    )


def failure(request: Request, status: int, message: str) -> Response:
    """The answer that says what is wrong, as a page, as JSON or as a line of text."""
    if request.url.path.endswith(".json") or _prefers_json(request):
        return JSONResponse({"status": status, "error": message}, status_code=status)
    if request.url.path.endswith(".csv"):
        return PlainTextResponse(f"{message}\n", status_code=status)
    try:
        standing = Standing.of(request.query_params)
    except BadInput:  # the day or the language itself is what is wrong
        standing = Standing()
    words = {"code": status, "message": message, "before": _before(request)}
    return page(request, "failure.html", standing, status=status, **words)


def _before(request: Request) -> str | None:
    """The page of ours on which somebody asked for this, where the browser says so."""
    said = urlsplit(request.headers.get("referer", ""))
    if said.netloc != request.url.netloc or said.path.startswith("//"):
        return None
    return f"{said.path}?{said.query}" if said.query else said.path


def _prefers_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")
