"""What is claimed to have happened."""

from marsad.reading.incidents.annotator import annotate

__all__ = ["annotate"]
