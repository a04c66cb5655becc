"""A language model that says and does what a test tells it to, over real HTTP."""
