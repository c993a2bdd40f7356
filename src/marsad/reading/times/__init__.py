"""Expressions of time."""

from marsad.reading.times.annotator import annotate, interval, latest_told
from marsad.reading.times.ranges import End, ends

__all__ = ["End", "annotate", "ends", "interval", "latest_told"]
