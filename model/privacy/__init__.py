"""The lens: what a viewer may see of a young person, and what is held back."""
