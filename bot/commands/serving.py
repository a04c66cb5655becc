"""``daricheh bot``: the Telegram bot."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.commands.asking import open_library
from bot.commands.options import Knowledge, State, settings_of
from bot.operating.folder import FolderWatch
from bot.quiet import Shown
from bot.settings import BotSettings
from retrieval.errors import DarichehError

if TYPE_CHECKING:
    from retrieval.index.build import Make
    from retrieval.library import Library

_log = logging.getLogger(__name__)


def bot(knowledge: Knowledge = None, state: State = None) -> None:
    """Run the Telegram bot until it is told to stop.

    The token comes from DARICHEH_TELEGRAM_TOKEN or DARICHEH_TELEGRAM_TOKEN_FILE. It polls; with
    DARICHEH_WEBHOOK_URL it listens instead. An index made meanwhile (`daricheh knowledge index`) is
    taken into use within a minute; on SIGHUP the bot looks at the knowledge folder itself, with
    DARICHEH_FOLLOW_KNOWLEDGE whenever it has changed.
    """
    from bot.telegram import run
    from retrieval.index.apart import Apart
    from retrieval.model.opened import open_teller

    settings = settings_of(BotSettings, knowledge, state)
    if not _token(settings):
        raise DarichehError(
            "No bot token. Get one from @BotFather in Telegram and set DARICHEH_TELEGRAM_TOKEN "
            "(or DARICHEH_TELEGRAM_TOKEN_FILE). Without one, `daricheh ask` answers here."
        )
    make = Apart(settings)
    library = open_library(knowledge, state, make)
    reopen, teller = Reopening(settings, library, make), open_teller(settings, library.checker)
    handed_over = [library]
    del library  # see ``run``: a library that a newer one has replaced must leave the memory
    try:
        run(settings, handed_over.pop(), reopen, teller)
    finally:
        make.stop()  # or the bot would only end when the index is made


def has_token() -> bool:
    """Return whether the environment or ``.env`` holds a bot token."""
    return bool(_token(settings_of(BotSettings)))


class Reopening:
    """Opens the library anew where its index has changed since it was opened last; ``make`` makes
    that index."""

    def __init__(self, settings: BotSettings, library: Library, make: Make) -> None:
        from retrieval.index.stores import store_of

        self._store = store_of(settings, lambda line: _log.warning("index: %s", Shown(line)), make)
        self._encoder = library.encoder
        self._opened = library.index_name
        self._watch = FolderWatch(settings.knowledge) if settings.follow_knowledge else None

    def __call__(self, asked: bool) -> Library | None:
        """Return the library where there is a newer index than before, None where there is none.

        Where somebody has ``asked``, or the folder is followed and has changed, an index that it
        has outgrown is brought up to date first. Raises ``DarichehError`` where that fails, or the
        library cannot be opened.
        """
        from retrieval.library import Library

        changed = self._watch is not None and self._watch.pending()
        if asked or changed:
            self._store.update(self._encoder)
            if self._watch is not None:
                self._watch.done()
        if self._store.newest(self._encoder.name) == self._opened:
            return None
        index = self._store.open(self._encoder)
        if index.name == self._opened:
            return None
        self._opened = index.name
        return Library(index, self._encoder)


def _token(settings: BotSettings) -> str | None:
    try:
        return settings.token()
    except OSError as error:
        raise DarichehError(
            f"The token file {settings.telegram_token_file} cannot be read: {error.strerror}."
        ) from None
