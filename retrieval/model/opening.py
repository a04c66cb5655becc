"""The settings to a model: which library speaks to it, where it stands, whether it may be used."""

from __future__ import annotations

from typing import Any

from retrieval.errors import ModelError
from retrieval.model.chat import Chat, LangChainChat
from retrieval.model.settings import ModelSettings
from retrieval.model.whereabouts import host_of, is_inside

MOST_TOKENS = 900  # of one text; an answer is a third of it
# Said explicitly, so that no other variable of the environment sends questions elsewhere.
_ADDRESSES = {"openai": "https://api.openai.com/v1", "ollama": "http://127.0.0.1:11434"}


def open_chat(settings: ModelSettings) -> Chat:
    """Return the chat model that ``settings`` name.

    Raises ``ModelError`` where it is outside and that was not allowed, where its key cannot be
    read, or where the libraries that speak to it are not installed.
    """
    name, provider = _named(settings)
    url = settings.model_url or _ADDRESSES.get(provider or "")
    host = host_of(url) if url else provider or name
    outside = not (url and is_inside(host))
    if outside and not settings.model_outside:
        raise ModelError(
            f"DARICHEH_MODEL: {host} is outside your own network and would see people's questions. "
            "Use a server of your own (DARICHEH_MODEL_URL), or, if you have decided so, set "
            "DARICHEH_MODEL_OUTSIDE=yes; /privacy then names the host."
        )
    options = _options(provider, url, _key(settings), outside=outside)
    made = _made(name, provider, options)
    return LangChainChat(made, host, outside=outside, says_why=provider in _ADDRESSES)


def _named(settings: ModelSettings) -> tuple[str, str | None]:
    """Return the model's name and its provider, None where LangChain is to tell by the name.

    The name may begin with the provider; Ollama's own names hold a colon too ("llama3.2:3b").
    """
    name, provider = settings.model or "", settings.model_provider
    first, _, rest = name.partition(":")
    if provider is None and rest and first.replace("_", "").isalpha():
        return rest, first
    if provider is None and settings.model_url is not None:
        provider = "openai"
    return name, provider


def _key(settings: ModelSettings) -> str | None:
    try:
        return settings.model_secret()
    except OSError as error:
        raise ModelError(
            f"{settings.model_key_file}: the key file cannot be read ({error.strerror})."
        ) from None


def _options(provider: str | None, url: str | None, key: str | None, *, outside: bool) -> Any:
    """Return what the provider's class is made with: no attempts of its own, ours count."""
    options: dict[str, Any] = {}
    if url:
        options["base_url"] = url
    if provider == "ollama":
        # A proxy of the environment would see what is meant for the own network.
        options["client_kwargs"] = {"trust_env": outside}
        options |= {"temperature": 0, "num_predict": MOST_TOKENS}
        return options
    if key or not outside:
        options["api_key"] = key or "none"  # a server of one's own asks for no key
    if provider == "openai":
        options["max_retries"] = 0
        options["stream_chunk_timeout"] = None  # the time for the whole answer counts
        if not outside:
            options |= _without_proxies()
        if url != _ADDRESSES["openai"]:  # OpenAI's newer models take neither
            options |= {"temperature": 0, "extra_body": {"max_tokens": MOST_TOKENS}}
    return options


def _without_proxies() -> dict[str, Any]:
    try:
        from openai import DefaultAsyncHttpxClient, DefaultHttpxClient
    except ImportError:
        raise _not_installed("openai") from None
    return {
        "openai_proxy": None,
        "http_client": DefaultHttpxClient(trust_env=False),
        "http_async_client": DefaultAsyncHttpxClient(trust_env=False),
    }


def _made(name: str, provider: str | None, options: dict[str, Any]) -> Any:
    try:
        from langchain.chat_models import init_chat_model

        return init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        raise _not_installed(provider or error.name or "langchain") from None
    except ValueError:
        raise ModelError(
            f"DARICHEH_MODEL: no model can be made of {name!r}"
            f"{f' by {provider!r}' if provider else ''}. Set DARICHEH_MODEL_PROVIDER (openai for "
            "any server that speaks OpenAI's protocol, ollama) and, where the provider asks for "
            "one, DARICHEH_MODEL_KEY."
        ) from None


def _not_installed(provider: str) -> ModelError:
    return ModelError(
        "DARICHEH_MODEL: what speaks to language models is not installed. deploy/run installs it "
        'where DARICHEH_MODEL is set; else pip install "daricheh[model]" '
        f"(a provider beyond OpenAI and Ollama: langchain-{provider.replace('_', '-')} too)."
    )
