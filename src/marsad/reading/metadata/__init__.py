"""What a document says of itself."""

from marsad.reading.metadata.annotator import annotate, body_begin, furniture

__all__ = ["annotate", "body_begin", "furniture"]
