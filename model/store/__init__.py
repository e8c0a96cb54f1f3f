"""The kernel: opening, the one write door, the ledger, migrations and search."""
