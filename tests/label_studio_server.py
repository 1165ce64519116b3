"""A Label Studio of our own on this machine: an empty data folder, no calls to the network."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

USER, PASSWORD = "li@example.org", "on-this-machine-only"
_TOKEN = "0123456789abcdef" * 2 + "01234567"
_START_SECONDS = 600
_OFFLINE = {
    "COLLECT_ANALYTICS": "false",
    "FEATURE_FLAGS_OFFLINE": "true",
    "FRONTEND_SENTRY_DSN": "",
    "LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
}


def find_label_studio(root: Path) -> str | None:
    """Give the command: TASKNER_LABEL_STUDIO, or the one that `make test-real` installs."""
    own = os.environ.get("TASKNER_LABEL_STUDIO", root / ".venv-label-studio/bin/label-studio")
    return shutil.which(own)


class Server:
    """The API of a running Label Studio."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def call(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Authorization": f"Token {_TOKEN}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status < 300, (answer.status, content[:2000])
        return json.loads(content) if content else None

    def make_project(self, written):
        """Make a project with our configuration and import the tasks; give its id and theirs."""
        project = self.call(
            "POST",
            "/api/projects",
            {"title": "taskner", "label_config": written["label-studio.xml"].decode()},
        )["id"]
        tasks = json.loads(written["label-studio.json"])
        done = self.call("POST", f"/api/projects/{project}/import?return_task_ids=true", tasks)
        assert done["task_count"] == len(tasks)
        return project, done["task_ids"]

    def export(self, project):
        return self.call("GET", f"/api/projects/{project}/export?exportType=JSON")


@contextmanager
def running(command, folder: Path):
    """Start the server on a free port; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = (
        *(command, "start", "--no-browser", "--data-dir", str(folder)),
        *("--internal-host", "127.0.0.1", "--port", str(port)),
        *("--username", USER, "--password", PASSWORD, "--user-token", _TOKEN),
        "--enable-legacy-api-token",
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **_OFFLINE}
    log = folder / "server.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            arguments, stdout=stream, stderr=subprocess.STDOUT, cwd=folder, env=environment
        )
        try:
            _wait(process, port, log)
            yield Server(port)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process, port, log):
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(1)
    detail = f"Label Studio did not start:\n{log.read_text('utf-8')[-3000:]}"
    raise RuntimeError(detail)
