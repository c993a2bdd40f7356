"""Where a record comes from, and what was changed in the ledger."""
