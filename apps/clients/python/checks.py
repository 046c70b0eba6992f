"""Runs checks and prints one line of JSON for each."""

import json
import os
import traceback

script = json.loads(os.environ["SCRIPT"])
url = os.environ["GATEWAY_URL"]
key = os.environ["GATEWAY_KEY"]


def run(client_name, checks):
    for check in checks:
        line = {"name": f"{client_name}: {check.__name__}"}
        try:
            check()
        except Exception:
            line["error"] = traceback.format_exc()[-800:]
        print(json.dumps(line), flush=True)


def expect_raise(kind, call, words=""):
    try:
        call()
    except kind as error:
        assert words in str(error), str(error)
        return
    raise AssertionError(f"no {kind.__name__}")
