"""The forms of the work, each with what it begins with and how it is saved."""
