"""A Chromium spoken to through a pipe: opens pages, runs scripts in them, and hears what the console says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

# Of this package nothing is used but the script it ships: to import it would want Playwright.
AXE = Path(sysconfig.get_path("purelib"), "axe_playwright_python", "axe.min.js")
BARRIERS = """(async () => {
  await globalThis.django?.jQuery?.ready;
  const found = await axe.run(document, {resultTypes: ['violations'], preload: false});
  return found.violations.filter(one => ['serious', 'critical'].includes(one.impact)).flatMap(
    one => one.nodes.map(node => `${one.id}: ${one.help}: ${node.html.slice(0, 200)}`));
})()"""
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Browser:
    """One tab. Use it as a context; the process ends with it."""

    def __init__(self, profile: Path) -> None:
        its_input, self._to = os.pipe()
        self._from, its_output = os.pipe()
        # The browser reads commands on descriptor 3 and answers on 4.
        options = f"--headless --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir={profile} about:blank"
        script = f'exec "$0" {options} 3<&{its_input} 4>&{its_output}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", script, chromium() or ""],
            pass_fds=[its_input, its_output],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(its_input)
        os.close(its_output)
        self._buffer, self._number, self._heard = b"", 0, []
        targets = self._send("Target.getTargets", None)["targetInfos"]
        tab = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self._send("Target.attachToTarget", None, targetId=tab, flatten=True)["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network", "Audits"):
            self.command(f"{domain}.enable")

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        os.close(self._to)
        os.close(self._from)

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._send(method, self._session, **parameters)

    def open(self, url: str) -> None:
        """Go to a page and wait until it has loaded, its scripts included."""
        self.command("Page.navigate", url=url)
        while self._hear().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """The value of an expression; a promise is waited for."""
        done = self.command("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return done["result"].get("value")

    def press(self, key: str, *, leads_on: bool = False) -> None:
        """Press a key; where it `leads_on` to another page, wait until that has loaded."""
        heard = len(self._heard)
        code = 13 if key == "Enter" else ord(key.upper())
        text = {"text": "\r" if key == "Enter" else key}
        for kind, more in (("keyDown", text), ("keyUp", {})):
            self.command("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **more)
        if leads_on:
            self._wait_for_page(heard)

    def click(self, selector: str) -> None:
        """Click something that leads to another page, and wait until that has loaded."""
        heard = len(self._heard)
        assert self.run(f"document.querySelector({json.dumps(selector)})?.click() ?? true"), selector
        self._wait_for_page(heard)

    def _wait_for_page(self, heard: int) -> None:
        while not any(event.get("method") == "Page.loadEventFired" for event in self._heard[heard:]):
            self._hear()

    def write(self, text: str) -> None:
        """Write into what has the focus."""
        self.command("Input.insertText", text=text)

    def barriers(self) -> list[str]:
        """What on this page keeps people out, as axe-core finds it: all that it calls serious or critical."""
        if not self.run("Boolean(window.axe)"):
            self.run(f"{AXE.read_text()};0")
        found = self.run(BARRIERS)
        assert found is not None, "axe-core did not answer"
        # It tries styles that the page's policy refuses.
        self._heard = []
        return found

    def complaints(self) -> list[str]:
        """What was refused, failed or thrown since the last time this was asked."""
        found = []
        for event in self._heard:
            method, content = event.get("method"), event.get("params", {})
            if method == "Log.entryAdded" and content["entry"]["level"] == "error":
                found.append(f"{content['entry']['text']} {content['entry'].get('url', '')}")
            elif method == "Runtime.exceptionThrown" or (
                method == "Audits.issueAdded" and "ContentSecurity" in json.dumps(content)
            ):
                found.append(json.dumps(content)[:500])
        self._heard = []
        return found

    def _send(self, method: str, session: str | None, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._hear()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            found = os.read(self._from, 1 << 16)
            assert found, "the browser is gone"
            self._buffer += found
        text, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(text)
        self._heard.append(message)
        return message
