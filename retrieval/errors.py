"""Every error this library raises on purpose. Each message names the place and the mend."""

from __future__ import annotations


class DarichehError(Exception):
    """Base of all errors a caller may show to a person as they are."""


class KnowledgeError(DarichehError):
    """The knowledge folder cannot be used."""


class IndexUnavailableError(DarichehError):
    """The index can neither be opened nor built."""


class ServerGoneError(IndexUnavailableError):
    """The Chroma server does not answer, or not as one does; it may again soon."""


class EncoderError(DarichehError):
    """The encoder asked for is not there or cannot be loaded."""


class ModelError(DarichehError):
    """The language model that the settings name cannot be used."""
