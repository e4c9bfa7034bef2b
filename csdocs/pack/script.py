"""`verify.sh`: the check of an archive with stock tools. It reads lists that lie beside it; they are in the manifest."""

from collections.abc import Iterable, Sequence

from csdocs.pack.scope import File, RulingRevision, SignedStatement
from csdocs.trust.signer import utc

MANIFEST, MANIFEST_SEAL, SIGNERS = "manifest.sha256", "manifest.sha256.p7s", "allowed_signers"
MANIFEST_STAMP = "manifest.sha256.p7s.tst"
SIGNATURES, APPROVALS, SEALS = "lists/signatures.txt", "lists/approvals.txt", "lists/seals.txt"
STAMPS = "lists/stamps.txt"
CHECK = f'echo "DIGEST  {MANIFEST}" | sha256sum -c && sha256sum -c {MANIFEST} >/dev/null && sh verify.sh DIGEST'
"""Whoever made up an archive made up its script too: it runs once it is known to be the one that was sent."""

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
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT

manifest=$(digest manifest.sha256)
root=none
[ -f root.pem ] && root=$(openssl x509 -in root.pem -outform DER | sha256sum | cut -c1-64)
echo "manifest SHA-256          $manifest"
echo "root certificate SHA-256  $root"
[ -f time-roots.pem ] && echo "time stamp roots SHA-256  $(digest time-roots.pem)"
if [ $# -gt 0 ]; then
  told=$(printf %s "$1" | tr -d ': ' | tr A-F a-f)
  if [ "$told" = "$root" ]; then
    [ -f manifest.sha256.p7s ] || fail "nothing is sealed under the root certificate that you were told of"
  elif [ "$told" != "$manifest" ]; then
    fail "neither is the digest you were told"
  fi
fi

echo "1. files"
sha256sum -c manifest.sha256 >"$work/said" 2>&1 || {
  grep -v ": OK$" "$work/said"
  fail "a file is not what the manifest says"
}
extra=$(find . ! -type d | while IFS= read -r file; do
  case $file in ./manifest.sha256 | ./manifest.sha256.p7s | ./manifest.sha256.p7s.tst) continue ;; esac
  grep -Fqx "$(sha256sum <"$file" | cut -c1-64)  ${file#./}" manifest.sha256 || echo "$file"
done)
[ -z "$extra" ] || fail "not in the manifest: $extra"
[ -z "$(find . -name '*
*')" ] || fail "a name of two lines"

echo "2. time stamps"
count=0
stamps=
# stamped NAME TOKEN DATA: the token is about the data, by an authority of time-roots.pem; its time is kept for the seals.
stamped() {
  count=$((count + 1))
  [ -f time-roots.pem ] || return 0
  said=$(openssl ts -verify -in "$2" -token_in -data "$3" -CAfile time-roots.pem -no_check_time 2>&1) || {
    fail "$1: time stamp: $said"
    return 0
  }
  moment=$(openssl ts -reply -in "$2" -token_in -text 2>/dev/null | grep "^Time stamp: ")
  stamps="$stamps
$1 $(digits ${moment#Time stamp: })"
}
# digits Nov 2 09:00:00 2026 GMT: 20261102090000
digits() {
  case $1 in
    Jan) month=01 ;; Feb) month=02 ;; Mar) month=03 ;; Apr) month=04 ;; May) month=05 ;; Jun) month=06 ;;
    Jul) month=07 ;; Aug) month=08 ;; Sep) month=09 ;; Oct) month=10 ;; Nov) month=11 ;; *) month=12 ;;
  esac
  day=$2
  [ ${#day} -eq 2 ] || day=0$day
  echo "$4$month$day$(printf %s "${3%%.*}" | tr -d :)"
}
while read -r pdf signature_at signature_length token_at token_length; do
  tail -c "+$((signature_at + 1))" "$pdf.p7s" | head -c "$signature_length" >"$work/signature"
  tail -c "+$((token_at + 1))" "$pdf.p7s" | head -c "$token_length" >"$work/token"
  stamped "$pdf" "$work/token" "$work/signature"
done <lists/stamps.txt
if [ -f manifest.sha256.p7s.tst ]; then
  stamped manifest.sha256 manifest.sha256.p7s.tst manifest.sha256.p7s
elif grep -q '"stamped": true' provenance.json; then
  fail "the time stamp of the manifest was taken away"
fi
if [ "$count" -gt 0 ] && [ ! -f time-roots.pem ]; then
  echo "   $count time stamps, NOT checked: the archive names no authority for them"
else
  echo "   $count time stamps"
fi

echo "3. seals"
cms() { openssl cms -verify -binary -inform DER -in "$1" -content "$2" -CAfile root.pem -purpose any -no_check_time -signer "$work/signer" -out /dev/null 2>&1; }
# in_use NAME: the certificate that just proved good is not revoked, or a time stamp says that the seal is older.
in_use() {
  seal=$(openssl x509 -in "$work/signer" -outform DER | sha256sum | cut -c1-64)
  since=$(grep "^$seal " lists/revoked.txt | cut -d ' ' -f 2)
  [ -n "$since" ] || return 0
  moment=$(echo "$stamps" | grep -F "$1 " | cut -d ' ' -f 2)
  [ -n "$moment" ] && [ "$moment" -lt "$since" ] || fail "$1: the seal $seal is revoked since $since (UTC)"
}
if [ -f manifest.sha256.p7s ]; then
  if said=$(cms manifest.sha256.p7s manifest.sha256); then
    in_use manifest.sha256
    echo "   manifest sealed with certificate SHA-256 $seal; revoked by the list that came along: $(wc -l <lists/revoked.txt | tr -d ' ')"
  else
    fail "manifest: $said"
  fi
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
  after=$((length + ${#hex} + 1))
  [ "$(tail -c "+$((after + 1))" "$pdf" | head -c "$((second - after))" | tr -d 0)" = ">" ] || fail "$pdf: the seal leaves a gap"
  { head -c "$length" "$pdf"; tail -c "$rest" "$pdf"; } >"$work/content"
  if said=$(cms "$pdf.p7s" "$work/content"); then in_use "$pdf"; else fail "$pdf: $said"; fi
done <lists/seals.txt
found=$(find . -name '*.pdf' ! -path './records/*/files/*' | wc -l | tr -d ' ')
[ ! -f manifest.sha256.p7s ] || [ "$found" -eq "$count" ] || fail "of $found PDFs that lie here $count are listed as sealed"
echo "   $count sealed PDFs"

echo "4. signatures of persons"
count=0
while read -r statement signature person purpose moment; do
  count=$((count + 1))
  said=$(ssh-keygen -Y verify -f allowed_signers -I "$person" -n "$purpose" -O "verify-time=$moment" -s "$signature" <"$statement" 2>&1) ||
    fail "$statement ($person): $said"
done <lists/signatures.txt
found=$(find . -name '*.sig' ! -path './records/*/files/*' | wc -l | tr -d ' ')
[ "$found" -eq "$count" ] || fail "of $found signatures that lie here $count are listed"
echo "   $count signatures"

echo "5. approvals name exactly these files"
count=0
while read -r document receipt; do
  count=$((count + 1))
  grep -A 2 "^ *to:" "$receipt" | grep -v "^ *from:\|^policy_sha256:" | grep -q "$(digest "$document")" ||
    fail "$receipt is not about $document"
done <lists/approvals.txt
echo "   $count approvals"

if [ "$bad" -eq 0 ]; then
  echo "everything holds"
  [ $# -gt 0 ] || echo "NOT compared: whoever made up an archive made up what it holds; the digests above are to be those you were told"
  exit 0
fi
echo "NOT everything holds"
exit 1
"""


def signature_list(signed: Iterable[SignedStatement]) -> File:
    lines = (f"{each.statement} {each.signature} {each.identity} {each.namespace} {utc(each.at)}\n" for each in signed)
    return File(SIGNATURES, "".join(sorted(lines)).encode())


def approval_list(chosen: Sequence[RulingRevision], places: Iterable[tuple[str, str]]) -> File:
    """`places`: a receipt as the repository has it, and in the archive."""
    place = dict(places)
    lines = (f"{each.source} {place[path]}\n" for each in chosen for path in each.receipts if path in place)
    return File(APPROVALS, "".join(sorted(lines)).encode())
