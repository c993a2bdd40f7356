"""The shapes: each turns a story into a page.

In a page `⟦b|…⟧` marks words that are no part of the text (menus, boxes, comments), `⟦h|…⟧` words that a
browser hides, `⟦n|…⟧` words that may be let in or left out (headline, byline, date, captions). They were
written before anything was measured on them.
"""

# ruff: noqa: E501 - markup, which reads best in its own lines
from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from benchmarks.pages.stories import STORIES, Block, Story

_MARK = re.compile("⟦([bhn])\\|([^⟧]{1,2000})⟧")
Template = Callable[[Story], str]


class Sample(NamedTuple):
    name: str
    markup: str
    paragraphs: tuple[str, ...]  # the text
    boilerplate: tuple[str, ...]
    hidden: tuple[str, ...]
    neutral: tuple[str, ...]


def samples(templates: Iterable[Template]) -> list[Sample]:
    """Every story in each of these shapes."""
    return [_sample(template, story) for template in templates for story in STORIES]


def _sample(template: Template, story: Story) -> Sample:
    marked = template(story)
    found: dict[str, list[str]] = {"b": [], "h": [], "n": []}
    for kind, words in _MARK.findall(marked):
        found[kind].append(html.unescape(words))
    return Sample(
        f"{template.__name__.removeprefix('_')}/{STORIES.index(story)}",
        _MARK.sub(lambda mark: mark[2], marked),
        tuple(block.text for block in story.blocks),
        tuple(found["b"]),
        tuple(found["h"]),
        tuple(found["n"]),
    )


# ── pieces ────────────────────────────────────────────────────────────────────────────────────


def escaped(block: Block) -> str:
    return html.escape(block.text, quote=False)


def blocks(story: Story, *, middle: str = "", **wraps: str) -> str:
    """The text as markup; `wraps` gives other tags for a kind, `middle` stands after the third block."""
    tags = {"p": "p", "h2": "h2", "quote": "blockquote", "item": "li", "row": "tr"} | wraps
    lines: list[str] = []
    for number, block in enumerate(story.blocks):
        before = story.blocks[number - 1].kind if number else None
        if before != block.kind:
            lines.append(_CLOSE.get(before or "", "") + _OPEN.get(block.kind, ""))
        if number == 3:
            lines.append(middle if block.kind not in _OPEN else "")
        tag = tags[block.kind]
        if block.kind == "row":
            cells = "".join(f"<td>{cell}</td>" for cell in escaped(block).split("\t"))
            lines.append(f"<tr>{cells}</tr>")
        elif block.kind == "quote" and tag == "blockquote":
            lines.append(f"<blockquote><p>{escaped(block)}</p></blockquote>")
        else:
            lines.append(f"<{tag}>{escaped(block)}</{tag.split()[0]}>")
    return "\n".join(lines) + _CLOSE.get(story.blocks[-1].kind, "")


_OPEN = {"item": "<ul>", "row": "<table>"}
_CLOSE = {"item": "</ul>\n", "row": "</table>\n"}
_PLACES = ("World", "Politics", "Business", "Weather", "Sport", "Culture", "Video", "Archive")


def links(names: Iterable[str], tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='/{number}'>⟦b|{name}⟧</a></{tag}>" for number, name in enumerate(names))


def head(story: Story, *, site: str = "The Valley Post", more: str = "") -> str:
    title = html.escape(story.headline)
    return (
        f"<!DOCTYPE html><html lang='{story.language}'><head><meta charset='utf-8'>"
        f"<title>{title} | {site}</title><meta property='og:title' content='{title}'>"
        f"<meta property='og:site_name' content='{site}'>"
        f"<meta property='article:published_time' content='{story.date}T08:00:00Z'>{more}</head>"
    )


def headline(story: Story) -> str:
    return f"<h1>⟦n|{html.escape(story.headline, quote=False)}⟧</h1>"


# ── shapes ────────────────────────────────────────────────────────────────────────────────────


def _news(story: Story) -> str:
    related = (
        "<div class='related-box'><h3>⟦b|Related stories⟧</h3><ul>"
        + links(["Bridge closed for a third week", "Council to meet on Friday over budget"])
        + "</ul></div>"
    )
    return f"""{head(story)}<body>
<div id="cookie-banner" class="cookie-consent"><p>⟦b|We and our 341 partners use cookies to improve your visit.⟧</p>
<button>⟦b|Accept all cookies⟧</button></div>
<header><a href="/">⟦b|The Valley Post⟧</a><nav><ul>{links(_PLACES)}</ul></nav></header>
<main><article>{headline(story)}<p class="byline">⟦n|By {story.author}⟧</p><time datetime="{story.date}">⟦n|{story.date}⟧</time>
<div class="share-bar"><a href="#">⟦b|Share on Mastodon⟧</a><a href="#">⟦b|Copy link⟧</a></div>
<figure><img src="a.jpg" alt="A road"><figcaption>⟦n|A road near the town, seen in winter. Photograph: Valley Post⟧</figcaption></figure>
<div class="article-body">{blocks(story, middle=related)}
<div class="newsletter-signup"><h4>⟦b|Get the morning letter⟧</h4><p>⟦b|Sign up to the letter that five thousand readers open.⟧</p></div>
</div></article>
<section class="comments" id="comments"><h2>⟦b|Comments (2)⟧</h2>
<div class="comment"><b>⟦b|reader47⟧</b><p>⟦b|They always say that and then nothing happens at all.⟧</p></div>
<div class="comment"><b>⟦b|valley_girl⟧</b><p>⟦b|My cousin drove there last week and saw no convoy.⟧</p></div></section></main>
<aside class="sidebar"><h3>⟦b|Most read⟧</h3><ol>{links(["Ten walks for autumn", "Mayor opens new pool"])}</ol></aside>
<footer><p>⟦b|Copyright The Valley Post. All rights reserved.⟧</p><ul>{links(["Terms of use", "Imprint"])}</ul></footer>
</body></html>"""


def _wire(story: Story) -> str:
    return f"""{head(story, site="Valley Wire")}<body class="page">
<div class="top"><span>⟦b|Valley Wire | Fast since 1951⟧</span> <a href="/login">⟦b|Client log-in⟧</a></div>
<div class="StoryHeader">{headline(story)}<div class="meta">⟦n|{story.date} 08:00 GMT⟧</div></div>
<div class="StoryBody">{blocks(story)}
<p class="credit">⟦n|(Reporting by {story.author}; editing by the desk)⟧</p></div>
<div class="tags">{links(["Ruritania", "Conflict", "Roads"], "span")}</div>
<div class="legal"><p>⟦b|Our standards: the principles of trust of the agency apply to all of its reports.⟧</p></div>
</body></html>"""


def _relief(story: Story) -> str:
    return f"""{head(story, site="Relief Board")}<body class="path-node">
<div role="navigation"><ul class="menu">{links(["Countries", "Disasters", "Jobs", "Training", "Help"])}</ul></div>
<main role="main"><article class="rw-article">{headline(story)}
<div class="rw-metadata"><dl><dt>⟦n|Country⟧</dt><dd>⟦n|Ruritania⟧</dd><dt>⟦n|Source⟧</dt><dd>⟦n|United Relief Office⟧</dd>
<dt>⟦n|Posted⟧</dt><dd>⟦n|{story.date}⟧</dd></dl></div>
<section class="attachments"><h3>⟦b|Attachments⟧</h3><ul><li><a href="/a.pdf">⟦b|Download report (PDF, 1.4 MB)⟧</a></li></ul></section>
<div class="rw-article__content">{blocks(story)}</div>
<section class="rw-article__details"><h3>⟦b|Report details⟧</h3><dl><dt>⟦b|Primary country⟧</dt><dd>⟦b|Ruritania (2,311 reports)⟧</dd>
<dt>⟦b|Format⟧</dt><dd>⟦b|News and press release⟧</dd></dl></section>
<section id="related"><h2>⟦b|Related content⟧</h2><article><h3><a href="/1">⟦b|Ruritania: access snapshot, second quarter⟧</a></h3></article></section>
</article></main><footer role="contentinfo"><p>⟦b|The board is a service of nobody in particular.⟧</p></footer></body></html>"""


def _blog(story: Story) -> str:
    return f"""{head(story, site="Notes from the Hills")}<body class="single single-post">
<div id="page"><div id="masthead"><p class="site-title">⟦b|Notes from the Hills⟧</p></div>
<div id="primary"><div class="post hentry"><h1 class="entry-title">⟦n|{html.escape(story.headline)}⟧</h1>
<div class="entry-meta">⟦n|Posted on {story.date} by {story.author}⟧</div>
<div class="entry-content">{blocks(story, h2="h3")}
<div class="sharedaddy"><h3>⟦b|Share this:⟧</h3><ul>{links(["Tweet it", "Print it"])}</ul></div></div>
<div class="entry-footer">⟦b|This entry was posted in Uncategorised. Bookmark the permalink.⟧</div></div>
<div class="nav-links"><a rel="prev" href="/p">⟦b|Previous: A winter of strikes⟧</a></div>
<ol class="commentlist"><li class="comment"><cite>⟦b|Tom⟧</cite><p>⟦b|Great post, thank you for writing it up so well.⟧</p></li></ol>
<div id="respond"><h3>⟦b|Leave a Reply⟧</h3><p>⟦b|Your address will not be published. Required fields are marked.⟧</p></div></div>
<div id="secondary" class="widget-area"><div class="widget"><h2>⟦b|Archives⟧</h2><ul>{links(["May 2019", "April 2019"])}</ul></div></div></div></body></html>"""


def _live(story: Story) -> str:
    posts = "".join(
        f"<div class='live-post' id='p{at}'><span class='time'>⟦n|{9 + at:02}.15 GMT⟧</span>{blocks(story._replace(blocks=(block,)))}"
        f"<div class='post-tools'><a href='#'>⟦b|Share post {at}⟧</a></div></div>"
        for at, block in enumerate(story.blocks)
    )
    return f"""{head(story)}<body><nav><ul>{links(_PLACES)}</ul></nav><main>{headline(story)}
<div class="key-events"><h2>⟦b|Key events⟧</h2><ul>{links(["Convoy hit at dawn", "Council meets"])}</ul></div>
<div class="live-blog" data-live="1">{posts}</div></main>
<footer>⟦b|Contact the live desk⟧</footer></body></html>"""


def _think_tank(story: Story) -> str:
    return f"""{head(story, site="Institute for Slow Questions")}<body>
<header class="site"><ul>{links(["Experts", "Programmes", "Events", "Donate"])}</ul></header>
<div class="hero">{headline(story)}<p class="dek">⟦n|A short paper by {story.author}⟧</p></div>
<div class="layout"><div class="toc"><h4>⟦b|In this paper⟧</h4><ol><li><a href="#s1">⟦b|Section one⟧</a></li><li><a href="#s2">⟦b|Section two⟧</a></li></ol></div>
<div class="wysiwyg long-form">{blocks(story)}</div>
<div class="footnotes"><ol><li id="fn1">⟦n|See the yearbook of 2019, page 14.⟧ <a href="#r1">↩</a></li><li id="fn2">⟦n|Interview with an official, May 2021.⟧</li></ol></div>
<div class="author-bio"><h4>⟦n|About the author⟧</h4><p>⟦n|{story.author} is a fellow of the Institute.⟧</p></div></div>
<div class="promo"><p>⟦b|Support our research with a gift of any size today.⟧</p></div>
<footer><p>⟦b|The Institute takes no positions of its own on anything.⟧</p></footer></body></html>"""


def _amp(story: Story) -> str:
    return f"""<!doctype html><html ⚡ lang="{story.language}"><head><meta charset="utf-8"><title>{html.escape(story.headline)}</title>
<script async src="https://cdn.example/v0.js"></script><style amp-boilerplate>body{{visibility:hidden}}</style>
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{story.date}", "author": {{"name": "{story.author}"}}}}</script></head>
<body><amp-sidebar id="menu" layout="nodisplay"><ul>{links(_PLACES)}</ul></amp-sidebar>
<amp-consent id="c"><div>⟦b|We value your privacy and that of our partners.⟧</div></amp-consent>
<div class="a-wrap"><article>{headline(story)}<amp-img src="a.jpg" alt="x"></amp-img><div class="amp-body">{blocks(story)}</div></article>
<amp-list src="/more"><div>⟦b|Loading more stories for you⟧</div></amp-list></div><div class="amp-foot">⟦b|View the full version of this page⟧</div></body></html>"""


def _tables_2003(story: Story) -> str:
    text = "<br><br>\n".join(escaped(block) for block in story.blocks if block.kind != "row")
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in escaped(block).split("\t")) + "</tr>"
        for block in story.blocks
        if block.kind == "row"
    )
    return f"""<HTML><HEAD><TITLE>{story.headline}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=760 BORDER=0><TR><TD COLSPAN=2><FONT SIZE=5>⟦b|Valley Online⟧</FONT></TD></TR>
<TR><TD WIDTH=120 VALIGN=top><FONT SIZE=1>{"<br>".join(f"<a href=x{n}.htm>⟦b|{name}⟧</a>" for n, name in enumerate(_PLACES))}</FONT></TD>
<TD WIDTH=640><FONT FACE=Verdana SIZE=4><B>⟦n|{story.headline}⟧</B></FONT><BR><FONT SIZE=1>⟦n|{story.date}⟧</FONT><BR><BR>
<FONT FACE=Verdana SIZE=2>{text}</FONT><TABLE BORDER=1>{rows}</TABLE></TD></TR>
<TR><TD COLSPAN=2 ALIGN=center><FONT SIZE=1>⟦b|Best seen with a screen of 800 by 600⟧</FONT></TD></TR></TABLE></BODY></HTML>"""


def _div_soup(story: Story) -> str:
    text = "".join(
        f'<div class="css-1x9"><span class="css-{at}">{escaped(b).replace(chr(9), " </span><span>")}</span></div>'
        for at, b in enumerate(story.blocks)
    )
    menu = "".join(
        f'<div class="css-m"><a href="/{n}"><span>⟦b|{name}⟧</span></a></div>'
        for n, name in enumerate(_PLACES)
    )
    return f"""{head(story)}<body><div id="root"><div class="css-0"><div class="css-q1">{menu}</div></div>
<div class="css-7aa"><div class="css-b2"><div class="css-t">⟦n|{html.escape(story.headline)}⟧</div>{text}</div></div>
<div class="css-z9"><div><span>⟦b|You have read two of three free stories⟧</span></div><div><a href="/sub">⟦b|Subscribe for a coin a week⟧</a></div></div></div></body></html>"""


def _tag_soup(story: Story) -> str:
    wraps = {"h2": "<h3>", "quote": "<blockquote>", "item": "<li>", "row": "<tr><td>", "p": "<P CLASS=txt>"}
    text = "\n".join(
        wraps[b.kind]
        + escaped(b).replace("\t", "<td>")
        + {"h2": "</h3>", "quote": "</blockquote>", "row": ""}.get(b.kind, "")
        for b in story.blocks
    )
    return f"""<html><title>{story.headline}</title><body text=black></div><center><a href=/>⟦b|Front page⟧</a> | <a href=/x>⟦b|Guest book⟧</a></center>
<h1>⟦n|{story.headline}</h2>⟧<b><i>{text.replace("<tr>", "<table><tr>", 1) if "<tr>" in text else text}</b></table>
<hr><font size=1>⟦b|This page was last touched by the webmaster⟧</i></font></p></body></body>"""


def _endless_menu(story: Story) -> str:
    menu = "".join(
        f"<li><a href='/s{at}'>⟦b|Section {at} of the paper⟧</a><ul><li><a href='/s{at}/a'>⟦b|Sub-section {at} a⟧</a></li></ul></li>"
        for at in range(120)
    )
    return f"""{head(story)}<body><div class="megamenu"><ul>{menu}</ul></div><div id="content">{headline(story)}
<div itemprop="articleBody">{blocks(story)}</div></div>
<div class="footer-links"><ul>{links([f"City page number {n}" for n in range(60)])}</ul></div></body></html>"""


def _press_release(story: Story) -> str:
    text = "".join(
        f"<p>{escaped(block)}</p>" if block.kind != "row" else f"<p>{escaped(block).replace(chr(9), ' ')}</p>"
        for block in story.blocks
    )
    return f"""{head(story, site="Council of Nations")}<body><div class="skip">⟦b|Skip to main content⟧</div>
<div class="region-header"><div class="lang">{links(["Français", "Español", "العربية"], "span")}</div></div>
<div class="breadcrumb"><a href="/">⟦b|Home⟧</a> » <a href="/press">⟦b|Meetings coverage⟧</a></div>
<div class="node-type-press"><div class="symbol">⟦n|SC/15622⟧</div>{headline(story)}<div class="field-items">{text}</div>
<p>⟦n|For information media. Not an official record.⟧</p></div>
<div class="region-footer"><div>⟦b|Follow the Council on five networks⟧</div></div></body></html>"""


def _breaks(story: Story) -> str:
    text = "<br/><br/>".join(escaped(block).replace("\t", " ") for block in story.blocks)
    return f"""{head(story)}<body><div class="menu">{links(_PLACES, "span")}</div><div class="content"><h2>⟦n|{story.headline}⟧</h2>
<div class="txt">{text}</div></div><div class="bottom">⟦b|Printed from the site of the Post⟧</div></body></html>"""


def _bare(story: Story) -> str:
    return f"<p>⟦n|{html.escape(story.headline)}⟧</p>{blocks(story)}"


def _hiding(story: Story) -> str:
    hides = """<p style="display:none">⟦h|Keyword salad for engines of search and nobody else.⟧</p>
<div hidden><p>⟦h|A draft paragraph that was never published at all.⟧</p></div>
<p class="sr-only-x">⟦h|Words that a rule of the style sheet puts away.⟧</p><span style="font-size:0">⟦h|zero sized words of a spammer⟧</span>
<div style="position:absolute; left:-9999px"><p>⟦h|Casino words far off to the left of the page.⟧</p></div>
<p aria-hidden="true">⟦h|An icon font caption that is not for eyes or ears.⟧</p><p id="ghost">⟦h|A ghost that has an identity of its own.⟧</p>
<template><p>⟦h|A template that waits to be filled by a script.⟧</p></template><p style="visibility: hidden">⟦h|An invisible sentence that still takes room.⟧</p>"""
    style = "<style>.a{color:red} .sr-only-x , .b{ display : none } @media print{.c{display:none}} #ghost{visibility:hidden!important}</style>"
    return f"""{head(story, more=style)}<body><nav>{links(_PLACES, "span")}</nav><article>{headline(story)}
<div class="article-content">{blocks(story, middle=hides)}</div></article>
<p><a href="javascript:void(0)">⟦b|Load the next story⟧</a></p></body></html>"""


def _channel(story: Story) -> str:
    posts = "".join(
        f"<div class='message_wrap'><div class='message_author'>⟦b|Valley Watch⟧</div><div class='message_text' dir='auto'>{escaped(block).replace(chr(9), ' ')}</div>"
        f"<div class='message_footer'><span>⟦b|{at + 1}.2K views⟧</span></div></div>"
        for at, block in enumerate(story.blocks)
    )
    return f"""{head(story, site="Valley Watch")}<body><header>⟦b|Join channel⟧</header><main><section class="history">{posts}</section></main></body></html>"""


def _right_to_left(story: Story) -> str:
    return f"""{head(story, site="بريد الوادي")}<body dir="rtl"><div class="nav-bar"><ul>{links(["الرئيسية", "سياسة", "اقتصاد", "رياضة"])}</ul></div>
<div class="article-wrapper"><div class="title">{headline(story)}</div><div class="date">⟦n|{story.date}⟧</div>
<div class="article-text" id="article_body">{blocks(story)}</div><div class="social"><a href="#">⟦b|شارك المقال على المنصات⟧</a></div></div>
<div class="related"><h3>⟦b|اقرأ أيضاً⟧</h3><ul>{links(["اجتماع المجلس المحلي يوم الجمعة", "أسعار الخبز ترتفع"])}</ul></div>
<footer>⟦b|جميع الحقوق محفوظة لبريد الوادي⟧</footer></body></html>"""


TEMPLATES: tuple[Template, ...] = (
    *(_news, _wire, _relief, _blog, _live, _think_tank, _amp, _tables_2003, _div_soup, _tag_soup),
    *(_endless_menu, _press_release, _breaks, _bare, _hiding, _channel, _right_to_left),
)
