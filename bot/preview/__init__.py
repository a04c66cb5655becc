"""The knowledge in a browser, as people will meet it: for the one who writes it."""
