"""Whether a Chroma server answers, asked now and then by a running bot."""

from __future__ import annotations

import httpx

from bot.operating.health import PATIENCE


async def chroma_answers(url: str, token: str | None) -> bool:
    """Return whether the server at ``url`` says that it lives.

    No proxy of the environment is used, as for the questions themselves.
    """
    headers = {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.get(f"{url}/api/v2/heartbeat", headers=headers)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK
