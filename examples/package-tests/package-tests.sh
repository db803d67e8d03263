#!/bin/sh
# The tests of a Debian source package (autopkgtest, DEP-8) under Landlock. In the package's directory:
#
#   package-tests.sh learn    run each test, watched and with nothing denied, and keep what it did
#   package-tests.sh merge    make the profile of all that was kept: to be read and committed
#   package-tests.sh check    does what was kept need anything else than the committed profile grants?
#   package-tests.sh verify   run each test with the committed profile enforced by the kernel
#
# In the environment:
#   PROFILE  the committed profile (debian/tests/landlock.toml)
#   TRACES   where what tests did is kept (debian/.landlock-traces)
#   RUNS     how often each test is learned: what differs between runs is told apart (2)
#   ABI      the version of Landlock to write for; the same for all who learn (6, Linux 6.12)
#   JOB      a name for this machine's traces, where several learn (0)
#   SHARE    which tests are this machine's, as N/M: the Nth of M shares (1/1)
set -u
: "${PROFILE:=debian/tests/landlock.toml}" "${TRACES:=debian/.landlock-traces}"
: "${RUNS:=2}" "${ABI:=6}" "${JOB:=0}" "${SHARE:=1/1}"

# The names in "Tests:" of debian/tests/control that are of this share, a line each.
tests() {
  sed -n 's/^Tests:[[:space:]]*//p' debian/tests/control | tr ', ' '\n\n' | sed '/^$/d' |
    awk -v share="$SHARE" 'BEGIN { split(share, part, "/") } NR % part[2] == part[1] % part[2]'
}

# in_testbed TEST COMMAND...: as autopkgtest runs a test. What it makes is gone afterwards, and lies
# where TMPDIR says, so that the profile names the place by that variable.
in_testbed() {
  script=debian/tests/$1
  shift
  AUTOPKGTEST_TMP=$(mktemp -d) || return 2
  export AUTOPKGTEST_TMP
  TMPDIR=$AUTOPKGTEST_TMP "$@" "$script"
  status=$?
  rm -rf "$AUTOPKGTEST_TMP"
  return "$status"
}

# Every test is run, whatever became of the ones before.
each_test() {
  failed=0
  for test in $(tests); do
    "$@" "$test" || {
      echo "package-tests: $1: $test failed" >&2
      failed=1
    }
  done
  return "$failed"
}

learn_one() {
  run=1
  while [ "$run" -le "$RUNS" ]; do
    in_testbed "$1" ll-learn record --abi "$ABI" -o "$TRACES/$1.$JOB.$run.jsonl" -- || return
    run=$((run + 1))
  done
}

verify_one() {
  in_testbed "$1" ll-learn verify "$PROFILE" --
}

case ${1-} in
  learn) mkdir -p "$TRACES" && each_test learn_one ;;
  merge) ll-learn infer --reproducible --abi "$ABI" -o "$PROFILE" "$TRACES"/*.jsonl ;;
  check) ll-learn infer --reproducible --abi "$ABI" --check -o "$PROFILE" "$TRACES"/*.jsonl ;;
  verify) each_test verify_one ;;
  *) sed -n '2,/^set /{s/^# \{0,1\}//p;}' "$0" >&2; exit 3 ;;
esac
