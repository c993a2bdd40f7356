"""Entities of the schema of re3d: persons, organisations, places, times, amounts, arms, documents."""

from marsad.reading.entities.annotator import annotate
from marsad.reading.entities.entity import Entity, largest

__all__ = ["Entity", "annotate", "largest"]
