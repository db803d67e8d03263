import { closeSync, openSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { Denial } from '../../landlock/denial.js';
import { loadProfile } from '../../profiles/load.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { formatDenial, formatRecords } from '../../tracer/audit/format.js';
import { BaseProfile } from '../base-profile.js';
import { judgedDomain } from '../check/judged-domain.js';
import { WouldBeDenials } from '../check/would-be-denials.js';
import { createFirst } from '../create-first.js';
import { CommandError } from '../errors.js';
import { onlyProfile } from '../only-profile.js';
import { type OptionTable, type ParsedWords, parseWords } from '../options.js';
import { tell } from '../output.js';
import { missingPaths, profileNotes } from '../profile-notes.js';
import { switchOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { watch, watchedCommand, watchOptions } from '../watched-command.js';

/** Runs a command freely, and tells what a profile would have denied it. */
export async function check({ words, descriptors }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'check');
  const file = onlyProfile(parsed, 'check');
  const watched = watchedCommand(parsed, 'check');
  const { creations } = resolveProfile(loadProfile(file), file);
  for (const path of createFirst(creations)) tell(`made ${path}, as the profile says`);
  const base = new BaseProfile(file);
  for (const note of [...profileNotes(base.placed), ...missingPaths(base.placed)]) tell(note);
  const domain = judgedDomain(base);
  const { abi } = domain;
  const log = denialLog(parsed);
  const denials = new WouldBeDenials(domain, log.write);
  const trace = await watch(watched, {
    abi,
    descriptors,
    onStarted: () => {},
    onOperation: (operation) => denials.judge(operation),
  });
  log.close();
  const { concludeCheck } = await import('../check/conclude.js');
  return concludeCheck({
    name: watched.name,
    base,
    trace,
    denials: denials.counted(trace.operations),
    command: watched.command.argv,
    abi,
    json: switchOption(parsed, 'json'),
    allowIncomplete: switchOption(parsed, 'allow-incomplete'),
  });
}

const options: OptionTable = {
  log: { type: 'string' },
  ...watchOptions,
  'allow-incomplete': { type: 'boolean' },
  json: { type: 'boolean' },
};

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
