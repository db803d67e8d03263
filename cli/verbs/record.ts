import { blindSpots, describeGap } from '../../tracer/trace.js';
import { exitStatus } from '../exit-status.js';
import { writeTrace } from '../keep-trace.js';
import { kernelAbi } from '../kernel-abi.js';
import { type OptionTable, parseWords } from '../options.js';
import { tell } from '../output.js';
import { describeOutcome, succeeded } from '../result.js';
import { abiOption, textOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { watch, watchedCommand, watchOptions } from '../watched-command.js';

/** Runs the target freely, watches it, and keeps what was seen: a profile is made of it later. */
export async function record({ words, descriptors }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'none', 'record');
  const watched = watchedCommand(parsed, 'record');
  const { name } = watched;
  const output = textOption(parsed, 'output') ?? `${name}.trace.jsonl`;
  const abi = abiOption(parsed, 'record') ?? kernelAbi();
  const trace = await watch(watched, { abi, descriptors, onStarted: () => {} });
  writeTrace(output, trace, name);
  const gaps = trace.integrity.map((gap) => `\n${describeGap(gap)}`).join('');
  const seen = `${trace.operations.length} different operations`;
  tell(`${name} ${describeOutcome(trace.outcome)}; wrote ${output}: ${seen}${gaps}`);
  const clean = succeeded(trace.outcome) && blindSpots(trace).length === 0;
  return clean ? exitStatus.clean : exitStatus.finding;
}

const options: OptionTable = {
  output: { type: 'string', short: 'o' },
  abi: { type: 'string' },
  ...watchOptions,
};
