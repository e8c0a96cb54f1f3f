"""What the work is: the field's terms, records and rules. Knows neither click nor textual."""

__version__ = "0.1.0"
