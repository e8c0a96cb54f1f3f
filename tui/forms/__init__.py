"""Forms that come from the records."""
