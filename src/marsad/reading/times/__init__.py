"""Expressions of time."""

from marsad.reading.times.annotator import annotate, interval, latest_told

__all__ = ["annotate", "interval", "latest_told"]
