"""Keeping the store safe and sound: backup and doctor."""
