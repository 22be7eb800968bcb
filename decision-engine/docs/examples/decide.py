"""Sends an event, asks for a decision, and reports that it was shown. Python 3.8 or newer, nothing to install.

Usage: SEGUE_URL=http://127.0.0.1:4000 SEGUE_KEY=sk_... python3 decide.py USER_ID
"""

import json
import os
import sys
import urllib.error
import urllib.request
import uuid


def call(path, body, idempotency_key=None):
    headers = {
        "authorization": "Bearer " + os.environ["SEGUE_KEY"],
        "content-type": "application/json",
    }
    if idempotency_key is not None:
        headers["idempotency-key"] = idempotency_key
    request = urllib.request.Request(
        os.environ["SEGUE_URL"] + path, json.dumps(body).encode(), headers
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)
    except urllib.error.HTTPError as refused:
        error = json.load(refused)["error"]
        sys.exit(f"{path}: {error['code']}: {error['message']}")


def main(user_id):
    added = {"product_id": "p1", "price": 25, "quantity": 1}
    call("/v1/track", {"userId": user_id, "event": "Product Added", "properties": added})
    # With a key of its own, the same request may be sent again when the network fails: it is answered once.
    wanted = {"customer": {"userId": user_id}, "channel": "web", "slots": 1}
    answer = call("/v1/decide", wanted, idempotency_key=str(uuid.uuid4()))
    if not answer["actions"]:
        sys.exit("nothing to offer: " + answer["none"])
    action = answer["actions"][0]["actionId"]
    shown = {"decisionId": answer["decisionId"], "actionId": action, "outcome": "shown"}
    call("/v1/feedback", shown)
    print(action)


main(sys.argv[1])
