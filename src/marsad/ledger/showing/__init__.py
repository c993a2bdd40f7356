"""What may be shown of the facts: its rows, its search index, and the pairs of copies."""
