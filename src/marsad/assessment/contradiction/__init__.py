"""Contradiction: one question, and answers that cannot all be true, each with its words.

records     a question with its sides
denials     what a denial denies
polarity    claims of which one denies the other
directions  which way something moves: up for one voice, down for another
figures     numbers of one series that exclude each other
incidents   what happened for one voice and did not for another, or by whom
questions   all of them
listing     contradictions as JSON objects
"""

from marsad.assessment.contradiction.listing import listed
from marsad.assessment.contradiction.questions import contradictions
from marsad.assessment.contradiction.records import Contradiction, Kind, Side

__all__ = ["Contradiction", "Kind", "Side", "contradictions", "listed"]
