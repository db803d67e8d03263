import { keepOnExec } from '../../kernel/descriptors.js';
import { execve } from '../../kernel/execve.js';
import { rawEnvironment } from '../../kernel/initial-process.js';
import { SystemCallError } from '../../kernel/libc.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import {
  restoreBlockingStreams,
  restoreOpenFileLimit,
  restoreSignalDispositions,
} from '../../kernel/process-state.js';
import { linuxOfAbi } from '../../landlock/abi.js';
import {
  loggingSince,
  type Omission,
  prepareRuleset,
  restrictSelf,
} from '../../landlock/enforce.js';
import { restrictsNothing } from '../../landlock/ruleset.js';
import { landlockSupport } from '../../landlock/support.js';
import { loadProfile } from '../../profiles/load.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { findCommand } from '../../tracer/command.js';
import { createFirst } from '../create-first.js';
import { CommandError, UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { onlyProfile } from '../only-profile.js';
import { type OptionTable, parseWords } from '../options.js';
import { tell } from '../output.js';
import { newerThanWe, unfitVariables } from '../profile-notes.js';
import { rawArgv, typedWords } from '../raw-argv.js';
import { switchOption } from '../values.js';
import type { Invocation } from '../verb.js';

/** Restricts itself by a profile and becomes the command: same process, no parent left. */
export async function run({ words, descriptors }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'run');
  const file = onlyProfile(parsed, 'run');
  if (parsed.command.length === 0) {
    throw new UsageError('no command was given: expected -- COMMAND after the profile', 'run');
  }
  const strict = switchOption(parsed, 'strict');
  const loaded = loadProfile(file);
  const profile = resolveProfile(loaded, file);
  const search = findCommand(typedWords(parsed.command.length));
  if (!search.found) throw new CommandError(search.reason, search.status);
  if (loaded.newerAbi !== undefined) tell(newerThanWe(file, loaded.newerAbi));
  const abi = enforceableAbi(profile.abi, strict);
  if (restrictsNothing(profile.ruleset, abi)) throw new CommandError(nothingIn(file));
  const logged = switchOption(parsed, 'log-denials') && canLog(abi);
  const environment = rawEnvironment();
  const argv = rawArgv(search.command, parsed.command.length);
  for (const path of createFirst(profile.creations)) tell(`made ${path}, as the profile says`);
  const prepared = prepareRuleset(profile.ruleset, abi);
  warn([...unfitVariables(loaded.variables), ...described(prepared.omissions)], strict);
  for (const descriptor of [0, 1, 2, ...descriptors]) keepOnExec(descriptor);
  restoreOpenFileLimit();
  restoreBlockingStreams();
  restoreSignalDispositions();
  restrictSelf(prepared, logged);
  return become(search.command.program, argv, environment, file);
}

const options: OptionTable = { strict: { type: 'boolean' }, 'log-denials': { type: 'boolean' } };

function nothingIn(file: string): string {
  const expected = 'expected [[ruleset]] with handled_access_fs, handled_access_net or scoped';
  return `nothing was run: ${file} restricts nothing that this kernel knows: ${expected}`;
}

function canLog(abi: number): boolean {
  if (abi >= loggingSince) return true;
  tell(`this kernel (ABI ${abi}) logs no denials: Linux ${linuxOfAbi(loggingSince)} does`);
  return false;
}

function enforceableAbi(profileAbi: number, strict: boolean): number {
  const support = landlockSupport();
  if (!support.available) {
    throw new CommandError(`nothing was run: ${support.reason}; ${support.remedy}`);
  }
  if (support.abi < profileAbi) {
    const needed = `ABI ${profileAbi} (Linux ${linuxOfAbi(profileAbi)})`;
    const lacking = `the profile is for Landlock ${needed}, and this kernel has ABI ${support.abi}`;
    if (strict) throw new CommandError(`nothing was run: ${lacking}`);
    tell(`${lacking}: what it does not know stays unrestricted`);
  }
  return support.abi;
}

/** Nothing that is left out loosens the ruleset; but a command may miss it. */
function warn(sentences: readonly string[], strict: boolean): void {
  if (sentences.length === 0) return;
  if (strict) throw new CommandError(`nothing was run: ${sentences.join('; ')}`);
  const shown = sentences.slice(0, mostWarnings);
  const more = sentences.length - shown.length;
  tell(`${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`);
}

const mostWarnings = 3;

function described(omissions: readonly Omission[]): readonly string[] {
  return omissions.filter(({ kind }) => kind !== 'no-longer-handled').map(describeOmission);
}

function describeOmission(omission: Omission): string {
  switch (omission.kind) {
    case 'missing-path':
      return `${omission.path} does not exist: its rule is left out`;
    case 'unreachable-path':
      return `${omission.path} cannot be reached (${omission.code}): its rule is left out`;
    case 'directory-right-on-file':
      return `${omission.path} is no directory: ${omission.rights} is left out there`;
    case 'unruly-path':
      return `${omission.path} can carry no rule: it is left out`;
    case 'no-longer-handled':
      return `this kernel does not know ${omission.rights}`;
  }
}

/** Once restricted there is no way back: what fails now, fails by the profile or by the program. */
function become(
  program: string,
  argv: readonly Buffer[],
  environment: readonly Buffer[],
  file: string,
): never {
  try {
    return execve(pathToBytes(program), argv, environment);
  } catch (error) {
    if (!(error instanceof SystemCallError)) throw error;
    const hint =
      error.code === 'EACCES'
        ? `${file} does not allow executing it, or what it is interpreted by`
        : 'the kernel cannot run it';
    throw new CommandError(`${program}: ${error.code}: ${hint}`, exitStatus.notExecutable);
  }
}
