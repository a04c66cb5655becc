"""The evaluation as one HTML page that needs nothing from outside."""
