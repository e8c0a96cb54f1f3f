"""A contact list on its way into the directory: its columns, its rows, who is who, the plan, and applying it."""
