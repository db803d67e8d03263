#!/usr/bin/env node
import { isatty } from 'node:tty';
import { inheritedDescriptors } from '../kernel/descriptors.js';
import { exitWithoutFarewell } from '../kernel/process-state.js';
import { ProfileError } from '../profiles/profile-error.js';
import { TraceFileError } from '../tracer/trace-file-error.js';
import { CommandError, UsageError } from './errors.js';
import { exitStatus } from './exit-status.js';
import { print, tell } from './output.js';
import type { Verb } from './verb.js';

/** Loaded when they are called, so that `run` does not wait for the terminal UI. */
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  learn: async () => (await import('./verbs/learn.js')).learn,
  run: async () => (await import('./verbs/run.js')).run,
  infer: async () => (await import('./verbs/infer.js')).inferVerb,
  export: async () => (await import('./verbs/export.js')).exportVerb,
  doctor: async () => (await import('./verbs/doctor.js')).doctor,
};

const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
leave(await main(process.argv.slice(2), inheritedDescriptors()));

/** Everything was written by now; a terminal that is still open for reading must not keep us. */
function leave(status: number): never {
  const gone = terminals.some((descriptor) => !isatty(descriptor));
  return gone ? exitWithoutFarewell(status) : process.exit(status);
}

async function main(argv: readonly string[], descriptors: readonly number[]): Promise<number> {
  try {
    const [first = '', ...rest] = argv;
    if (first === '--version' || first === '-V')
      return said((await import('./version.js')).versionText());
    if (first === '--help' || first === '-h') return said(await helpFor(undefined));
    if (first === 'help') return said(await helpFor(rest[0]));
    const named = Object.hasOwn(verbs, first);
    const verb = named ? first : 'learn';
    const words = named ? rest : argv;
    if (asksForHelp(words)) return said(await helpFor(verb));
    const act = await verbs[verb]?.();
    return (await act?.({ words, descriptors })) ?? exitStatus.failure;
  } catch (error) {
    return explained(error);
  }
}

async function helpFor(verb: string | undefined): Promise<string> {
  const { generalHelp, verbHelp } = await import('./help.js');
  if (verb === undefined) return generalHelp();
  if (Object.hasOwn(verbs, verb)) return verbHelp(verb);
  throw new UsageError(`there is no verb ${verb}: there are ${Object.keys(verbs).join(', ')}`);
}

function asksForHelp(words: readonly string[]): boolean {
  return words[0] === '--help' || words[0] === '-h';
}

function said(text: string): number {
  print(text);
  return exitStatus.clean;
}

/** Failures that we know get their sentence; one that we do not know is our mistake. */
function explained(error: unknown): number {
  if (error instanceof CommandError) {
    tell(error.message);
    return error.status;
  }
  if (error instanceof ProfileError || error instanceof TraceFileError) {
    tell(error.message);
    return exitStatus.failure;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell(`this is a mistake in ll-learn itself; please report it:\n${what}`);
  return exitStatus.failure;
}
