"""Web archives of the tests' own, record by record."""

from __future__ import annotations

import gzip


def record(
    kind: str, address: str, block: bytes, *, content_type: str = "application/http", more: str = ""
) -> bytes:
    """A WARC record as crawlers write it."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(address))}>\r\n"
        f"WARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: {content_type}\r\n{more}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    address: str, body: bytes, headers: str = "", *, status: str = "200 OK", more: str = ""
) -> bytes:
    """A page as a server sent it."""
    if "content-type:" not in headers.lower():
        headers = f"Content-Type: text/html; charset=utf-8\r\n{headers}"
    return record("response", address, f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body, more=more)


def folded(*records: bytes) -> bytes:
    """Each record a gzip of its own, as in `.warc.gz`."""
    return b"".join(map(gzip.compress, records))
