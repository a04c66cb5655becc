"""A small knowledge folder that stays as it is, and a library of it without an index."""
