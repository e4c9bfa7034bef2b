"""Headless Chromium that stays and prints one page after the other, spoken to over a pipe in the DevTools protocol."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--remote-debugging-pipe",
]


def program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """Sees the fonts of a fontconfig file and no others, reads nothing but what it is handed, keeps no profile."""

    def __init__(self, fonts: Path) -> None:
        self._profile = tempfile.mkdtemp(prefix="csdocs-browser-")
        hear, tell = os.pipe(), os.pipe()
        # the protocol wants to be heard on 3 and answers on 4
        redirect = f'exec "$@" 3<&{tell[0]} 4>&{hear[1]}'
        command = ["sh", "-c", redirect, "sh", str(program()), *QUIET, f"--user-data-dir={self._profile}"]
        environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": self._profile}
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            command, env=environment, stdout=quiet, stderr=quiet, pass_fds=(tell[0], hear[1])
        )
        os.close(tell[0])
        os.close(hear[1])
        self._in, self._left = hear[0], b""
        self._out: IO[bytes] = os.fdopen(tell[1], "wb")
        self._asked = 0
        self._session = ""
        target = self._ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        self._frame = self._ask("Page.getFrameTree", {})["frameTree"]["frame"]["id"]

    def print(self, html: str, css: str) -> bytes:
        page = html.replace("</head>", f"<style>{css}</style></head>", 1)
        self._ask("Page.setDocumentContent", {"frameId": self._frame, "html": page})
        self._ask("Runtime.evaluate", {"expression": "document.fonts.ready.then(() => 1)", "awaitPromise": True})
        asked = {"preferCSSPageSize": True, "printBackground": True, "generateTaggedPDF": True}
        return base64.b64decode(self._ask("Page.printToPDF", asked)["data"])

    def close(self) -> None:
        self._session = ""
        self._ask("Browser.close", {})
        self._process.wait(10)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _ask(self, method: str, parameters: Mapping[str, Any]) -> Any:
        self._asked += 1
        asked = {"id": self._asked, "method": method, "params": parameters}
        self._out.write(json.dumps(asked | ({"sessionId": self._session} if self._session else {})).encode() + b"\0")
        self._out.flush()
        while True:
            said = json.loads(self._next())
            if said.get("id") == self._asked:
                if "error" in said:
                    raise ValueError(f"{method}: {said['error']['message']}")
                return said["result"]

    def _next(self) -> bytes:
        while b"\0" not in self._left:
            more = os.read(self._in, 1 << 20)
            if not more:
                raise EOFError("the browser has gone")
            self._left += more
        message, _, self._left = self._left.partition(b"\0")
        return message
