import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

/**
 * Runs every suite, in as many processes as help on two cores, and closes with one line of counts.
 * The end-to-end suites wait for other programs most of the time; the rest keeps a core busy. Those
 * that take the longest go apart, so that they do not end alone.
 */
const groups: readonly Group[] = [
  { directory: 'test', pattern: '^(?!end-to-end).*\\.test\\.tsx?$', tracer: '' },
  { directory: 'tracer/strace-parser/test', pattern: '\\.test\\.ts$', tracer: '' },
  {
    directory: 'test/end-to-end',
    pattern: '^(?!learn-and|tracers-agree).*\\.test\\.ts$',
    tracer: 'permissive',
  },
  {
    directory: 'test/end-to-end',
    pattern: '^(learn-and|tracers-agree).*\\.test\\.ts$',
    tracer: 'permissive',
  },
  { directory: 'test/end-to-end', pattern: '\\.test\\.ts$', tracer: 'strace' },
];

interface Group {
  readonly directory: string;
  readonly pattern: string;
  /** What the end-to-end suites learn with. */
  readonly tracer: string;
}

interface Outcome {
  readonly output: string;
  readonly status: number;
}

const outcomes =
  cpus().length > 1 ? await Promise.all(groups.map(runGroup)) : await oneAfterAnother();

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

async function oneAfterAnother(): Promise<Outcome[]> {
  const ended: Outcome[] = [];
  for (const group of groups) ended.push(await runGroup(group));
  return ended;
}

function runGroup({ directory, pattern, tracer }: Group): Promise<Outcome> {
  const uvu = new URL('../node_modules/uvu/bin.js', import.meta.url).pathname;
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
