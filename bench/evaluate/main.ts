import { lacksAudit, withAudit } from '../../test/support/audit.js';
import { lacksPrograms } from '../../test/support/requirements.js';
import { corpus } from './corpus/index.js';
import { Evaluation, type Result } from './evaluate.js';
import type { Program } from './program.js';
import { report } from './report.js';
import { TaskFailed } from './task-failed.js';

/** `npm run evaluate [-- PROGRAM…]`: what profiles are worth on other work than they were learned by. */
const wanted = process.argv.slice(2);
const chosen = corpus.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !corpus.some((program) => program.name === name));
if (unknown.length > 0) {
  const names = corpus.map(({ name }) => name).join(', ');
  throw new Error(`${unknown.join(', ')}: not in the corpus, which has ${names}`);
}
const lack = lacksAudit();
tell(
  lack === undefined
    ? 'denials are those in the records of the kernel’s audit'
    : `denials are those that check tells, as ${lack}`,
);
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The program that is at work is finished, the rest left out, and nothing left behind.
  process.once(signal, () => {
    interrupted = true;
  });
}
process.stdout.write(report(await evaluateAll()));

async function evaluateAll(): Promise<readonly Result[]> {
  const all: Result[] = [];
  const evaluation = new Evaluation(tell);
  try {
    for (const program of chosen) {
      if (interrupted) break;
      all.push(...(await evaluated(program, evaluation)));
    }
  } finally {
    evaluation.end();
  }
  return all;
}

/** Nothing where the program is missing, or fails although nothing restricts it. */
async function evaluated(program: Program, evaluation: Evaluation): Promise<readonly Result[]> {
  const missing = lacksPrograms(...program.needs);
  if (missing !== undefined) {
    tell(`${program.name}: skipped, ${missing}`);
    return [];
  }
  const start = performance.now();
  try {
    // For one program at a time: whoever else reads the audit waits for us.
    const found =
      lack === undefined
        ? await withAudit((records) => evaluation.of(program, records))
        : await evaluation.of(program, undefined);
    tell(`${program.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return found;
  } catch (error) {
    if (!(error instanceof TaskFailed)) throw error;
    tell(`${program.name}: left out, ${error.message}`);
    process.exitCode = 1;
    return [];
  }
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
