#!/usr/bin/env bash
# One command decides; the rest makes its findings easy to read. Any CI that can run `csdocs review` can do the same.
set -eu
# what is made here lies apart: in the checkout the change could lay a link in its place
made="${RUNNER_TEMP:-$(mktemp -d)}/csdocs-review"
sarif="$made/review.sarif"
set -- --base "$BASE" --head HEAD
if [ -n "${ROOT:-}" ]; then set -- "$@" --root "$ROOT"; fi

verdict=0
csdocs review "$@" --format github || verdict=$?
if [ "$verdict" -gt 1 ]; then exit "$verdict"; fi # it could not look
mkdir -p "$made"
csdocs review "$@" --format sarif >"$sarif" || [ $? -eq 1 ]
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "sarif=$sarif" >>"$GITHUB_OUTPUT"; fi

if [ "${REDLINE:-}" = true ]; then
  mkdir -p "$made/redline"
  if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "redline=$made/redline" >>"$GITHUB_OUTPUT"; fi
  git diff --name-only --diff-filter=M -z "$BASE...HEAD" -- handbook/regulations handbook/parts |
    while IFS= read -r -d '' path; do
      id=$(basename "$path" .md)
      csdocs diff "$id" --format pdf -o "$made/redline/$id.pdf" || echo "::warning file=$path::no redline could be printed"
    done
fi
exit "$verdict"
