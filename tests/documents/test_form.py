from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.documents.form import form_of
from marsad.errors import BadInput
from marsad.records.original import Original

MAIL = b"Received: from a.example by b.example; Tue, 5 Mar 2024 10:00:00 +0000\nFrom: a@a.example\n\nWords."
MEMORANDUM = b"From: the Chair\nTo: the Council\nDate: 5 March 2024\nSubject: Roads\n\nThe road is open."


def zipped(*names: str) -> bytes:
    """A ZIP that holds files of these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"words " * 2000)
    return stream.getvalue()


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def reason(original: Original) -> str:
    with pytest.raises(BadInput) as refusal:
        form_of(original)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("original", "form"),
    [
        (Original(b"<p>x", "a.txt", media_type="text/plain"), "plain"),
        (Original(b"x <html>", "page"), "plain"),
        (Original(b"1 < 2 and <b>", "page"), "plain"),
        (Original(b'{"text: "x"}', "-"), "plain"),
        (Original(b"{curly} beginnings", "-"), "plain"),
        (Original(b"# x", "http://a.example/README.md?raw=1", media_type="text/plain"), "markdown"),
        (Original(b"# x", "a", media_type="text/markdown"), "markdown"),
        (Original(b"  <!DOCTYPE html><p>x", "-"), "html"),
        (Original(b"\xef\xbb\xbf<html><p>x", "page"), "html"),
        (Original(b"<!-- <rss> -->\n<HTML lang=en>x", "page"), "html"),
        (Original(b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C">\n<html>x', "a.xml"), "html"),
        (Original("<html><p>x".encode("utf-16"), "page"), "html"),
        (Original(b"<p>x", "http://a.example/", media_type="text/html"), "html"),
        (Original(b"<p>x", "http://a.example/", media_type="TEXT/HTML"), "html"),
        (Original(b"<p>x", "page.htm"), "html"),
        (Original(b'\n{"text": "x"}\n', "-"), "jsonl"),
        (Original(b'{"text": "x"}', "a.json", media_type="application/json"), "jsonl"),
        (Original(b"{", "a.parquet", row="document"), "jsonl"),
        (Original(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "a.json"), "feed"),
        (Original(b"%PDF- as a cell", "a.csv:row 1", row="coded"), "coded"),
        (Original(b"%PDF-1.7\n", "a.txt", media_type="text/plain"), "pdf"),
        (Original(b"\r\n%PDF-1.7\n", "a.pdf", media_type="application/pdf"), "pdf"),
        (Original(b"<html>Not found", "a.pdf", media_type="application/pdf"), "html"),
        (Original(DOCX, "report", media_type="application/zip"), "docx"),
        (Original(MAIL, "saved.txt", media_type="text/plain"), "email"),
        (Original(b"Subject: x\n\nWords", "a.eml"), "email"),
        (Original(MEMORANDUM, "a.txt", media_type="text/plain"), "plain"),
    ],
)
def test_the_form_is_told_by_content_type_and_name(original: Original, form: str) -> None:
    assert form_of(original) == form


@pytest.mark.parametrize(
    "raw",
    [
        b"<rss version='2.0'><channel/></rss>",
        b'<?xml version="1.0"?>\n<!-- <html> -->\n<feed xmlns="http://www.w3.org/2005/Atom"/>',
        b'<rdf:RDF xmlns:rdf="http://r.example" xmlns="http://purl.org/rss/1.0/"/>',
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "<html>">]><rss/>',
        '<?xml version="1.0" encoding="utf-16"?><rss/>'.encode("utf-16"),
        b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>",
    ],
)
@pytest.mark.parametrize("media_type", ["application/rss+xml", "text/xml", "text/html", "text/plain", None])
def test_a_feed_is_told_by_its_first_element(raw: bytes, media_type: str | None) -> None:
    assert form_of(Original(raw, "http://a.example/", media_type=media_type)) == "feed"


@pytest.mark.parametrize(
    ("original", "beginning"),
    [
        (Original(b"a,b\n1,2", "a.csv", media_type="text/csv"), "CSV is read only with the columns"),
        (Original(b'{"a": 1}', "a.json", media_type="application/json"), "JSON is not read"),
        (Original(b"{\\rtf1 words}", "a.doc"), "RTF is not read; save it as DOCX, PDF or text"),
        (Original(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "a.doc"), "a Word, Excel or Outlook file of before"),
        (Original(zipped("[Content_Types].xml", "xl/workbook.xml"), "a"), "XLSX is not read"),
        (Original(zipped("a.txt"), "mail.eml#a.zip"), "ZIP inside another file is not opened; take it out"),
        (Original(zipped("folder/word/a.txt"), "a"), "ZIP inside another file"),
        (Original(b"\x1f\x8b\x08", "mail.eml#a.gz"), "gzip inside another file"),
        (Original(b"\x89PNG\r\n\x1a\n....", "a.txt"), "a picture (PNG) is not read; marsad reads text"),
        (Original(b"words", "http://a.example/a", media_type="image/jpeg"), "image/jpeg is not read"),
        (Original(b"<urlset><url/></urlset>", "sitemap.xml"), "a sitemap only lists addresses"),
        (Original(b'<?xml version="1.0"?><sitemapindex/>', "-"), "a sitemap only lists addresses"),
        (Original(b'<?xml version="1.0"?><kml:kml/>', "a.txt"), "XML of a kind that is not read: its first element is <kml>"),
        (Original(b'<?xml version="1.0"?>', "a.xml"), "XML of a kind that is not read: it has no element"),
        (Original(b'<?xml version="1.0"?><rdf:RDF xmlns="http://xmlns.com/foaf/0.1/"/>', "a"), "XML of a kind"),
        (Original(b"words", "f", media_type="application/rss+xml"), "called a feed, but"),
        (Original(b"words", "a.pdf", media_type="application/pdf"), "called PDF, but it is none"),
        (Original(b"words", "a.docx"), "called DOCX, but it is none"),
        (Original(b"", "a.docx"), "empty"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named_with_what_to_do(original: Original, beginning: str) -> None:
    assert reason(original).startswith(beginning)


@given(
    st.binary(max_size=300), st.sampled_from(["<!--", "<?xml", "<!DOCTYPE x [", "PK\x03\x04", "From: x\n"])
)
def test_any_bytes_have_a_form_or_a_reason(raw: bytes, begin: str) -> None:
    try:
        form_of(Original(begin.encode() + raw, "a"))
    except BadInput as error:
        assert str(error)
