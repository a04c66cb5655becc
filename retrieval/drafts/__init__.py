"""Texts from outside become drafts: kept apart, quoted, flagged, never served."""
