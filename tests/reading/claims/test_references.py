import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reading import actors, cues
from marsad.reading.claims import quotations
from marsad.reading.claims.references import Resolver
from marsad.reading.text import segment

PLACES = {"Sarmin", "Ankara", "Moscow"}


def resolver_of(text, spoken=()):
    """A resolver; `spoken` are pairs of words, of a source and of what it says."""
    view = segment(text)
    cast = actors.annotate(view, is_place=PLACES.__contains__, speaks=lambda at: cues.speaks(view.tokens, at))
    spans = [((at(text, source),), (at(text, content),)) for source, content in spoken]
    return cast, Resolver(view, cast, quotations.find(view), spans)


def at(text, words):
    """The span of `words`; of "word#2" the second of them."""
    words, _, number = words.partition("#")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return found[int(number or 1) - 1]


def who(text, *sources, spoken=()):
    """Kind and actor of the last of `sources`, resolved in their order."""
    cast, resolver = resolver_of(text, spoken)
    names = {actor.id: actor.name for actor in cast.actors}
    speaker = [resolver.resolve(at(text, words)) for words in sources][-1]
    return speaker.kind, names.get(speaker.actor)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("A senior western diplomat, on condition of anonymity,", "unnamed"),
        ("Turkish officials", "unnamed"),
        ("Several rebel fighters", "unnamed"),
        ("one of the families", "private"),
        ("A lot of residents who fled", "private"),
        ("Both exiles and newcomers", "private"),
        ("Kurdish locals who have made it back", "private"),
        ("local people", "private"),
        ("friends she had at the time", "private"),
        ("Most people", "group"),
        ("Aid agencies", "group"),
        ("Critics of the plan", "group"),
        ("The UK’s ministry of defence", "organisation"),
        ("The footage, which nobody checked,", "document"),
        ("“the police”", "organisation"),
        ("His wife", "private"),
    ],
)
def test_the_kind_of_a_speaker_without_a_name(source, kind):
    assert who(f"{source} said so.", source) == (kind, None)


def test_a_source_may_be_cut_in_any_way():
    text = "Ana Ruiz, a spokeswoman for the Ruritanian Front (RF), who asked for calm, said so."
    for words in ("Ana Ruiz", "Ana Ruiz,", "Ruiz", text[: text.index(" said")]):
        assert who(text, words) == ("person", "Ana Ruiz")
    _, resolver = resolver_of(text)
    found = resolver.resolve(at(text, "Ana Ruiz,"), at(text, "who asked for calm"))
    assert (found.kind, found.person.name) == ("person", "Ana Ruiz")


def test_an_unnamed_spokesman_is_unnamed_and_speaks_for_the_body():
    text = "A spokesman for the Ruritanian Front said so."
    assert who(text, "A spokesman for the Ruritanian Front") == ("unnamed", "Ruritanian Front")


def test_who_is_named_only_as_owner_or_kin_does_not_speak():
    text = (
        "Ana Ruiz, the mayor, left. The father of Ana Ruiz, Ruiz’s aide and the Ruiz administration said so."
    )
    assert who(text, "The father of Ana Ruiz") == ("private", None)
    assert who(text, "Ruiz’s aide") == ("unnamed", None)
    assert who(text, "the Ruiz administration")[0] == "organisation"


def test_i_is_whoever_is_quoted_and_else_the_author():
    text = "“I saw it, and we ran,” said Omar Hadi, 19, a baker. I had not seen it."
    quoted = [("Omar Hadi, 19, a baker", "“I saw it, and we ran,”")]
    assert who(text, "I", spoken=quoted) == ("private", None)
    assert who(text, "we", spoken=quoted) == ("private", None)
    assert who(text, "I#2", spoken=quoted) == ("person", None)


def test_we_is_the_body_for_which_somebody_speaks():
    text = "“We hold the town,” said Eva Ruiz, a spokeswoman for the Ruritanian Front."
    source = "Eva Ruiz, a spokeswoman for the Ruritanian Front"
    assert who(text, "We", spoken=[(source, "“We hold the town,”")]) == (
        "organisation",
        "Ruritanian Front",
    )


def test_a_pronoun_inside_what_somebody_says_indirectly_is_that_somebody():
    text = "Eva Ruiz, the mayor, left. Omar Hadi, 19, said he would stay."
    spoken = [("Omar Hadi, 19,", "he would stay")]
    assert who(text, "he", spoken=spoken) == ("private", None)
    text = "The residents said they would stay. The army left."
    assert who(text, "they", spoken=[("The residents", "they would stay")]) == ("private", None)


def test_a_pronoun_inside_a_quotation_is_not_who_is_quoted():
    text = "Omar Hadi, the governor, spoke. “He wants war,” said Sami Karim, the mayor."
    spoken = [("Sami Karim, the mayor", "“He wants war,”")]
    assert who(text, "He", spoken=spoken) == ("person", "Omar Hadi")


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("The villagers fled in May. They said nobody was left.", "They", ("private", None)),
        ("The Ruritanian Front fled in May. It said nobody was left.", "It", ("organisation", "Ruritanian Front")),
        ("A woman fled to the gate. She said nobody was left.", "She", ("private", None)),
        ("The officials who said so left.", "who", ("unnamed", None)),
        ("The mines killed relatives of soldiers, who said so.", "who", ("unnamed", None)),
    ],
)  # fmt: skip
def test_a_pronoun_is_what_the_sentence_before_was_about(text, pronoun, expected):
    assert who(text, pronoun) == expected


def test_the_president_is_the_one_of_that_country():
    text = (
        "The Iraqi president, Omar Hadi, met the Turkish president, Sami Karim. The Iraqi president said so."
    )
    assert who(text, "The Iraqi president#2") == ("person", "Omar Hadi")


def test_a_capital_and_a_people():
    text = "The Turkish government denied it. Ankara and Moscow said so. The Turks said so."
    assert who(text, "Ankara and Moscow") == ("organisation", "Turkey")
    assert who(text, "The Turks")[0] == "group"


def test_the_answer_does_not_hang_on_the_name():
    text = "{0}’s decision to withdraw the troops was wrong. {0} said so. He said it twice."
    for name in ("Omar Hadi", "Eva Ruiz", "Sami Karim"):
        assert who(text.format(name), "He", spoken=()) == ("person", name)


def test_contents_that_hold_one_another_end():
    text = "She said he said so."
    spoken = [("She", "he said so"), ("he", "She said")]
    assert who(text, "She", "he", spoken=spoken)[0] == "unnamed"


def test_claims_within_claims_without_end():
    text = "I said " * 2_000
    view = segment(text)
    spans = [(((i, i + 1),), ((i + 7, len(text) - 1),)) for i in range(0, len(text) - 14, 7)]
    resolver = Resolver(
        view,
        actors.annotate(view, is_place=PLACES.__contains__, speaks=lambda at: cues.speaks(view.tokens, at)),
        quotations.find(view),
        spans[:400],
    )
    assert resolver.resolve(*spans[399][0]).kind == "person"


WORDS = st.sampled_from(
    [
        "I",
        "we",
        "he",
        "who",
        "the",
        "Ana",
        "Ruiz",
        "officials",
        "’s",
        "“",
        "”",
        ",",
        ".",
        "said",
        "of",
        "it’s",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=25), st.data())
def test_any_span_of_any_text_is_resolved_and_the_same_each_time(words, data):
    text = " ".join(words)
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda s: (min(s), max(s)))
    asked = data.draw(st.lists(spans, min_size=1, max_size=4))
    held = [((a,), (b,)) for a, b in data.draw(st.lists(st.tuples(spans, spans), max_size=4))]
    view = segment(text)
    cast = actors.annotate(view, is_place=lambda _: False, speaks=lambda at: cues.speaks(view.tokens, at))
    answers = []
    for _ in range(2):
        resolver = Resolver(view, cast, quotations.find(view), held)
        answers.append([resolver.resolve(span) for span in asked] + [resolver.resolve(*asked)])
    assert answers[0] == answers[1]
    assert all(one.actor is None for one in answers[0] if one.kind == "private")
