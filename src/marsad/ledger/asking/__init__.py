"""Questions to the ledger: what can be asked, its SQL, and the answers."""
