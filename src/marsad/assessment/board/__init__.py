"""The board of a watch: each indicator with its direction, figures, voices, changes and gaps.

records     what it holds
situation   what a ledger holds on a watch at one date, and the standing of each indicator
directions  which way an indicator moves
gaps        what is not known, and who is silent
changes     what is otherwise than on an earlier day
telling     a change in one sentence
build       all of it together
"""

from marsad.assessment.board.build import board, composed, earlier_day
from marsad.assessment.board.records import (
    Board,
    Change,
    ChangeKind,
    Direction,
    Movement,
    Silence,
    Standing,
    Step,
    Voice,
)

__all__ = [
    "Board",
    "Change",
    "ChangeKind",
    "Direction",
    "Movement",
    "Silence",
    "Standing",
    "Step",
    "Voice",
    "board",
    "composed",
    "earlier_day",
]
