"""What the trained reader finds in a text, and what a reader is to those who use one.

Nothing heavy is imported here: annotators and their tests can name these types where the extra
`models` is not installed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from marsad.records.spans import Span, Spans

if TYPE_CHECKING:
    from marsad.models.vectors import Meaning, Vector


class Attribution(NamedTuple):
    """Who says what by which words: spans of code points, in order; `source` is empty where none is named.

    `probability` is of the attribution as a whole: that its cue is one, times that its cue has a content.
    """

    source: Spans
    cue: Spans
    content: Spans
    probability: float


class Entity(NamedTuple):
    """One mention of a type of re3d; `probability` is that of its least certain word."""

    span: Span
    type: str
    probability: float


class Filler(NamedTuple):
    """Words that fill a role of a frame; `probability` is that of its likeliest.

    The roles are MUC-4's: who did it, singly (`perpetrator`) and as an organisation, the thing aimed at
    (`target`), who suffered it by name (`victim`) and by description (`described`), and the weapon.
    """

    role: str
    span: Span
    probability: float


class Frame(NamedTuple):
    """A sort of attack that a text tells of, as MUC-4 has them, with all that fills its roles.

    `probability` says whether the text tells of one at all. Several of one sort are one frame here.
    """

    type: str
    probability: float
    fillers: tuple[Filler, ...]


class Vectors(Protocol):
    """Where spans take their vectors from."""

    @property
    def head(self) -> str:
        """See `Tagged.head`."""
        ...

    def mean(self, span: Span) -> Vector:
        """See `Tagged.vector`."""
        ...

    def meaning(self, spans: Spans) -> Meaning:
        """See `Tagged.meaning`."""
        ...


@dataclass(frozen=True)
class Tagged:
    """All that was found, in the order of the text. Attributions may hold one another; entities do not.

    `frames` has one of each sort that is likely enough.
    """

    attributions: tuple[Attribution, ...] = ()
    entities: tuple[Entity, ...] = ()
    frames: tuple[Frame, ...] = ()
    words: Vectors | None = field(default=None, compare=False, repr=False)

    def vector(self, span: Span) -> Vector:
        """float32 [384], of unit length: the mean state of the words that `span` touches.

        Two vectors are compared by their dot product. All zeros where `span` touches no word.

        Raises:
            ValueError: what was found came without vectors.
        """
        return self._vectors().mean(span)

    def meaning(self, spans: Spans) -> Meaning:
        """int8 [records.vectors.DIMENSIONS]: what the words of `spans` say, to be compared with others.

        Unit length, times `records.vectors.SCALE`, rounded. All zeros where `spans` touch no word.

        Raises:
            ValueError: what was found came without vectors.
        """
        return self._vectors().meaning(spans)

    @property
    def head(self) -> str:
        """What makes meanings, `name@version`: those of two heads do not compare.

        Raises:
            ValueError: what was found came without vectors.
        """
        return self._vectors().head

    def _vectors(self) -> Vectors:
        if self.words is None:
            raise ValueError("these tags were made without a model, so their words have no vectors")
        return self.words


class Model(Protocol):
    """A trained reader. `version` changes with any change of its weights."""

    version: str

    def read(self, text: str) -> Tagged:
        """What is in `text`. The same text gives the same bytes, whatever was read before it."""
        ...
