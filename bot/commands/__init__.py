"""The ``daricheh`` command: one module a group of commands, nothing heavy imported before use."""
