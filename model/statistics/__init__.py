"""Numbers that tell of many and of nobody: counted through the lens, without the protected, small ones not shown."""
