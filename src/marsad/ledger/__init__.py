"""The ledger: where documents, their readings and every record are kept, and asked for again."""
