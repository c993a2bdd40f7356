"""A folder as a desk receives one: 300 files of every form, some broken, some that are no documents.

`make` writes it and says what must become of each source: read, the same as another, or refused and why.
All texts are invented here, and short.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PLACES = ["Zafir", "Marun", "Telab", "Oshet", "Karim Bridge", "Dalun", "Wadi Sen", "Old Harbour"]
LANGUAGES = {
    "ar": "قال الجيش إن أربعين رجلا فروا من البلدة يوم الاثنين، وإن الطريق إلى الشمال لا يزال مغلقا منذ أسبوع.",
    "fa": "ارتش گفت که چهل مرد روز دوشنبه از شهر گریختند و راه شمال از یک هفته پیش بسته مانده است.",
    "he": "הצבא אמר כי ארבעים איש ברחו מן העיירה ביום שני וכי הדרך צפונה סגורה מזה שבוע.",
    "ru": "Армия сообщила, что в понедельник сорок человек бежали из города, а дорога на север закрыта уже неделю.",
    "uk": "Армія повідомила, що в понеділок сорок чоловіків утекли з міста, а дорога на північ закрита вже тиждень.",
    "fr": "L’armée a déclaré que quarante hommes avaient fui la ville lundi et que la route du nord restait fermée.",
    "es": "El ejército dijo que cuarenta hombres huyeron de la ciudad el lunes y que el camino del norte sigue cerrado.",
    "de": "Die Armee erklärte, vierzig Männer seien am Montag aus der Stadt geflohen, und die Straße bleibe gesperrt.",
    "tr": "Ordu, pazartesi günü kırk kişinin kasabadan kaçtığını ve kuzey yolunun bir haftadır kapalı olduğunu söyledi.",
    "zh": "军方表示，星期一有四十名男子逃离该镇，通往北方的道路已关闭一周，居民仍在等待消息。",
}
CODINGS = ["utf-8-sig", "utf-16", "utf-32", "utf-16-le-bom", "windows-1252", "iso-8859-1", "windows-1252"]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Expected(NamedTuple):
    """What must become of the sources, each relative to the folder."""

    files: int
    read: set[str]
    same: set[str]  # the bytes and the origin of another that was read before
    refused: dict[str, str]  # source → words that its reason must hold


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = 0
        self.number = 0
        self.read: set[str] = set()
        self.same: set[str] = set()
        self.refused: dict[str, str] = {}

    def words(self) -> str:
        """A report like no other one."""
        self.number += 1
        at, place = self.number, PLACES[self.number % len(PLACES)]
        day = f"{1 + at % 28} {('January', 'February', 'March')[at % 3]} 2024"
        return (
            f"The army said on {day} that {at + 40} men had fled {place}. A spokesman for the Zafir Front denied "
            f"that. Nurse number {at} told the Marun Herald that {at % 9 + 2} people were killed on the road to {place}."
        )

    def put(self, name: str, raw: bytes | str, *inside: str) -> None:
        """A file whose documents are `NAME`, or `NAME` with each of `inside` behind it."""
        self.write(name, raw)
        self.read |= {name + each for each in inside or ("",)}

    def refuse(self, name: str, raw: bytes | str, reason: str) -> None:
        self.write(name, raw)
        self.refused[name] = reason

    def write(self, name: str, raw: bytes | str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        self.files += 1


def make(root: Path) -> Expected:
    """Write the folder; 300 files, hidden ones and links included."""
    folder = _Folder(root)
    for part in PARTS:
        part(folder)
    fill = 300 - folder.files
    assert fill >= 0, folder.files
    for at in range(fill):
        folder.put(f"wire/2024/{at % 3 + 1:02}/{at:03}.txt", folder.words())
    return Expected(folder.files, folder.read, folder.same, folder.refused)


def _texts(folder: _Folder) -> None:
    for at in range(20):
        folder.put(f"notes/{'abcd'[at % 4]}/{at:02}.txt", folder.words().replace(". ", ".\r\n\r\n"))
    for at, coding in enumerate(CODINGS):
        words = f"{folder.words()} “The café in Marun’s old town – closed,” she said."
        raw = (
            words.replace("“", '"').replace("”", '"').encode("latin-1", "replace")
            if coding == "iso-8859-1"
            else None
        )
        folder.put(f"codings/{at} {coding}.txt", raw or _encoded(words, coding))
    for language, words in LANGUAGES.items():
        folder.put(f"languages/{language}.txt", f"{words}\n\n{words} ({folder.number})")
        page = f"<!doctype html><html lang={language}><body><article><p>{words}</p><p>{words}</p></article>"
        folder.put(f"languages/{language}.html", page)
    for language, coding in (
        ("ru", "windows-1251"),
        ("ru", "koi8-r"),
        ("ar", "windows-1256"),
        ("fr", "windows-1252"),
    ):
        folder.put(
            f"codings/{language} {coding}.txt",
            (LANGUAGES[language] + "\n").replace("’", "'").encode(coding) * 3,
        )
    for name in (
        "no ending",
        "with spaces and ünïcödé.txt",
        "\u202etxt.drawkcab.txt",
        "new\nline.txt",
        "\x1b[31mred.txt",
        "-rf.txt",
        "l" * 240 + ".txt",
        "a.b.c.d.TXT",
        "$(id);`id`.txt",
        "Über/straße/Łódź.text",
    ):
        folder.put(f"names/{name}", folder.words())
    odd = os.fsdecode(b"not utf-8 \xff\xfe.txt")
    folder.write(f"names/{odd}", folder.words())
    folder.read.add("names/not utf-8 \ufffd\ufffd.txt")


def _encoded(words: str, coding: str) -> bytes:
    return b"\xff\xfe" + words.encode("utf-16-le") if coding == "utf-16-le-bom" else words.encode(coding)


def _pages(folder: _Folder) -> None:
    for at in range(25):
        furniture = "<nav><a href=/>Home</a> <a href=/news>News</a></nav>"
        head = f"<title>Report {at}</title><meta property=article:published_time content=2024-03-{at + 1:02}>"
        body = f"<article><h1>Report {at}</h1><p>{folder.words()}</p><p>{folder.words()}</p></article>"
        folder.put(
            f"pages/{at}.{('html', 'htm', 'HTML')[at % 3]}",
            f"<!doctype html><html><head>{head}</head><body>{furniture}{body}<footer>All rights reserved</footer></body></html>",
        )
    folder.put("pages/broken.html", f"<p>{folder.words()}<div><b><p>{folder.words()}</i></table>")
    folder.put(
        "pages/xhtml.xhtml",
        f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{folder.words()}</p></body></html>',
    )
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{LANGUAGES["ru"]}</p></body></html>'
    folder.put("pages/1251.html", page.encode("windows-1251"))
    folder.put("pages/saved page", f"<!DOCTYPE html><html><body><p>{folder.words()}</p></body></html>")
    folder.refuse("pages/script only.html", "<html><body><script>var a = 1</script></body></html>", "empty")
    for at in range(12):
        folder.put(
            f"markdown/{at}.md",
            f"---\ntitle: Note {at}\ndate: 2024-02-{at + 1:02}\n---\n# Note {at}\n\n{folder.words()}\n\n- {folder.words()}\n",
        )


def _lines(folder: _Folder) -> None:
    for at in range(3):
        rows = [
            json.dumps(
                {"text": folder.words(), "publisher": "Marun Herald", "published": f"2024-03-0{at + 1}"}
            )
            for _ in range(4)
        ]
        folder.put(f"lines/{at}.jsonl", "\n".join(rows) + "\n", ":1", ":2", ":3", ":4")
    rows = [json.dumps({"text": folder.words()}), "{", '{"text": 1}', json.dumps({"text": folder.words()})]
    folder.put("lines/bad.jsonl", "\n".join(rows), ":1", ":4")
    folder.refused |= {"lines/bad.jsonl:2": "not JSON", "lines/bad.jsonl:3": "not a document"}
    folder.refuse("lines/one.json", '{"name": "no document"}', "JSON is not read")
    folder.refuse("lines/table.csv", "name,number\nx,1\n", "CSV")
    ged = "id,relid,year,type_of_violence,side_a,side_b,where_prec,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,best,high,low\n"
    rows = [
        f"{at},X-{at},2024,1,Government of Zafiria,Zafir Front,1,35.1,40.1,Zafiria,1,2024-03-0{at},2024-03-0{at},1,2,0,3,5,3"
        for at in (1, 2, 3)
    ]
    folder.put("lines/GEDEvent_v24_1.csv", ged + "\n".join(rows) + "\n", ":row 2", ":row 3", ":row 4")


def pdf(*lines: str, picture: bool = False, encrypted: bool = False, title: str = "") -> bytes:
    """A PDF of one page with these lines, written by hand; or one that is only a picture."""
    shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -16 Td " for line in lines)
    content = f"BT /F1 11 Tf 60 760 Td {shown}ET" if lines else "q 500 0 0 700 50 50 cm /I1 Do Q"
    stream = zlib.compress(content.encode("latin-1", "replace"))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>/XObject<</I1 6 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>stream\n\x00\xff\xff\x00\nendstream",
        b"<</Filter/Standard/V 1/R 2/P -44/O(%s)/U(%s)>>" % (b"x" * 32, b"y" * 32)
        if encrypted
        else f"<</Title({title})>>".encode(),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    named = b"/Encrypt 7 0 R/ID[(a)(b)]" if encrypted else b"/Info 7 0 R"
    at = len(out)
    out += (
        b"xref\n0 8\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 8/Root 1 0 R"
        + named
        + b">>\nstartxref\n%d\n%%%%EOF" % at
    )
    return bytes(out)


def _wrapped(words: str) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > 85:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _documents(folder: _Folder) -> None:
    for at in range(18):
        folder.put(
            f"pdf/{at}.{'PDF' if at % 5 == 0 else 'pdf'}",
            pdf(*_wrapped(folder.words()), *_wrapped(folder.words()), title=f"Paper {at}"),
        )
    folder.put("pdf/no ending", pdf(*_wrapped(folder.words())))
    folder.refuse("pdf/scan.pdf", pdf(), "scan")
    folder.refuse("pdf/encrypted.pdf", pdf(*_wrapped(folder.words()), encrypted=True), "password|encrypted")
    folder.refuse("pdf/header only.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF|damaged|broken")
    folder.put("pdf/page named so.pdf", f"<html><p>{folder.words()}</p></html>")
    for at in range(12):
        folder.put(f"word/{at}.docx", docx(folder.words(), folder.words()))
    folder.refuse(
        "word/password.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password|encrypted|Word"
    )
    folder.refuse("word/cut.docx", docx(folder.words())[:-200], "damaged|cut|DOCX")
    folder.refuse("word/old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word")


def docx(*paragraphs: str) -> bytes:
    import docx as python_docx  # noqa: PLC0415 - slow to load

    made, out = python_docx.Document(), io.BytesIO()
    for each in paragraphs:
        made.add_paragraph(each)
    made.save(out)
    return out.getvalue()


def letter(words: str, at: int, *attached: tuple[str, str, bytes]) -> bytes:
    """A message with attachments: name, media type, bytes."""
    head = (
        f"From: Ana <ana{at}@example.org>\r\nSubject: Report {at}\r\n"
        "Date: Tue, 5 Mar 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    )
    if not attached:
        return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode()
    parts = [f"Content-Type: text/plain\r\n\r\n{words}".encode(), *(_attached(*each) for each in attached)]
    body = b"".join(b"--part\r\n" + part + b"\r\n" for part in parts)
    return f'{head}Content-Type: multipart/mixed; boundary="part"\r\n\r\n'.encode() + body + b"--part--\r\n"


def _attached(name: str, kind: str, raw: bytes) -> bytes:
    head = f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'.encode()
    if kind == "message/rfc822":  # RFC 2046 lets it be neither base64 nor quoted-printable
        return head + b"\r\n" + raw
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(raw)


def _mail(folder: _Folder) -> None:
    for at in range(12):
        folder.put(f"mail/{at}.eml", letter(folder.words(), at))
    files = [
        ("note.txt", "text/plain", folder.words().encode()),
        ("paper.pdf", "application/pdf", pdf(*_wrapped(folder.words()))),
        ("memo.docx", DOCX, docx(folder.words())),
        ("letter.eml", "message/rfc822", letter(folder.words(), 99)),
        ("pack.zip", "application/zip", packed({"in.txt": folder.words().encode()})),
        ("photo.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(99)),
    ]
    folder.put(
        "mail/attached.eml",
        letter(folder.words(), 50, *files),
        "",
        "#note.txt",
        "#paper.pdf",
        "#memo.docx",
        "#letter.eml",
    )
    folder.refused["mail/attached.eml#pack.zip"] = "ZIP inside another file"
    messages = [letter(folder.words(), 60 + at).replace(b"\r\n", b"\n") for at in range(3)]
    box = b"".join(b"From ana@example.org Tue Mar  5 10:00:00 2024\n" + each + b"\n" for each in messages)
    folder.put("mail/archive.mbox", box, "!1", "!2", "!3")


def _feeds(folder: _Folder) -> None:
    for at in range(2):
        items = "".join(
            f"<item><title>Item {each}</title><link>http://wire.example/{at}/{each}</link><description>{folder.words()}</description></item>"
            for each in (1, 2, 3)
        )
        folder.put(
            f"feeds/{at}.rss",
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>',
            "#1",
            "#2",
            "#3",
        )
    entries = "".join(
        f"<entry><title>Entry {each}</title><id>urn:{each}</id><updated>2024-03-05T10:00:00Z</updated><content type='text'>{folder.words()}</content></entry>"
        for each in (1, 2)
    )
    folder.put(
        "feeds/a.atom",
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>{entries}</feed>',
        "#1",
        "#2",
    )
    folder.refuse(
        "feeds/empty.rss",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title></channel></rss>',
        "no entry",
    )


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


def _archives(folder: _Folder) -> None:
    members = {
        "a.txt": folder.words().encode(),
        "deep/b.html": f"<html><body><p>{folder.words()}</p></body></html>".encode(),
        "c.docx": docx(folder.words()),
        "__MACOSX/x": b"x",
        ".hidden": b"x",
    }
    folder.put("archives/pack.zip", packed(members), "!a.txt", "!deep/b.html", "!c.docx")
    folder.put(
        "archives/nested.zip", packed({"in.zip": packed({"x.txt": folder.words().encode()})}), "!in.zip!x.txt"
    )
    mixed = packed(
        {"good.txt": folder.words().encode(), "empty.txt": b"", "../out.txt": folder.words().encode()}
    )
    folder.put("archives/mixed.zip", mixed, "!good.txt", "!../out.txt")
    folder.refused["archives/mixed.zip!empty.txt"] = "empty"
    folder.refuse("archives/cut.zip", mixed[:-30], "ZIP")
    folder.refuse("archives/bomb.gz", gzip.compress(bytes(80_000_000)), "limit|bomb|times its size")
    folder.put("archives/note.txt.gz", gzip.compress(folder.words().encode()))
    folder.refuse("archives/old.7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), "7-Zip")
    folder.refuse("archives/old.rar", b"Rar!\x1a\x07\x01\x00" + bytes(60), "RAR")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name in ("one.txt", "two/two.txt"):
            raw = folder.words().encode()
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    folder.put("archives/pack.tar.gz", out.getvalue(), "!one.txt", "!two/two.txt")
    pages = [
        (f"http://news.example/{at}", f"<html><body><article><p>{folder.words()}</p></article></body></html>")
        for at in (1, 2)
    ]
    folder.put(
        "archives/crawl.warc.gz",
        b"".join(gzip.compress(_response(*each)) for each in pages),
        *(f"!{address}" for address, _ in pages),
    )
    folder.put(
        "archives/cut.warc.gz",
        b"".join(gzip.compress(_response(f"http://cut.example/{at}", folder.words())) for at in (1, 2))[:-30],
        "!http://cut.example/1",
    )
    folder.refused["archives/cut.warc.gz"] = "cut short"


def _response(address: str, page: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32(http):08x}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def _others(folder: _Folder) -> None:
    for name in ("empty.txt", "empty.html", "empty.pdf", "empty.jsonl", "empty.docx", "empty.eml"):
        folder.refuse(f"odd/{name}", b"", "empty|not an e-mail")
    folder.refuse("odd/blank.txt", " \n\t\n", "empty")
    folder.refuse("odd/photo.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "PNG")
    folder.refuse("odd/photo.jpg", b"\xff\xd8\xff\xe0" + bytes(99), "JPEG")
    folder.refuse("odd/program.exe", b"MZ\x90\x00" + bytes(99), "binary")
    folder.refuse("odd/random", bytes(range(256)) * 4, "binary")
    folder.refuse("odd/data.db", b"SQLite format 3\x00" + bytes(99), "SQLite")
    folder.refuse(
        "odd/sheet.xlsx", packed({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "XLSX"
    )
    folder.refuse("odd/bad.parquet", b"PAR1" + bytes(20) + b"PAR1", "Parquet")
    with (folder.root / "odd/huge.txt").open("wb") as stream:
        stream.truncate(10**11)
    folder.files += 1
    folder.refused["odd/huge.txt"] = "MARSAD_DOCUMENT_BYTES"
    for name in (".hidden.txt", ".git/config", "notes/.x/y.txt"):
        folder.write(name, folder.words())
    first = (folder.root / "notes/a/00.txt").read_bytes()
    for name in ("z/copy.txt", "z/copy again.txt"):
        folder.write(name, first)
        folder.same.add(name)
    _links(folder)


def _links(folder: _Folder) -> None:
    elsewhere = folder.root.with_name("elsewhere.txt")
    elsewhere.write_text("The words of another folder, which nobody named.")
    targets = {
        "out.txt": elsewhere,
        "nowhere.txt": folder.root / "none.txt",
        "loop.txt": folder.root / "links/loop.txt",
    }
    (folder.root / "links").mkdir()
    for name, target in {**targets, "up": folder.root, "inside.txt": folder.root / "notes/a/00.txt"}.items():
        (folder.root / "links" / name).symlink_to(target)
        folder.files += 1
    folder.refused |= {
        "links/out.txt": "leads out",
        "links/nowhere.txt": "nowhere",
        "links/loop.txt": "nowhere",
    }
    folder.same.add("notes/a/00.txt")
    folder.read.add("links/inside.txt")
    folder.read.discard("notes/a/00.txt")
    os.mkfifo(folder.root / "links/pipe.txt")
    folder.files += 1
    folder.refused["links/pipe.txt"] = "no file|pipe|not a file|special"


PARTS: list[Callable[[_Folder], None]] = [
    _texts,
    _pages,
    _lines,
    _documents,
    _mail,
    _feeds,
    _archives,
    _others,
]
