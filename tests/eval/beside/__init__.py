"""Daricheh and what people would otherwise use, on the same documents and questions."""
