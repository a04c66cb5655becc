"""What every way of keeping state works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot, Update
from telegram.ext import Updater

from bot.telegram.burst import Bursts
from bot.telegram.patience import Patient
from bot.telegram.session import Sessions
from bot.telegram.vanishing import Vanishing


@dataclass(frozen=True, slots=True)
class Workings:
    """The parts of a bot. ``process`` deals with an update and returns when its handlers have
    ended; what a chat says in pieces is answered later (see ``bursts``)."""

    bot: Bot
    updater: Updater
    process: Callable[[Update], Awaitable[object]]
    bursts: Bursts
    sessions: Sessions
    vanishing: Vanishing
    patient: Patient
