"""Widgets that know nothing of cases: lists, lanes, the bar of keys."""
