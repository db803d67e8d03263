import { newestAbi } from '../../landlock/abi.js';
import type { Exporter, Output } from '../../profiles/exporters/exporter.js';
import { exporters } from '../../profiles/exporters/index.js';
import { lossText } from '../../profiles/exporters/loss-text.js';
import { exportRequest } from '../../profiles/exporters/request.js';
import type { SeenOperation } from '../../profiles/exporters/survey.js';
import { loadProfile } from '../../profiles/load.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { type OptionTable, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { readAnyTrace } from '../read-any-trace.js';
import { abiOption, switchOption, textOption, textOptions } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';
import { writeFileWhole } from '../write-file.js';
import { writeFolder } from '../write-folder.js';

/** Spells a profile for another tool. */
export async function exportVerb({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'export');
  const [file, unexpected] = parsed.operands;
  if (file === undefined) throw new UsageError('no profile was given', 'export');
  if (unexpected !== undefined) {
    throw new UsageError(
      `one profile is exported at a time, and ${unexpected} is one more`,
      'export',
    );
  }
  const exporter = exporterFor(textOption(parsed, 'to'));
  const profile = loadProfile(file);
  const abi = abiOption(parsed, 'export');
  if (abi !== undefined && abi > profile.abi)
    throw new UsageError(tooNew(abi, profile.abi), 'export');
  const wished = exportRequest(profile, file, {
    abi,
    command: parsed.command,
    seen: await seenIn(textOptions(parsed, 'trace')),
  });
  const { output, losses: lost, notes } = exporter.write(wished.request);
  const losses = [...wished.losses, ...lost].map((loss) => `${exporter.format}: ${lossText(loss)}`);
  for (const loss of losses) tell(loss);
  const refused = losses.length > 0 && switchOption(parsed, 'strict');
  if (refused) {
    tell('nothing was exported, since --strict takes no loss');
    return exitStatus.finding;
  }
  for (const note of notes) tell(`${exporter.format}: note: ${note}`);
  deliver(output, textOption(parsed, 'output'), exporter);
  return exitStatus.clean;
}

const options: OptionTable = {
  to: { type: 'string' },
  output: { type: 'string', short: 'o' },
  abi: { type: 'string' },
  strict: { type: 'boolean' },
  trace: { type: 'string', multiple: true },
};

/** What traces hold; undefined without any. */
async function seenIn(files: readonly string[]): Promise<readonly SeenOperation[] | undefined> {
  if (files.length === 0) return undefined;
  const seen: SeenOperation[] = [];
  for (const file of files) {
    for (const operation of (await readAnyTrace(file, toolName())).operations) seen.push(operation);
  }
  return seen;
}

function exporterFor(format: string | undefined): Exporter {
  const names = exporters.map((exporter) => exporter.format).join(', ');
  if (format === undefined)
    throw new UsageError(`--to is missing: expected one of ${names}`, 'export');
  const exporter = exporters.find((candidate) => candidate.format === format);
  if (exporter === undefined) {
    throw new UsageError(`--to ${format}: expected one of ${names}`, 'export');
  }
  return exporter;
}

function tooNew(abi: number, own: number): string {
  return `--abi ${abi}: the profile is for ABI ${own}, and nobody has watched what later ones restrict (1 to ${Math.min(own, newestAbi)} can be exported; learn for ABI ${abi} with ll-learn learn --abi ${abi})`;
}

function deliver(output: Output, to: string | undefined, { format }: Exporter): void {
  switch (output.kind) {
    case 'text':
      if (to === undefined) print(output.text);
      else writeFileWhole(to, [output.text], 'the export');
      return;
    case 'folder':
      if (to === undefined) {
        throw new UsageError(`${format} is a folder: say where with -o DIRECTORY`, 'export');
      }
      writeFolder(to, output.files);
  }
}
