"""What becomes of time, memory and disk when the folder grows to a million passages."""
