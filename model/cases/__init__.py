"""Youths, their cases, the timeline, tasks, drafts, and the facts row kept over them."""
