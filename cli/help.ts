import { exporters } from '../profiles/exporters/index.js';

/** What `ll-learn --help` prints. */
export function generalHelp(): string {
  return `ll-learn: learn what a program needs, and let Landlock deny it the rest.

Usage:
  ll-learn [learn] [OPTIONS] -- COMMAND...   run COMMAND freely, watch it, write its profile
  ll-learn check PROFILE -- COMMAND...       run COMMAND freely, tell what PROFILE would deny
  ll-learn record [OPTIONS] -- COMMAND...    run COMMAND freely, keep what was seen for infer
  ll-learn run PROFILE -- COMMAND...         become COMMAND, restricted by the kernel
  ll-learn verify PROFILE -- COMMAND...      enforce, rerun, and try what has to be denied
  ll-learn infer TRACE|PROFILE...            make a profile of what was kept, and of others
  ll-learn review PROFILE|TRACE              decide again, on a terminal
  ll-learn export PROFILE --to FORMAT        spell a profile for another tool
  ll-learn explain PROFILE PATH|PORT         which rule grants or denies it, and why
  ll-learn diff OLD NEW                      what one profile allows and the other does not
  ll-learn doctor                            what works on this machine

ll-learn VERB --help tells a verb's options.

Exit status: 0 clean; 1 a finding, such as a target that failed; 2 ll-learn or the machine
failed; 3 usage. A command that is not found is 127, one that is not executable 126. run exits
as its command does.
`;
}

/** What `ll-learn VERB --help` prints. */
export function verbHelp(verb: string): string {
  return texts[verb] ?? generalHelp();
}

const texts: Readonly<Record<string, string>> = {
  learn: `Usage: ll-learn [learn] [OPTIONS] -- COMMAND...

Runs COMMAND as it is: nothing is denied. What a Landlock domain would have denied becomes the
profile. On a terminal the profile is reviewed first; elsewhere it is written at once.

  -o, --output FILE      the profile's file (default: NAME.landlock.toml, here; or PROFILE)
      --from PROFILE     start from a profile: ask about and add what it lacks
      --no-review        write without asking, also on a terminal
      --plain            ask in lines, for screen readers and pipes of answers
      --live             review while COMMAND still runs, such as a server
      --target-output FILE  with --live: what COMMAND writes goes there, and not to a pane
      --decisions FILE   replay the decisions of a profile or of a review that was left
      --trace FILE       keep what was seen, for ll-learn infer
      --tracer WHICH     permissive, strace, or auto: the first that works (default)
      --abi N            Landlock version to write for (default: this kernel's)
      --exclude GLOB     do not grant what was done to these paths
      --include GLOB     grant only what was done to these paths
      --never-fold GLOB  guard these places as homes are guarded
      --missing GLOB     grant reading these paths, which were looked for and not there
      --fold HOW         exact: no rule opens more than it must; balanced: rules that open little
                         more stand for many (default); broad: fewer rules still
      --max-rules N      fold on until there are no more than N rules on paths
      --reproducible     go by what was seen alone, and not by this disk: nothing is folded
      --literal          write paths as they are, and not by \${HOME}, \${WORKDIR} and the like
      --wait SECONDS     for what COMMAND leaves running, then end it (default: 10)
      --keep-partial     write a profile although COMMAND failed
      --allow-incomplete write a profile although the trace has gaps
      --check            write nothing; tell what would differ from the file that is there, and
                         exit with 1 when it would allow something else
      --json             the result as one JSON document, on stderr
`,
  check: `Usage: ll-learn check [OPTIONS] PROFILE -- COMMAND...

Runs COMMAND as it is, and tells on stderr, as it comes, what the profile would have denied: each
once, as the kernel's audit spells it. In the end: who asked, how often, which rule came nearest,
and the smallest change that would allow it.

      --log FILE         write the denials there instead, for ll-learn infer --from
      --tracer WHICH     permissive, strace, or auto: the first that works (default)
      --wait SECONDS     for what COMMAND leaves running, then end it (default: 10)
      --allow-incomplete what could not be seen is no finding
      --json             the result as one JSON document, on stderr, and no lines before it

Exit status: 0 when nothing would have been denied, 1 when anything would, or when the trace has
gaps. How COMMAND ended is told, and does not count.
`,
  record: `Usage: ll-learn record [OPTIONS] -- COMMAND...

Runs COMMAND as it is, and keeps what was seen as a trace: ll-learn infer makes a profile of it,
or of several. Exit status 1 when COMMAND failed or the trace has gaps; it is written all the same.

  -o, --output FILE      the trace's file (default: NAME.trace.jsonl, here)
      --tracer WHICH     permissive, strace, or auto: the first that works (default)
      --abi N            Landlock version to look with (default: this kernel's)
      --wait SECONDS     for what COMMAND leaves running, then end it (default: 10)
`,
  run: `Usage: ll-learn run [OPTIONS] PROFILE -- COMMAND...

Becomes COMMAND, with the profile enforced by the kernel: same process, no parent left.

      --strict           refuse, rather than warn, when this kernel cannot enforce all of it
                         or a path of the profile does not exist
      --log-denials      let the kernel log what it denies, for ll-learn infer --from (the audit,
                         or the kernel log where nobody reads that; Linux 6.15)
`,
  verify: `Usage: ll-learn verify [OPTIONS] PROFILE -- COMMAND...

Runs COMMAND with the profile enforced, as run does, and tells each denial with the smallest change
that would allow it: as foreseen for each call before it goes on, and as the kernel's audit has it
where that is on and may be read. Then tries, under the same ruleset and without changing anything,
to read where keys, tokens and passwords are usually kept; all of that has to be denied.

      --must-deny WHAT   a GLOB or a port (443, tcp:443, udp:53) that has to be denied as well,
                         whatever is done to it; may be repeated
      --may-allow GLOB   reading these secrets is meant; so it is where a decision allows it
      --status N         the exit status that COMMAND should have (default: 0)
      --fix              add what was denied and run it again, until nothing is; secrets and what
                         must be denied are never added, and nothing is taken away
      --minimise         tell which rights COMMAND did without, confirmed by one more run; with
                         --fix, take them away, but nothing that was added by hand
  -o, --output FILE      where --fix writes (default: PROFILE)
      --sarif FILE       the findings in SARIF 2.1.0 as well, each at a line of a profile
      --junit FILE       what was looked for as test cases, in the XML of JUnit
      --wait SECONDS     for what COMMAND leaves running, then end it (default: 10)
      --allow-incomplete what could not be seen is no finding
      --json             the result as one JSON document, on stderr

Exit status: 0 when verified, 1 when there are findings.
`,
  infer: `Usage: ll-learn infer [OPTIONS] TRACE|PROFILE...

Makes a profile, offline, of traces (learn --trace), of logs of strace -f, and of logs of what the
kernel denied: audit records (auditd's log, ausearch, dmesg, the journal) and tracepoints. What
PROFILEs allow is put together with that: the order makes no difference, nor does what comes twice.

  -o, --output FILE      the profile's file (default: standard output)
      --from PROFILE     start from a profile, and add what it lacks
      --abi N            Landlock version to write for (default: the traces')
      --decisions FILE   replay the decisions of a profile or of a review that was left
      --exclude GLOB     do not grant what was done to these paths
      --include GLOB     grant only what was done to these paths
      --never-fold GLOB  guard these places as homes are guarded
      --missing GLOB     grant reading these paths, which were looked for and not there
      --fold HOW         exact, balanced (default) or broad: see ll-learn learn --help
      --max-rules N      fold on until there are no more than N rules on paths
      --reproducible     go by what was seen alone, and not by this disk: nothing is folded
      --literal          write paths as they are, and not by \${HOME}, \${WORKDIR} and the like
      --per-program      tell what each program needed, instead of the profile of all
      --program NAME     only what this program, and those that it started, needed
      --allow-incomplete write a profile although a trace has gaps
      --keep-partial     write a profile although a traced command failed
      --check            write nothing; tell what would differ from the file of -o or --from, and
                         exit with 1 when it would allow something else
      --json             the result as one JSON document, on standard output
`,
  review: `Usage: ll-learn review [OPTIONS] PROFILE|TRACE

Opens the review again: of a profile, with its comments for evidence, or of what inference makes of
a trace (learn --trace) or log. What was decided before is decided still.

  -o, --output FILE      the profile's file (default: PROFILE; of a trace, NAME.landlock.toml)
      --plain            ask in lines, for screen readers and pipes
      --decisions FILE   replay the decisions of a profile or of a review that was left
      --abi N            of a trace: Landlock version to write for (default: the trace's)
      --exclude GLOB     of a trace: do not grant what was done to these paths
      --include GLOB     of a trace: grant only what was done to these paths
      --never-fold GLOB  of a trace: guard these places as homes are guarded
      --missing GLOB     of a trace: grant reading these paths, which were looked for and not there
      --literal          write paths as they are, and not by \${HOME}, \${WORKDIR} and the like
      --fold HOW         of a trace: exact, balanced (default) or broad
      --max-rules N      of a trace: fold on until there are no more than N rules on paths
`,
  export: `Usage: ll-learn export PROFILE --to FORMAT [OPTIONS] [-- COMMAND...]

Spells a profile for another tool. What the tool cannot express is told on stderr, each with what
it does: loosens or tightens the sandbox, or has to be made by hand.

      --to FORMAT        one of those below
  -o, --output FILE      where to (default: standard output); a directory for island
      --abi N            Landlock version to write for (default: the profile's)
      --strict           export nothing where anything is lost (exit status 1)
      --trace FILE       for html: what was used, by a kept trace; may be repeated
      --json             the export and what it loses as one JSON document

COMMAND is what units and Kubernetes run; by default the one that was learned.

${exporters.map(({ format, summary }) => `  ${format.padEnd(22)} ${summary}\n`).join('')}`,
  explain: `Usage: ll-learn explain [OPTIONS] PROFILE PATH|PORT [RIGHT...]

Tells which rule grants a right, on what evidence and what else it opens, or that none does.
PATH need not exist. PORT is 443, tcp:443 or udp:53. RIGHT is one of Landlock's (read_file,
connect_tcp), or bind or connect for a port; without one, all that make sense for the thing.

      --layer PROFILE    one more profile, enforced inside of the first; may be repeated
      --json             the answer as one JSON document

Exit status: 0 when all that was asked is granted, 1 when any of it is denied.
`,
  diff: `Usage: ll-learn diff [OPTIONS] OLD NEW

Tells what NEW allows and OLD does not (+), and the other way round (-): rights on hierarchies with
what may come of them, ports, scopes, what is made beforehand. A rule that another covers, reasons
and the order of rules make no difference. The same template is the same place; where a variable has
another value, that is told once. Paths are compared by name, and symlinks are not followed.

      --deny-widening    only what NEW allows in addition is a finding
      --json             the differences as one JSON document

Exit status: 0 when both allow the same, 1 when not.
`,
  doctor: `Usage: ll-learn doctor [--json]

Tells what of Landlock and of tracing works on this machine, and why the rest does not.
Exit status: 0 when learning and enforcing both work, else 1.
`,
};
