"""The workbench: pages, tables and an API over one ledger, for one person, on this machine alone."""
