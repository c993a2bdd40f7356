"""One table for every kind of thing in the ledger, made of `ledger.asking.fields`."""
