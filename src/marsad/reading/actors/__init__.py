"""Who is named, and in what role."""

from marsad.reading.actors.annotator import annotate, with_mentions, with_persons_read

__all__ = ["annotate", "with_mentions", "with_persons_read"]
