"""The click commands, one file a noun: parse, call the model, render."""
