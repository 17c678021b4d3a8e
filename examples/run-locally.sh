#!/usr/bin/env bash
# Runs the steps of pull-request.yml on this machine, with a fresh clone of the harness and a repository in which a "pull
# request" changes the Python implementation. Takes a few minutes. Arguments replace the options of the workflow, for
# instance: examples/run-locally.sh --latency 20ms --peers 1 --blocks 10 --rounds 8
set -euo pipefail

source=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
step() { printf '\n== %s\n' "$*"; }

step 'actions/checkout'
mkdir "$folder/implementation"
cp -r "$source"/impl/python/. "$folder/implementation"
cd "$folder/implementation"
commit() { git add . && git -c user.name=example -c user.email=example@example.org commit --quiet --message "$1"; }
git init --quiet
commit 'Base'
before=$(git rev-parse HEAD)
echo '# A change without effect.' >> peer.py
commit 'Pull request'

step 'The action: checkout, npm ci'
git clone --quiet "$source" "$folder/harness"
(cd "$folder/harness" && npm ci --no-audit --no-fund)

step 'The action: judge and compare'
options=$(sed -n 's/^ *options: //p' "$source/examples/pull-request.yml")
MINIBIT_HARNESS=$folder/harness MINIBIT_HEAD=. MINIBIT_BASE=git:$before MINIBIT_OPTIONS=${*:-$options} \
  GITHUB_STEP_SUMMARY=$folder/summary.md "$folder/harness/action/gate.sh" && code=0 || code=$?

step "The summary of the step (exit code $code)"
cat "$folder/summary.md"
exit "$code"
