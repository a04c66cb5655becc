"""Knowledge to cited answers: reading, indexing, searching, judging and composing.

The way in is :class:`retrieval.library.Library`.
"""
