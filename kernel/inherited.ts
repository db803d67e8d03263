import { constants } from 'node:os';

/**
 * What we were started with, and Node has changed since: ignored signals are reset, and the soft
 * limit of open files raised. A program that we start has to get both as they were. Our launcher
 * tells; nobody does where it was passed over.
 */
interface Inherited {
  /** As a bit mask: bit 0 is signal 1. */
  readonly ignored: bigint;
  readonly openFiles: bigint | undefined;
}

/** Of our environment, from bin/ll-learn: `SigIgn` of proc_pid_status(5), and a number of files. */
export const inheritedVariable = 'LL_LEARN_INHERITED';

let inherited: Inherited = { ignored: 0n, openFiles: undefined };

/** Takes what the launcher tells out of our environment: before anybody else looks at that. */
export function takeInherited(): void {
  inherited = inheritedIn(process.env[inheritedVariable] ?? '');
  delete process.env[inheritedVariable];
}

/** Whether a signal was not ignored: a handler of ours would undo that, and so would its removal. */
export function heeded(name: NodeJS.Signals): boolean {
  return (inherited.ignored & bitOf(name)) === 0n;
}

/** The numbers of the ignored signals. */
export function inheritedIgnored(): readonly number[] {
  return numbersIn(inherited.ignored);
}

/** The numbers of those that Node ignores, and what we start must not. */
export function ignoredByNodeAlone(): readonly number[] {
  return numbersIn(byNode & ~inherited.ignored);
}

/** The soft limit of open files; undefined where nobody has told. */
export function inheritedOpenFiles(): bigint | undefined {
  return inherited.openFiles;
}

/** What to put before the words of another Node of ours, for it to be told the same. */
export function inheritedWords(): readonly string[] {
  const { ignored, openFiles } = inherited;
  if (ignored === 0n) return [];
  return ['/usr/bin/env', `${inheritedVariable}=${ignored.toString(16)} ${openFiles ?? ''}`];
}

const byNode = bitOf('SIGPIPE') | bitOf('SIGXFSZ');

function inheritedIn(told: string): Inherited {
  const [ignored = '', openFiles = ''] = told.split(' ');
  return {
    ignored: /^[0-9a-f]+$/.test(ignored) ? BigInt(`0x${ignored}`) : 0n,
    openFiles: openFiles === 'unlimited' ? RLIM_INFINITY : numberIn(openFiles),
  };
}

const RLIM_INFINITY = (1n << 64n) - 1n;

function numberIn(text: string): bigint | undefined {
  return /^\d+$/.test(text) ? BigInt(text) : undefined;
}

function numbersIn(mask: bigint): readonly number[] {
  const all = Array.from({ length: 64 }, (_, index) => index + 1);
  return all.filter((number) => (mask & (1n << BigInt(number - 1))) !== 0n);
}

function bitOf(name: NodeJS.Signals): bigint {
  return 1n << BigInt(constants.signals[name] - 1);
}
