"""A Talaria server for tests: its rules and its journal, over HTTP."""

import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Talaria:
    def __init__(self, url: str) -> None:
        self.url = url
        self.base_url = f"{url}/v1"

    def reset(self) -> None:
        """Restores the rules of the file and empties the journal."""
        self._send("DELETE", "/rules")
        self._send("DELETE", "/journal")

    def replace_rules(self, rules: list[dict[str, Any]]) -> None:
        self._send("PUT", "/rules", {"rules": rules})

    def add_rules(self, *rules: dict[str, Any]) -> None:
        """Adds rules before the others, so that they win."""
        present = self._send("GET", "/rules")
        others = [entry["rule"] for entry in present["rules"]]
        self._send("PUT", "/rules", {"strict": present["strict"], "rules": [*rules, *others]})

    def verify(self, match: dict[str, Any], **amount: int) -> list[dict[str, Any]]:
        """Returns the matching requests. `count`, `at_least` or `at_most` say how many there must be."""
        return self._judge("/journal/verify", {"match": match, **amount})

    def wait_for(self, match: dict[str, Any], **options: int) -> list[dict[str, Any]]:
        """Waits for matching requests: at least one, or `at_least`, for up to `timeout_ms`."""
        return self._judge("/journal/wait", {"match": match, **options})

    def _judge(self, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        verdict = self._send("POST", path, body)
        assert verdict["satisfied"], verdict["message"]
        return verdict["data"]

    def _send(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/admin/v1{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=70) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from None


@contextmanager
def start_talaria(rules: Path) -> Iterator[Talaria]:
    """Starts the `talaria` command on a free port, and stops it."""
    command = shutil.which("talaria")
    assert command, "Install Talaria: npm install --global talaria"
    env = {
        "PATH": os.environ["PATH"],
        "AGENT_URL": f"rules:{rules}",
        "API_SERVER_PORT": "0",
        "STORE_URL": "memory:",
        "LOG_LEVEL": "error",
    }
    process = subprocess.Popen([command], env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, "Talaria did not start."
        yield Talaria(found[0])
    finally:
        process.terminate()
        process.wait(10)
