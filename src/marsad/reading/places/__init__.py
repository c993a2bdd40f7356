"""Named places."""

from marsad.reading.places.annotator import annotate, name_span, resolve

__all__ = ["annotate", "name_span", "resolve"]
