"""The life of a contact list: an owner, an age, rounds and readers."""
