import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { allParts, type Part } from './parts.js';

/**
 * Runs every suite, a few parts at a time, and closes with one line of counts. There is one part
 * more than processors at a time, since many suites wait for what they have started.
 */
const atOnce = availableParallelism() + 1;

interface Outcome {
  readonly output: string;
  readonly status: number;
}

const outcomes: Outcome[] = [];
const waiting = [...allParts().entries()];
await Promise.all(Array.from({ length: atOnce }, runWhatWaits));

for (const { output } of outcomes) process.stdout.write(output);
process.stdout.write(outcomes.map(({ output }) => failuresIn(output)).join(''));
const passed = total(/^\s*Passed:\s+(\d+)/gm);
const failed = total(/^\s*Total:\s+(\d+)/gm) - passed;
const skipped = total(/^\s*Skipped:\s+(\d+)/gm);
// A suite that could not be loaded has no counts, but a status.
const broken = outcomes.filter(({ status }) => status !== 0).length;
const failures = broken > 0 ? Math.max(failed, 1) : failed;
process.stdout.write(`\n${passed} passed, ${failures} failed, ${skipped} skipped\n`);
process.exitCode = failures > 0 || passed === 0 ? 1 : 0;

async function runWhatWaits(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [place, part] = next;
    outcomes[place] = await run(part);
  }
}

function run({ directory, files, tracer }: Part): Promise<Outcome> {
  const uvu = new URL('../node_modules/uvu/bin.js', import.meta.url).pathname;
  const pattern = `^(${files.map((file) => file.replaceAll('.', '\\.')).join('|')})$`;
  const child = spawn(process.execPath, ['--import', 'tsx', uvu, directory, pattern], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LL_LEARN_TEST_TRACER: tracer },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ output, status: status ?? 1 }));
  });
}

/** What failed, told once more: a log that is cut keeps its end, and there it is looked for. */
function failuresIn(output: string): string {
  const told = /^ *FAIL [\s\S]*?(?=^\S+\.test\.tsx?$|^ *Total: )/gm;
  return (stripVTControlCharacters(output).match(told) ?? []).join('');
}

function total(counts: RegExp): number {
  const all = stripVTControlCharacters(outcomes.map(({ output }) => output).join('\n'));
  return [...all.matchAll(counts)].reduce((sum, match) => sum + Number(match[1]), 0);
}
