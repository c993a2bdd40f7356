"""Shapes that were written after Marsad's rules, and are measured only."""

# ruff: noqa: E501 - markup, which reads best in its own lines
from __future__ import annotations

import html

from benchmarks.pages.stories import Story
from benchmarks.pages.templates import Template, blocks, escaped, head, headline, links


def _french_site(story: Story) -> str:
    return f"""{head(story, site="Le Courrier du Val")}<body>
<div class="entete"><div class="liens-rapides">{links(["Accueil", "Actualité", "Région"], "span")}</div></div>
<div class="colonne-gauche"><ul class="liste">{links(["À la une", "Météo du jour", "Nos archives"])}</ul></div>
<div class="contenu"><div class="titre">{headline(story)}</div><div class="chapeau">⟦n|Par {story.author}⟧</div>
<div class="texte">{blocks(story)}</div></div>
<div class="colonne-droite"><h3>⟦b|Les plus lus⟧</h3><ol>{links(["Dix promenades", "Le maire répond"])}</ol></div>
<div class="pied"><p>⟦b|Mentions légales, tous droits réservés au Courrier.⟧</p></div></body></html>"""


def _components(story: Story) -> str:
    rich = "<aside data-component='rich-link'><a href='/r'><span>⟦b|Bridge closed again, council says⟧</span></a></aside>"
    return f"""{head(story)}<body class="dcr-1"><div data-print-layout="hide"><a href="#main">⟦b|Jump to content⟧</a>
<div data-component="nav3">{links(["News", "Opinion", "Sport"], "div")}</div></div>
<main id="main"><div data-gu-name="headline">{headline(story)}</div><div data-gu-name="meta"><address>⟦n|{story.author}⟧</address></div>
<div data-gu-name="body"><div class="dcr-7">{blocks(story, middle=rich)}
<div data-component="contributions"><p>⟦b|If you like what we do, pay for it with a coin.⟧</p></div></div></div>
<div data-component="submeta"><a href="/t">⟦b|Ruritania⟧</a> <a href="/t2">⟦b|Armed groups⟧</a> <a href="/p">⟦b|Reuse this content⟧</a></div></main>
<section data-component="most-viewed"><h2>⟦b|Most viewed⟧</h2><ol>{links(["A pool opens", "A bridge closes"])}</ol></section></body></html>"""


def _encyclopedia(story: Story) -> str:
    return f"""{head(story, site="Openpedia")}<body class="mediawiki"><div id="mw-page-base"></div>
<div id="content" class="mw-body" role="main"><h1 id="firstHeading">⟦n|{html.escape(story.headline)}⟧</h1>
<div id="siteSub">⟦b|From Openpedia, where all may write⟧</div><div id="mw-content-text"><div class="mw-parser-output">
<div id="toc" class="toc"><h2>⟦b|Contents⟧</h2><ul>{links(["1 Background", "2 Aftermath"])}</ul></div>
{blocks(story)}<div class="reflist"><ol><li>⟦n|Yearbook of 2019, page 14.⟧</li></ol></div>
<div class="navbox"><ul>{links(["Battles of Ruritania", "Roads of Ruritania"])}</ul></div></div></div></div>
<div id="mw-navigation"><div id="p-personal">{links(["Create account", "Talk"], "span")}</div></div>
<div id="footer"><ul id="footer-info"><li>⟦b|This page was last edited in the morning.⟧</li></ul></div></body></html>"""


def _letter_site(story: Story) -> str:
    return f"""{head(story, site="Slow Letters")}<body><div class="main-menu-content"><a href="/">⟦b|Slow Letters⟧</a> <button>⟦b|Subscribe⟧</button></div>
<div class="single-post-container"><article class="newsletter-post post"><div class="post-header">{headline(story)}<h3 class="subtitle">⟦n|A note from the hills⟧</h3></div>
<div class="available-content"><div class="body markup">{blocks(story)}
<div class="subscription-widget-wrap"><p>⟦b|Thanks for reading. Subscribe for free to get new letters.⟧</p></div></div></div>
<div class="post-footer"><a>⟦b|14 Likes⟧</a> <a>⟦b|Share⟧</a></div></article>
<div id="discussion"><h4>⟦b|Discussion about this post⟧</h4><div class="comment-content"><p>⟦b|I had no idea, and now I have one. Thank you.⟧</p></div></div></div></body></html>"""


def _portal(story: Story) -> str:
    body = "".join(
        f"<div class='paragraph paragraph--type--text'><div class='field field--name-body'>{escaped(block) if block.kind != 'row' else escaped(block).replace(chr(9), ' ')}</div></div>"
        for block in story.blocks
    )
    return f"""{head(story, site="Ministry of Roads")}<body class="node-type-news"><div class="gov-bar">⟦b|An official site of a country that is not there⟧</div>
<div class="grid"><div class="grid__left"><div class="block block-system">{links(["Ministry", "Services", "Press room"], "div")}</div></div>
<div class="grid__main"><div class="block-page-title">{headline(story)}</div><div class="node__content">{body}</div>
<div class="node__links"><a href="/print">⟦b|Printable version⟧</a></div></div></div>
<div class="grid__footer"><div>⟦b|Hotline of the ministry: open from nine to five⟧</div></div></body></html>"""


HELD_OUT: tuple[Template, ...] = (_french_site, _components, _encyclopedia, _letter_site, _portal)
