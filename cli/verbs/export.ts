import { exporters } from '../../profiles/exporters/index.js';
import { loadProfile } from '../../profiles/load.js';
import { resolveProfile } from '../../profiles/resolve.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { type OptionTable, parseWords } from '../options.js';
import { print, tell } from '../output.js';
import { textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { writeFileWhole } from '../write-file.js';

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
  const { text, losses } = exporter.write(profile, resolveProfile(profile, file));
  const output = textOption(parsed, 'output');
  if (output === undefined) print(text);
  else writeFileWhole(output, [text], 'the export');
  for (const loss of losses) tell(`${exporter.format}: ${loss}`);
  return exitStatus.clean;
}

const options: OptionTable = {
  to: { type: 'string' },
  output: { type: 'string', short: 'o' },
};

function exporterFor(format: string | undefined) {
  const names = exporters.map((exporter) => exporter.format).join(', ');
  if (format === undefined)
    throw new UsageError(`--to is missing: expected one of ${names}`, 'export');
  const exporter = exporters.find((candidate) => candidate.format === format);
  if (exporter === undefined) {
    throw new UsageError(`--to ${format}: expected one of ${names}`, 'export');
  }
  return exporter;
}
