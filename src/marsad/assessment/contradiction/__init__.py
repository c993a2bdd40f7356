"""Contradiction: one question, and answers that cannot all be true, each with its words.

records     a question with its sides
denials     what a denial denies
polarity    claims of which one denies the other
directions  which way something moves: up for one voice, down for another
figures     numbers of one series that exclude each other
incidents   what happened for one voice and did not for another, or by whom
lives       who is dead for one voice and alive for another
questions   all of them
asking      those that touch what is asked for
listing     contradictions as JSON objects
"""

from marsad.assessment.contradiction.asking import asked
from marsad.assessment.contradiction.listing import listed
from marsad.assessment.contradiction.questions import contradictions
from marsad.assessment.contradiction.records import Contradiction, Kind, Side

__all__ = ["Contradiction", "Kind", "Side", "asked", "contradictions", "listed"]
