"""The names of everything that lies in Redis.

| key | holds | until |
| --- | --- | --- |
| ``seen:<update>`` | that this update was accepted | a day: as long as Telegram repeats it |
| ``count`` | how many updates were accepted; orders them | - |
| ``lane:<lane>`` | sealed updates that are not answered yet, in order | answered; an hour at most |
| ``ready`` | lanes, by the time at which each wants attention | nothing is left to do for it |
| ``owner:<lane>`` | the process that has the lane in hand | it lets go |
| ``tries:<lane>`` | how often it was taken in hand and not let go | it is let go |
| ``sent:<lane>`` | sealed numbers of messages already sent for what is in hand | it is done |
| ``talk:<lane>`` | a chat's conversation, sealed | six hours after its last message |
| ``marks:<lane>`` | its message numbers and deletions that are due, sealed | two days |
| ``wishes:<lane>`` | what it has chosen, sealed | a month after its last message |
| ``pause:<lane>`` | that Telegram asks to wait with this chat | as long as it asks |
| ``bell``, ``bell:<process>`` | lanes in which something has come, a moment long | taken |
| ``born`` | a word that is drawn when Redis holds nothing yet | Redis loses everything |
| ``leader`` | the process that asks Telegram for updates | seconds |

A lane is a chat, or a person who types after the bot's name elsewhere. Lanes and updates are named
by HMAC-SHA256 under a key that Redis does not hold. All names share a hash tag, so that they stay
together in a Redis of several nodes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from bot.shared.keys import derived

PARTS = ("talk", "marks", "wishes")
_LENGTH = 16  # bytes of the HMAC that are used


class Names:
    """Names for one bot, derived from ``secret``."""

    def __init__(self, secret: str) -> None:
        self._key = derived(secret, "names")
        self._tag = "{daricheh:" + self.hidden("bot")[:8] + "}:"
        self.ready, self.bell = f"{self._tag}ready", f"{self._tag}bell"
        self.leader, self.count = f"{self._tag}leader", f"{self._tag}count"
        self.born = f"{self._tag}born"

    def hidden(self, *words: str | int) -> str:
        """Return a name for what ``words`` name, that tells nothing of them."""
        said = "\0".join(map(str, words)).encode()
        whole = hmac.new(self._key, said, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(whole[:_LENGTH]).decode("ascii").rstrip("=")

    def seen(self, update: int) -> str:
        """The mark of an update that was accepted."""
        return f"{self._tag}seen:{self.hidden('update', update)}"

    def of(self, kind: str, lane: str) -> str:
        """One of the keys of a lane."""
        return f"{self._tag}{kind}:{lane}"

    def own_bell(self, process: str) -> str:
        """The bell of one process."""
        return f"{self.bell}:{process}"

    def lane_in(self, key: str) -> str:
        """Return the lane that one of its keys belongs to."""
        return key.rpartition(":")[2]
