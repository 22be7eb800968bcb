#!/bin/sh
# Sends an event, asks for a decision, and reports that it was shown.
# Usage: SEGUE_URL=http://127.0.0.1:4000 SEGUE_KEY=sk_… sh decide.sh USER_ID
set -eu
user=$1

post() {
  curl --silent --show-error --fail-with-body -u "$SEGUE_KEY:" -H 'content-type: application/json' "$SEGUE_URL$1" -d "$2"
}

post /v1/track "{\"userId\":\"$user\",\"event\":\"Product Added\",\"properties\":{\"product_id\":\"p1\",\"price\":25,\"quantity\":1}}" >&2
answer=$(post /v1/decide "{\"customer\":{\"userId\":\"$user\"},\"channel\":\"web\",\"slots\":1}")
decision=$(printf '%s' "$answer" | sed -n 's/.*"decisionId":"\([^"]*\)".*/\1/p')
action=$(printf '%s' "$answer" | sed -n 's/.*"actionId":"\([^"]*\)".*/\1/p')
[ -n "$action" ] || { echo 'nothing to offer' >&2; exit 0; }
post /v1/feedback "{\"decisionId\":\"$decision\",\"actionId\":\"$action\",\"outcome\":\"shown\"}" >&2
echo "$action"
