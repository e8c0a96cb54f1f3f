"""What a coordinator sees first: order, windows, filters and saved views."""
