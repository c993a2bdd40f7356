"""Who said what, on sentences written for these tests."""

import pytest

from marsad.reading.claims import attribution, quotations
from marsad.reading.text import segment
from marsad.records.spans import text_of


def read(text):
    view = segment(text)
    found = attribution.find(view, quotations.find(view), {s.number: s.begin for s in view.sentences})
    return [
        (view[a.source] if a.source else None, view[a.cue] if a.cue else None, text_of(text, a.content))
        for a in found
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # before, after and inside the content
        ("The ministry said the bridge had fallen.", "The ministry", "said", "the bridge had fallen"),
        ("The bridge had fallen, the ministry said.", "the ministry", "said", "The bridge had fallen"),
        ("The bridge, he said, had fallen.", "he", "said", "The bridge … had fallen"),
        ("The bridge had fallen, she said, but the road was open.", "she", "said", "The bridge had fallen … but the road was open"),
        ("“The bridge has fallen,” said Ana Ruiz, a local mayor.", "Ana Ruiz, a local mayor", "said", "“The bridge has fallen,”"),
        ("“It fell,” she told reporters on Friday.", "she", "told", "“It fell,”"),
        ("Ruiz said: “It fell. We saw it.”", "Ruiz", "said", "“It fell. We saw it.”"),
        ("“It fell.” Ruiz said.", "Ruiz", "said", "“It fell.”"),
        # addressees, channels and times between cue and content
        ("He told the Daily Record that the front had split.", "He", "told", "the front had split"),
        ("The army said in a statement on Monday that it had withdrawn.", "The army", "said", "it had withdrawn"),
        ("The mayor on Sunday warned that food was short.", "The mayor", "warned", "food was short"),
        # apposition
        ("Omar Said, 41, the head of the clinic, said the road was mined.", "Omar Said, 41, the head of the clinic", "said", "the road was mined"),
        ("The interior minister, Eva van der Berg, said the camp would close.", "The interior minister, Eva van der Berg", "said", "the camp would close"),
        # phrases
        ("According to the panel, the group has split.", "the panel", "According to", "the group has split"),
        ("The group has split, according to a report issued by the mission.", "a report issued by the mission", "according to", "The group has split"),
        ("The analyst is of the opinion that the truce will fail.", "The analyst", "is of the opinion", "the truce will fail"),
        ("The survey shows that the town is empty.", "The survey", "shows", "the town is empty"),
        # belief, intention, order, denial
        ("Officials believe the convoy was hit at night.", "Officials", "believe", "the convoy was hit at night"),
        ("The front vowed to retake the town.", "The front", "vowed", "to retake the town"),
        ("The governor ordered residents to leave.", "The governor", "ordered", "residents to leave"),
        ("The army denied that it had shelled the town.", "The army", "denied", "it had shelled the town"),
        ("The council declared the defeat of the militia.", "The council", "declared", "the defeat of the militia"),
    ],
)  # fmt: skip
def test_one_attribution(text, source, cue, content):
    assert read(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not say how many had died.",
        "He declined to say where the men were held.",
        "It is hard to say that the truce will hold.",
        "Previous claims had been checked by the panel.",
        "The border dispute and the reports of theft continued.",
        "An estimated 70 families left the town.",
        "The US state department was closed.",
        "If the council says that it is safe, they will return.",
        "The so-called “caliphate” had ended.",
    ],
)
def test_no_attribution(text):
    assert read(text) == []


def test_a_quotation_that_goes_on_keeps_its_cue():
    found = read("“The road is shut,” Ruiz said. “Nobody can leave the town by night.”")
    assert found == [("Ruiz", "said", "“The road is shut,” … “Nobody can leave the town by night.”")]


def test_a_quotation_of_its_own_has_no_cue():
    found = read("Ruiz said the road was shut. He was tired. “Nobody can leave the town by night.”")
    assert found[1] == (None, None, "“Nobody can leave the town by night.”")


def test_a_block_quotation_opens_every_paragraph_and_closes_once():
    found = read("Ruiz said: “The road is shut.\n\n“Nobody can leave the town.”\n\nThe town has a clinic.")
    assert [content for _, _, content in found] == ["“The road is shut.", "“Nobody can leave the town.”"]


def test_two_speakers_in_one_sentence_are_told_apart():
    found = read("The army said the town was quiet, but the mayor said shells had fallen.")
    assert found == [
        ("The army", "said", "the town was quiet"),
        ("the mayor", "said", "shells had fallen"),
    ]


def test_a_participle_has_the_holder_of_the_clause_before():
    found = read("The army said the town was quiet, adding that schools were open.")
    assert found[1] == ("The army", "adding", "schools were open")


def test_the_cited_source_stands_behind_the_speaker():
    view = segment("The experts reported, citing an unnamed officer as saying that the cells were moving.")
    found = attribution.find(view, (), {0: 0})
    assert [(view[a.source], [view[s] for s in a.behind]) for a in found] == [
        ("The experts", ["an unnamed officer"])
    ]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The commander is believed to have fled.", "is believed"),
        ("The commander reportedly fled to the hills.", "reportedly"),
        ("It was reported that the commander had fled.", "was reported"),
    ],
)
def test_a_hidden_source_is_not_the_narrator(text, cue):
    view = segment(text)
    found = attribution.find(view, (), {0: 0})
    assert [(a.hidden, a.source, view[a.cue]) for a in found] == [(True, None, cue)]


def test_old_wire_quotation_marks():
    assert read("''The road is shut,'' Mr. Ruiz said.") == [("Mr. Ruiz", "said", "''The road is shut,''")]


def test_a_name_alone_before_a_verb_in_the_present_is_its_subject():
    assert read("Al-Hadi indicates that the group has split.") == [
        ("Al-Hadi", "indicates", "the group has split")
    ]
    assert read("Latest estimates suggest that the group has split.") == []
