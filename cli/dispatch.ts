import { ProfileError } from '../profiles/profile-error.js';
import { TraceFileError } from '../tracer/trace-file-error.js';
import { CommandError, UsageError } from './errors.js';
import { exitStatus } from './exit-status.js';
import { print, tell } from './output.js';
import { verbOf, verbs } from './verbs.js';

/** Does what the words of a command line say. @returns the exit status. */
export async function dispatch(
  argv: readonly string[],
  descriptors: readonly number[],
): Promise<number> {
  try {
    const [first = '', ...rest] = argv;
    if (first === '--version' || first === '-V')
      return said((await import('./version.js')).versionText());
    if (first === '--help' || first === '-h') return said(await helpFor(undefined));
    if (first === 'help') return said(await helpFor(rest[0]));
    const { name, rest: words } = verbOf(argv);
    if (asksForHelp(words)) return said(await helpFor(name));
    const act = await verbs[name]?.load();
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
