"""Places beside the desk, one key away: what needs attention, contact lists, the meeting year."""
