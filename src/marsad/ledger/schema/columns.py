"""What all tables share: their names for constraints, and the types of their columns.

Days are ISO 8601 dates, moments are ISO 8601 in UTC to the microsecond, both as text, so that they
sort as they are. JSON is canonical: the bytes that `records.reading.encode` writes.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData, Text
from sqlalchemy.dialects import postgresql

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Text is compared by code point in both databases: what sorts, pages and equals must not differ.
Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
Number = Integer().with_variant(BigInteger, "postgresql")  # SQLite's integer keys are 64 bits wide
