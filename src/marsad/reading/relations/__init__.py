"""How actors stand to each other."""

from marsad.reading.relations.annotator import annotate
from marsad.reading.relations.given import between
from marsad.reading.relations.learned import SYMMETRIC
from marsad.reading.relations.pairs import Mention

__all__ = ["SYMMETRIC", "Mention", "annotate", "between"]
