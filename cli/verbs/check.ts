import { closeSync, openSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { restoreOpenFileLimit } from '../../kernel/process-state.js';
import { allAccess, intersection } from '../../landlock/access-set.js';
import type { Denial } from '../../landlock/denial.js';
import { domainOn } from '../../landlock/domain.js';
import type { Ruleset } from '../../landlock/ruleset.js';
import { landlockSupport } from '../../landlock/support.js';
import { loadProfile } from '../../profiles/load.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { formatDenial, formatRecords } from '../../tracer/audit/format.js';
import { findCommand } from '../../tracer/command.js';
import { BaseProfile } from '../base-profile.js';
import { WouldBeDenials } from '../check/would-be-denials.js';
import { tracerChoices, traceWith } from '../choose-tracer.js';
import { createFirst } from '../create-first.js';
import { CommandError, UsageError } from '../errors.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { tell } from '../output.js';
import { missingPaths, profileNotes } from '../profile-notes.js';
import { rawArgv, typedWords } from '../raw-argv.js';
import { choiceOption, secondsOption, switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';

/** Runs a command freely, and tells what a profile would have denied it. */
export async function check({ words, descriptors }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'check');
  const file = onlyProfile(parsed);
  const search = findCommand(typedWords(parsed.command.length));
  if (!search.found) throw new CommandError(search.reason, search.status);
  const { creations } = resolveProfile(loadProfile(file), file);
  for (const path of createFirst(creations)) tell(`made ${path}, as the profile says`);
  const base = new BaseProfile(file);
  for (const note of [...profileNotes(base.placed), ...missingPaths(base.placed)]) tell(note);
  const abi = judgedAbi(base.abi);
  const { ruleset, objectOf } = base.given;
  const log = denialLog(parsed);
  const denials = new WouldBeDenials(domainOn(objectOf, abi, [known(ruleset, abi)]), log.write);
  const patience = secondsOption(parsed, 'wait', 'check') ?? usualPatience;
  restoreOpenFileLimit();
  const trace = await traceWith(
    choiceOption(parsed, 'tracer', tracerChoices, 'check') ?? 'auto',
    (tracer) =>
      tracer.trace(search.command, {
        tool: toolName(),
        abi,
        patience,
        words: rawArgv(search.command, parsed.command.length),
        descriptors,
        onStarted: () => {},
        onLeftBehind: (count) => tell(`the command has ended, but not ${count} of its processes`),
        onOperation: (operation) => denials.judge(operation),
      }),
  );
  log.close();
  const { concludeCheck } = await import('../check/conclude.js');
  return concludeCheck({
    name: basename(parsed.command[0] ?? ''),
    base,
    trace,
    denials: denials.counted(trace.operations),
    command: search.command.argv,
    abi,
    json: switchOption(parsed, 'json'),
    allowIncomplete: switchOption(parsed, 'allow-incomplete'),
  });
}

const options: OptionTable = {
  log: { type: 'string' },
  tracer: { type: 'string' },
  wait: { type: 'string' },
  'allow-incomplete': { type: 'boolean' },
  json: { type: 'boolean' },
};

/** Seconds, as for learning. */
const usualPatience = 10;

function onlyProfile({ operands, command }: ParsedWords): string {
  const [file, unexpected] = operands;
  if (file === undefined) throw new UsageError('no profile was given', 'check');
  if (unexpected !== undefined) {
    throw new UsageError(`${unexpected} is not expected: put -- before the command`, 'check');
  }
  if (command.length === 0) {
    throw new UsageError('no command was given: expected -- COMMAND after the profile', 'check');
  }
  return file;
}

/** Judged as the kernel here would, were there one that enforces. */
function judgedAbi(profileAbi: number): number {
  const support = landlockSupport();
  return support.available ? support.abi : profileAbi;
}

/** What that kernel does not know, it does not restrict. */
function known(ruleset: Ruleset, abi: number): Ruleset {
  return {
    ...ruleset,
    handledFs: intersection(ruleset.handledFs, allAccess('fs', abi)),
    handledNet: intersection(ruleset.handledNet, allAccess('net', abi)),
    scoped: intersection(ruleset.scoped, allAccess('scope', abi)),
  };
}

/** Where denials are told as they come: in a file as auditd would, or on stderr. */
function denialLog(parsed: ParsedWords): {
  readonly write: (denial: Denial) => void;
  readonly close: () => void;
} {
  const file = textOption(parsed, 'log');
  if (file === undefined) {
    const silent = switchOption(parsed, 'json');
    return { write: (denial) => (silent ? undefined : tell(lineOf(denial))), close: () => {} };
  }
  const descriptor = opened(file);
  let serial = 0;
  return {
    write: (denial) => {
      serial += 1;
      writeSync(descriptor, formatRecords(denial, new Date(), serial));
    },
    close: () => closeSync(descriptor),
  };
}

function lineOf(denial: Denial): string {
  const { call, executable } = denial.asker;
  return `${formatDenial(denial)} (${basename(executable ?? '')}, ${call})`;
}

function opened(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`nothing was run: the log ${file} cannot be written (${code})`);
  }
}
