"""What stands on top of the work for a moment: help, palette, questions, progress."""
