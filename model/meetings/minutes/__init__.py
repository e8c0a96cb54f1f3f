"""Minutes: drafted, checked, filed, published, and what comes of them."""
