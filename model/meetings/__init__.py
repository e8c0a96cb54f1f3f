"""The meeting year: planning, inviting, minutes, what comes of them; agreements and groups."""
