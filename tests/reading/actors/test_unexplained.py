"""Names that only the trained reader takes for persons'. What it found is given, so that each case is certain."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.disclosure import mask_text
from marsad.models import Entity
from marsad.reading import pipeline
from marsad.reading.actors import unexplained
from marsad.reading.text import segment
from tests.reading.making import document


def masked(text, *persons, explained=(), others=()):
    """The words masked where the trained reader took all mentions of `persons` for persons."""

    def spans(words):
        at = text.find(words)
        while at >= 0:
            yield at, at + len(words)
            at = text.find(words, at + 1)

    read = [Entity(span, "Person", 0.9) for words in persons for span in spans(words)]
    read += [Entity(span, "Organisation", 0.9) for words in others for span in spans(words)]
    found = unexplained.annotate(
        segment(text),
        read,
        explained=[span for words in explained for span in spans(words)],
        is_place={"Sarmin", "Bala"}.__contains__,
        is_country={"Ruritania", "Ruritanian"}.__contains__,
    )
    return [text[begin:end] for begin, end in sorted(masks(found))]


def masks(persons):
    return [span for person in persons for span in (*person.mentions, *person.details)]


def test_a_given_name_alone_is_masked_wherever_it_stands():
    text = "Zelmira dreams of a house. Her brother waits. For Zelmira it is hard."
    assert masked(text, "Zelmira") == ["Zelmira", "Zelmira"]


def test_who_owns_what_is_named_is_masked():
    assert masked("Zelmira's mother waits in the town.", "Zelmira's mother") == ["Zelmira"]


def test_names_that_are_joined_are_masked_each_and_their_parts_alone():
    text = "Two men, Orlo Vantek and Immo Desh, were held. Vantek said nothing."
    assert masked(text, "Orlo Vantek and Immo Desh") == ["Orlo Vantek", "Immo Desh", "Vantek"]


def test_ages_and_home_towns_beside_them_are_masked():
    text = "Orlo Vantek, 24, from Sarmin, was killed there."
    assert masked(text, "Orlo Vantek") == ["Orlo Vantek", "24", "Sarmin"]


def test_what_is_explained_is_left():
    text = "Vantek spoke in the town. The Red Front waits."
    assert masked(text, "Vantek", "Red Front", explained=["Vantek", "Red Front"]) == []


def test_a_common_noun_at_the_head_of_a_sentence_is_left():
    text = "Observers say so. Medics agree. The leadership waits. Leadership is rare."
    assert masked(text, "Observers", "Medics", "Leadership") == []


def test_peoples_places_and_descriptions_are_left():
    text = "The Ruritanian waits. In Bala it rains. A lawyer of the court waits."
    assert masked(text, "Ruritanian", "Bala", "A lawyer of the court") == []


def test_a_surname_that_a_place_bears_is_masked_where_it_is_read_as_a_person_twice():
    text = "There was Bala in the room. We saw Bala again."
    assert masked(text, "Bala") == ["Bala", "Bala"]
    assert masked("There was Bala in the room.", "Bala") == []


def test_what_is_read_otherwise_more_often_is_left():
    text = "They came to Jinva. In Jinva they stayed. Then Jinva grew."
    assert masked(text, "Then Jinva", others=["Jinva"]) == []


@given(st.text(alphabet="ABab ,.'’\n-é", max_size=60), st.data())
def test_nothing_is_masked_twice_and_all_are_words_of_the_text(text, data):
    at = st.integers(0, len(text))
    edges = sorted(data.draw(st.sets(at, max_size=8)))  # entities do not overlap
    read = [Entity(span, "Person", 0.5) for span in zip(edges[::2], edges[1::2], strict=False)]
    found = unexplained.annotate(
        segment(text), read, explained=(), is_place=lambda _: False, is_country=lambda _: False
    )
    spans = masks(found)
    assert len(spans) == len(set(spans))
    assert all(text[begin:end].strip() == text[begin:end] != "" for begin, end in spans)


def test_the_product_masks_them():
    text = (
        "The camp has been full since March, a spokesman for the agency said. "
        "“We are not dangerous,” wrote Maria in a message from the camp. "
        "Two foreign fighters, Alexanda Kotran and Shafin Elmek, were captured in January."
    )
    shown = mask_text(pipeline.read(document(text)))
    assert not any(name in shown for name in ("Maria", "Alexanda", "Kotran", "Shafin", "Elmek"))
