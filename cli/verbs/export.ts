import { isatty } from 'node:tty';
import type { Exported, Exporter, Output } from '../../profiles/exporters/exporter.js';
import { exporters } from '../../profiles/exporters/index.js';
import { lossText } from '../../profiles/exporters/loss-text.js';
import { exportRequest } from '../../profiles/exporters/request.js';
import {
  type SurroundingsPutIn,
  surroundingsPutIn,
} from '../../profiles/exporters/surroundings.js';
import type { SeenOperation } from '../../profiles/exporters/survey.js';
import { fitOf } from '../../profiles/fitness.js';
import { loadProfile } from '../../profiles/load.js';
import { Relocation } from '../../profiles/relocate.js';
import { ambientVariables } from '../../tracer/ambient.js';
import { printable } from '../../tui/printable.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { exportDocument } from '../export-document.js';
import { type OptionTable, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { newerThanWe } from '../profile-notes.js';
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
  const traces = textOptions(parsed, 'trace');
  const abi = abiOption(parsed, 'export');
  const profile = loadProfile(file);
  refuseUseless(exporter, traces, abi, profile.abi);
  if (profile.newerAbi !== undefined) tell(newerThanWe(file, profile.newerAbi));
  const wished = exportRequest(profile, file, {
    abi,
    command: parsed.command,
    seen: await seenIn(traces),
  });
  const written = exporter.write(wished.request);
  const putIn = exporter.refersToFile === true ? nothingPutIn : surroundingsPutIn(profile);
  const exported = {
    ...written,
    losses: [...putIn.losses, ...wished.losses, ...written.losses],
    notes: [...putIn.notes, ...written.notes],
  };
  tellLosses(exporter, exported);
  if (exported.losses.length > 0 && switchOption(parsed, 'strict')) {
    tell('nothing was exported, since --strict takes no loss');
    return exitStatus.finding;
  }
  deliver(exporter, exported, textOption(parsed, 'output'), switchOption(parsed, 'json'));
  return exitStatus.clean;
}

const options: OptionTable = {
  to: { type: 'string' },
  output: { type: 'string', short: 'o' },
  abi: { type: 'string' },
  strict: { type: 'boolean' },
  trace: { type: 'string', multiple: true },
  json: { type: 'boolean' },
};

const nothingPutIn: SurroundingsPutIn = { losses: [], notes: [] };

/** What traces hold, as if they had been made here, where the profile is put; undefined without any. */
async function seenIn(files: readonly string[]): Promise<readonly SeenOperation[] | undefined> {
  if (files.length === 0) return undefined;
  const seen: SeenOperation[] = [];
  const here = new Relocation(fitOf(ambientVariables()));
  for (const file of files) {
    const { operations } = here.of(await readAnyTrace(file, toolName()));
    for (const operation of operations) seen.push(operation);
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

/** Options that would change nothing, or that nothing is known for, are mistakes. */
function refuseUseless(
  { format, readsTraces, refersToFile }: Exporter,
  traces: readonly string[],
  abi: number | undefined,
  own: number,
): void {
  if (traces.length > 0 && readsTraces !== true) {
    throw new UsageError(`--trace is of no use to ${format}`, 'export');
  }
  if (abi === undefined) return;
  if (refersToFile === true) {
    throw new UsageError(
      `--abi is of no use to ${format}: the profile itself is enforced`,
      'export',
    );
  }
  if (abi > own) throw new UsageError(tooNew(abi, own), 'export');
}

function tooNew(abi: number, own: number): string {
  return `--abi ${abi}: the profile is for ABI ${own}, and nobody has watched what later ones restrict (1 to ${own} can be exported; learn for ABI ${abi} with ll-learn learn --abi ${abi})`;
}

function tellLosses({ format }: Exporter, { losses, notes }: Exported): void {
  for (const loss of losses) tell(`${format}: ${lossText(loss)}`);
  for (const note of notes) tell(`${format}: note: ${note}`);
}

function deliver(
  exporter: Exporter,
  exported: Exported,
  to: string | undefined,
  json: boolean,
): void {
  if (to !== undefined) write(exported.output, to);
  if (json) print(exportDocument(exporter, exported, to ?? null));
  else if (to === undefined) show(onlyText(exporter, exported.output));
}

/** As it is; but on a terminal no path may act on that. */
function show(text: string): void {
  const shown = isatty(1) ? text.replace(/[^\n\t]+/g, printable) : text;
  print(shown);
  if (shown === text) return;
  tell(
    'characters that would act on the terminal are shown escaped: -o FILE writes them as they are',
  );
}

function write(output: Output, to: string): void {
  if (output.kind === 'folder') writeFolder(to, output.files);
  else writeFileWhole(to, [output.text], 'the export');
}

function onlyText({ format }: Exporter, output: Output): string {
  if (output.kind === 'text') return output.text;
  throw new UsageError(`${format} is a folder: say where with -o DIRECTORY`, 'export');
}
