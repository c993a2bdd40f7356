"""The sections of a report, one module each: from a situation to sentences, tables and pictures."""
