"""The tables of the ledger. The migrations make them; a test holds the two together.

- `facts`: what happened; added, chained by hash, never changed
- `shown`: what may be shown of it; made from the facts, and thrown away at will
- `counted`: what all that is shown has in common; the same
"""

from marsad.ledger.schema.columns import metadata
from marsad.ledger.schema.counted import (
    COUNTED,
    counted_actors,
    counted_names,
    counted_places,
    counted_sources,
)
from marsad.ledger.schema.facts import (
    FACTS,
    documents,
    fetches,
    follows,
    forecasts,
    journal,
    lifts,
    merges,
    originals,
    polls,
    ratings,
    readings,
    redactions,
    reviews,
    runs,
    texts,
    vectors,
    verdicts,
)
from marsad.ledger.schema.shown import (
    OF_DOCUMENTS,
    RECORDS,
    bands,
    copies,
    indexed,
    retired,
    shown_actors,
    shown_claims,
    shown_documents,
    shown_figures,
    shown_incidents,
    shown_places,
    shown_relations,
    shown_times,
    sketches,
    terms,
)

SHOWN = (*OF_DOCUMENTS, *COUNTED)

__all__ = [
    "COUNTED",
    "FACTS",
    "RECORDS",
    "SHOWN",
    "bands",
    "copies",
    "counted_actors",
    "counted_names",
    "counted_places",
    "counted_sources",
    "documents",
    "fetches",
    "follows",
    "forecasts",
    "indexed",
    "journal",
    "lifts",
    "merges",
    "metadata",
    "originals",
    "polls",
    "ratings",
    "readings",
    "redactions",
    "retired",
    "reviews",
    "runs",
    "shown_actors",
    "shown_claims",
    "shown_documents",
    "shown_figures",
    "shown_incidents",
    "shown_places",
    "shown_relations",
    "shown_times",
    "sketches",
    "terms",
    "texts",
    "vectors",
    "verdicts",
]
