"""A real language model on loopback, and what becomes of its answers. Not part of CI."""
