"""Programs of the browser's language, run by the Node that playwright brings."""

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright

NODE = next((Path(playwright.__file__).parent / "driver").glob("node*"))


def in_node(program: str, message: object, *arguments: str | Path) -> Any:
    """What a module prints as JSON. It reads the message from its standard input, and the arguments from its command line."""
    command = [NODE, "--input-type=module", "-e", program, "--", *arguments]
    done = subprocess.run(command, input=json.dumps(message), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
