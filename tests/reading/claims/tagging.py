"""Tags as a trained reader would give them, found by their words."""

from marsad.models import Attribution, Tagged
from marsad.reading.text import segment


def tagged(text, *attributions):
    """Each attribution is (source, cue, content pieces...) as words of `text`, in their order there."""
    return Tagged(tuple(attribution(text, *words) for words in attributions))


def attribution(text, source, cue, *content, probability=0.9):
    return Attribution(
        spans(text, source) if source else (),
        spans(text, cue),
        tuple(span for piece in content for span in spans(text, piece)),
        probability,
    )


def spans(text, words):
    begin = text.index(words)
    return ((begin, begin + len(words)),)


def begins(text):
    return {sentence.number: sentence.begin for sentence in segment(text).sentences}
