"""`verify.sh`: the check of an archive with stock tools. It reads lists that lie beside it; they are in the manifest."""

from collections.abc import Iterable, Sequence

from csdocs.pack.control import utc
from csdocs.pack.scope import File, Held, Signed

MANIFEST, MANIFEST_SEAL, ROOT, SIGNERS = "manifest.sha256", "manifest.sha256.p7s", "root.pem", "allowed_signers"
SIGNATURES, APPROVALS, SEALS = "lists/signatures.txt", "lists/approvals.txt", "lists/seals.txt"

SCRIPT = rb"""#!/bin/sh
# Checks this archive with sha256sum, ssh-keygen and openssl; nothing else is needed, no network, no csdocs.
#   sh verify.sh [DIGEST]      DIGEST: SHA-256 of manifest.sha256, or of the root certificate, as you were told it
# Exit code 0: everything holds. 1: something does not. 3: a tool is missing.
set -u
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")" || exit 3
for tool in sha256sum ssh-keygen openssl; do
  command -v "$tool" >/dev/null 2>&1 || { echo "missing tool: $tool"; exit 3; }
done
bad=0
fail() { echo "FAILED  $*"; bad=1; }
digest() { sha256sum <"$1" | cut -c1-64; }

manifest=$(digest manifest.sha256)
root=none
[ -f root.pem ] && root=$(openssl x509 -in root.pem -outform DER | sha256sum | cut -c1-64)
echo "manifest SHA-256          $manifest"
echo "root certificate SHA-256  $root"
if [ $# -gt 0 ]; then
  told=$(printf %s "$1" | tr -d ': ' | tr A-F a-f)
  [ "$told" = "$manifest" ] || [ "$told" = "$root" ] || fail "neither is the digest you were told"
fi

echo "1. files"
sha256sum --check --quiet --strict manifest.sha256 2>&1 || fail "a file is not what the manifest says"
extra=$(find . -type f | while IFS= read -r file; do
  case $file in ./manifest.sha256 | ./manifest.sha256.p7s) continue ;; esac
  grep -Fqx "$(sha256sum <"$file" | cut -c1-64)  ${file#./}" manifest.sha256 || echo "$file"
done)
[ -z "$extra" ] || fail "not in the manifest: $extra"

echo "2. seals"
cms() { openssl cms -verify -binary -inform DER -in "$1" -content "$2" -CAfile root.pem -purpose any -no_check_time -out /dev/null 2>&1; }
if [ -f manifest.sha256.p7s ]; then
  said=$(cms manifest.sha256.p7s manifest.sha256) || fail "manifest: $said"
elif grep -q '"sealed": true' provenance.json; then
  fail "the seal of the manifest was taken away"
fi
count=0
while read -r pdf length second rest; do
  count=$((count + 1))
  size=$(wc -c <"$pdf" | tr -d ' ')
  [ "$((second + rest))" -eq "$size" ] || fail "$pdf: the seal does not cover the whole file"
  hex=$(od -An -v -tx1 "$pdf.p7s" | tr -d ' \n')
  found=$(tail -c "+$((length + 2))" "$pdf" | head -c "${#hex}" | tr A-F a-f)
  [ "$hex" = "$found" ] || fail "$pdf: another seal is in the file"
  content=${TMPDIR:-/tmp}/csdocs-content.$$
  { head -c "$length" "$pdf"; tail -c "$rest" "$pdf"; } >"$content"
  said=$(cms "$pdf.p7s" "$content") || fail "$pdf: $said"
  rm -f "$content"
done <lists/seals.txt
echo "   $count sealed PDFs"

echo "3. signatures of persons"
count=0
while read -r statement signature person purpose moment; do
  count=$((count + 1))
  said=$(ssh-keygen -Y verify -f allowed_signers -I "$person" -n "$purpose" -O "verify-time=$moment" -s "$signature" <"$statement" 2>&1) ||
    fail "$statement ($person): $said"
done <lists/signatures.txt
echo "   $count signatures"

echo "4. approvals name exactly these files"
count=0
while read -r document receipt; do
  count=$((count + 1))
  grep -q "$(digest "$document")" "$receipt" || fail "$receipt is not about $document"
done <lists/approvals.txt
echo "   $count approvals"

[ "$bad" -eq 0 ] && { echo "everything holds"; exit 0; }
echo "NOT everything holds"
exit 1
"""


def signature_list(signed: Iterable[Signed]) -> File:
    lines = (f"{each.statement} {each.signature} {each.identity} {each.namespace} {utc(each.at)}\n" for each in signed)
    return File(SIGNATURES, "".join(sorted(lines)).encode())


def approval_list(chosen: Sequence[Held], places: Iterable[tuple[str, str]]) -> File:
    """`places`: a receipt as the repository has it, and in the archive."""
    place = dict(places)
    lines = (f"{each.source} {place[path]}\n" for each in chosen for path in each.receipts if path in place)
    return File(APPROVALS, "".join(sorted(lines)).encode())
