"""With a language model, too, nothing a person wrote reaches a log or the disk."""

from __future__ import annotations

from pathlib import Path

from tests.bot.telegram.test_nothing_kept import CHAT, WORDS, Outcome, bot_process
from tests.model_server import acts
from tests.model_server.server import ModelServer
from tests.telegram.people import until
from tests.telegram.server import StandIn

MARKED = [f"and {word}?" for word in WORDS]
# All that a model's libraries may find worth a log line: answers, errors that quote the question,
# pages that are no answer.
ACTS = [
    acts.says("A summons has to be in writing; a call is not one. [1]"),
    acts.refuses(400),
    acts.sends("<html>no</html>", "text/html"),
    acts.is_killed,
]


async def run(scratch: Path) -> Outcome:
    """Let a marked person talk to a bot whose model fails in every way."""
    with ModelServer() as model:
        model.will(*ACTS)
        async with StandIn() as telegram:
            settings = {
                "DARICHEH_MODEL": "scripted",
                "DARICHEH_MODEL_URL": model.url,
                "DARICHEH_MODEL_KEY": WORDS[0],
                "DARICHEH_MODEL_SECONDS": "20",
                "OPENAI_LOG": "debug",
                "LANGCHAIN_VERBOSE": "true",
            }
            async with bot_process(telegram, scratch, which="model_bot", **settings) as process:
                await until(
                    lambda: "getUpdates" in telegram.requests, lambda: "the bot", seconds=180
                )
                person = telegram.person(CHAT, language_code="en")
                for words in MARKED:
                    person.says(words)
                    await person.hears()
            assert process.returncode == 0
        assert any(WORDS[1] in asked for asked in model.asked)
    files = {path: path.read_bytes() for path in scratch.rglob("*") if path.is_file()}
    return Outcome(files.pop(scratch / "output"), files)


async def test_a_marked_conversation_with_a_failing_model_leaves_nothing(tmp_path: Path) -> None:
    outcome = await run(tmp_path)
    assert outcome.found([*WORDS, str(CHAT), "in writing"]) == []
    assert b"the language model gave no answer" in outcome.output
