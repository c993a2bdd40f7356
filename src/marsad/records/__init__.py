"""The record: frozen types for documents and what a reader found in them. No I/O."""
