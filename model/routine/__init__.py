"""What somebody ought to do, told from what the store says and when: one module a kind of check."""
