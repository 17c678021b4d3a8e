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

# Whether the older state is a revision without the manifest.
isFirst() {
  local revision=${base#git:} manifest=$head
  if [ "$revision" = "$base" ]; then return 1; fi
  if [ -d "$head" ]; then manifest=$head/minibit.json; fi
  git -C "$(dirname "$manifest")" rev-parse --quiet --verify --end-of-options "$revision^{commit}" > /dev/null &&
    ! git -C "$(dirname "$manifest")" cat-file -e "$revision:./$(basename "$manifest")" 2> /dev/null
}

minibit conform "$head" --markdown "$folder/conform.md"
judged=$?
if isFirst; then
  echo '::notice::There is no manifest in the older state: nothing was compared.'
  compared=0
else
  minibit compare --base "$base" --head "$head" "${options[@]}" --markdown "$folder/compare.md"
  compared=$?
fi
for part in conform compare; do
  if [ -f "$folder/$part.md" ]; then cat "$folder/$part.md" >> "$summary"; fi
done

if [ "$compared" -eq 3 ] && [ -f "$folder/compare.md" ] && [ "${MINIBIT_ON_CANNOT_JUDGE:-warn}" = warn ]; then
  echo '::warning::The comparison could not be judged; its summary says why.'
  compared=0
fi
# What is known to be wrong outweighs what could not be found out.
if [ "$compared" -eq 1 ]; then exit 1; fi
exit $((judged != 0 ? judged : compared))
