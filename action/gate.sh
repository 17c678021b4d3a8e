#!/usr/bin/env bash
# Judges an implementation and compares it with an older state of it: the work of action.yml, whose inputs are the
# variables MINIBIT_*. Ends with 1 if it is not conforming or has got worse, with 2 or 3 if that could not be found out.
set -uo pipefail

harness=${MINIBIT_HARNESS:-$(cd "$(dirname "$0")/.." && pwd)}
head=${MINIBIT_HEAD:-.}
base=${MINIBIT_BASE:?names the older state: a folder, or git: and a revision}
# Words, on as many lines as they like.
read -rd '' -a options <<< "${MINIBIT_OPTIONS:---latency 20ms --peers 2 --blocks 80}" || true
summary=${GITHUB_STEP_SUMMARY:-/dev/stdout}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

minibit() { node "$harness/bin/minibit.js" "$@"; }

minibit conform "$head" --markdown "$folder/conform.md"
judged=$?
minibit compare --base "$base" --head "$head" "${options[@]}" --markdown "$folder/compare.md"
compared=$?
for part in conform compare; do
  if [ -f "$folder/$part.md" ]; then cat "$folder/$part.md" >> "$summary"; fi
done

if [ "$compared" -eq 3 ] && [ "${MINIBIT_ON_CANNOT_JUDGE:-warn}" = warn ]; then
  echo '::warning::The comparison could not be judged; its summary says why.'
  compared=0
fi
# What is known to be wrong outweighs what could not be found out.
if [ "$compared" -eq 1 ]; then exit 1; fi
exit $((judged != 0 ? judged : compared))
