import { parseArgs } from 'node:util';
import { Laboratory } from '../laboratory/laboratory.js';
import { lacksLaboratory } from '../laboratory/lack.js';
import { asTest } from './as-test.js';
import { type Disagreement, fuzz } from './fuzz.js';
import { mutants } from './mutants.js';
import { shrink } from './shrink.js';
import { tableOf } from './table.js';

/**
 * `npm run fuzz -- --seed S --cases N`: asks the kernel and the model the same N questions, and
 * prints the smallest case of each kind that they answer differently. `--on DIRECTORY` plants there
 * instead of in memory. `--mutant NAME` breaks the model first; `--mutants` asks every broken model
 * as well, and names those that are not found out. Exit status 1 where the model is wrong, or a
 * broken one is not found out.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '2000' },
    mutant: { type: 'string' },
    on: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
});
const seed = wholeNumber('--seed', values.seed);
const cases = wholeNumber('--cases', values.cases);
const judged = values.mutant === undefined ? undefined : mutants[values.mutant];
if (values.mutant !== undefined && judged === undefined) {
  throw new RangeError(`--mutant ${values.mutant} is none of ${Object.keys(mutants).join(', ')}`);
}
/** Enough to see what is wrong. */
const mostDisagreements = 200;
const mostShrunk = 40;
const lack = lacksLaboratory();
if (lack !== undefined) throw new Error(`the kernel cannot be asked: ${lack}`);

const started = performance.now();
const laboratory = new Laboratory(values.on);
try {
  const asked = values.mutants ? { mutants } : {};
  const tally = fuzz(laboratory, {
    ...{ seed, cases, judged, ...asked },
    // A broken model is found out by its first wrong answer.
    most: judged === undefined ? mostDisagreements : 1,
    onDisagreement: (found) => process.stderr.write(`${JSON.stringify(found)}\n`),
  });
  const smallest = firstOfItsKind(
    tally.disagreements.slice(0, mostShrunk).map((found) => shrink(laboratory, found, judged)),
  );
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${tableOf(tally)}\n`);
  for (const found of smallest) process.stdout.write(`\n${asTest(found)}\n`);
  if (values.mutants) {
    for (const name of tally.undetected) process.stdout.write(`not found out: ${name}\n`);
  }
  const { disagreements, domains } = tally;
  process.stdout.write(
    `\n${cases} cases in ${domains} domains, seed ${seed}: ${disagreements.length} disagreements, ${seconds.toFixed(1)} s\n`,
  );
  process.exitCode = disagreements.length > 0 || tally.undetected.length > 0 ? 1 : 0;
} finally {
  laboratory.close();
}

function firstOfItsKind(found: readonly Disagreement[]): readonly Disagreement[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const kind = `${one.scenario.call[0]} ${one.kernel} ${one.model}`;
    if (seen.has(kind)) return false;
    seen.add(kind);
    return true;
  });
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new RangeError(`${option} takes a whole number, not "${text}"`);
  return Number(text);
}
