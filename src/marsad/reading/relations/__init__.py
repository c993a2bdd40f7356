"""How actors stand to each other."""

from marsad.reading.relations.annotator import annotate

__all__ = ["annotate"]
