/** The exit statuses that scripts rely on. `run` exits as its command does. */
export const exitStatus = {
  /** Done, and clean. */
  clean: 0,
  /** A finding: a target that failed while learning, a trace with gaps, would-be denials. */
  finding: 1,
  /** ll-learn or the machine failed. */
  failure: 2,
  /** The command line is not one of ours. */
  usage: 3,
  /** As shells have them, for the target's command. */
  notExecutable: 126,
  notFound: 127,
} as const;

export type ExitStatus = number;
