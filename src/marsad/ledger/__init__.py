"""The ledger: where documents, their readings and every record are kept, and asked for again.

store        the ledger itself; `schema` is its tables, `journal` their spine
putting      readings in; `decisions`: reviews, merges, ratings, lifts and redactions in
view         a document as it stood, from the facts
showing      what may be shown of the facts: rows, search index, pairs of copies
asking       questions: fields, SQL, and the answers
reviewing    reviews: drafted, attached to words, applied to the newest reading
tracing      where a record comes from; the change log
checking     whether everything is as it was stored; `backup` copies and restores
"""
