#!/usr/bin/env bash
# Judges an implementation and compares it with its base: the script of action.yml, whose inputs are the variables
# MINIBIT_*. Exits with 1 if the implementation does not conform or regressed, with 2 or 3 if there is no verdict.
set -uo pipefail

harness=${MINIBIT_HARNESS:-$(cd "$(dirname "$0")/.." && pwd)}
head=${MINIBIT_HEAD:-.}
base=${MINIBIT_BASE:?must be set to a folder or git:<revision>}
# The options may span several lines.
read -rd '' -a options <<< "${MINIBIT_OPTIONS:---latency 20ms --peers 2 --blocks 80}" || true
summary=${GITHUB_STEP_SUMMARY:-/dev/stdout}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

minibit() { node "$harness/bin/minibit.js" "$@"; }

# Whether the base is a revision without the manifest.
baseLacksManifest() {
  local revision=${base#git:} manifest=$head
  if [ "$revision" = "$base" ]; then return 1; fi
  if [ -d "$head" ]; then manifest=$head/minibit.json; fi
  git -C "$(dirname "$manifest")" rev-parse --quiet --verify --end-of-options "$revision^{commit}" > /dev/null &&
    ! git -C "$(dirname "$manifest")" cat-file -e "$revision:./$(basename "$manifest")" 2> /dev/null
}

minibit conform "$head" --markdown "$folder/conform.md"
judged=$?
if baseLacksManifest; then
  echo '::notice::The base has no manifest: nothing was compared.'
  compared=0
else
  minibit compare --base "$base" --head "$head" "${options[@]}" --markdown "$folder/compare.md"
  compared=$?
fi
for part in conform compare; do
  if [ -f "$folder/$part.md" ]; then cat "$folder/$part.md" >> "$summary"; fi
done

if [ "$compared" -eq 3 ] && [ -f "$folder/compare.md" ] && [ "${MINIBIT_ON_CANNOT_JUDGE:-warn}" = warn ]; then
  echo '::warning::The comparison has no verdict; the summary states the reason.'
  compared=0
fi
# A known regression takes precedence over a missing verdict.
if [ "$compared" -eq 1 ]; then exit 1; fi
exit $((judged != 0 ? judged : compared))
