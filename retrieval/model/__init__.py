"""A language model that may write, under a check that lets nothing unsupported pass.

Off unless the settings name one. ``open_teller`` is the way in; nothing of LangChain is imported
before it is called.
"""
