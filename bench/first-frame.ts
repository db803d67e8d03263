import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from './table.js';

/**
 * How long the review takes to be there, on a terminal: from the last that the command writes, which
 * is the last that it does, to the end of the first frame.
 */
export async function benchFirstFrame(): Promise<void> {
  const rows = [
    ['first frame after the command, in ms', 'fastest', 'median', 'slowest', 'work, median'],
  ];
  for (const command of commands) {
    const measured: Measured[] = [];
    for (let run = 0; run < runs; run++) measured.push(await timed(command));
    const times = inOrder(measured.map(({ time }) => time));
    const work = inOrder(measured.map((one) => one.work));
    rows.push([command, ...[0, 0.5, 1].map((part) => at(times, part)), at(work, 0.5)]);
  }
  process.stdout.write(table(rows));
}

interface Measured {
  readonly time: number;
  /** Milliseconds that our main thread had a processor: they say more where others want it as well. */
  readonly work: number;
}

const runs = 9;
const commands = ['git status', "/usr/bin/python3 -c 'import http.server'"];
const main = new URL('../dist/cli/main.js', import.meta.url).pathname;

const lastWord = 'the last word';
const alternateScreen = '\x1b[?1049h';
const endOfFrame = '\x1b[?2026l';

async function timed(command: string): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-bench-'));
  spawnSync('git', ['init', '-q', directory]);
  // In two parts, lest it be seen in the review's title.
  const target = `${command}; printf 'the last'; printf ' word'`;
  const own = [process.execPath, main, '--', 'sh', '-c', target].map(quoted).join(' ');
  const script = spawn('script', ['-qfec', `stty cols 100 rows 30; exec ${own}`, '/dev/null'], {
    cwd: directory,
    env: { ...process.env, TERM: 'xterm-256color', XDG_STATE_HOME: directory },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let written = '';
  let ended: Measured | undefined;
  let shown: Measured | undefined;
  script.stdout.on('data', (bytes: Buffer) => {
    written += bytes;
    if (written.includes(lastWord)) ended ??= now(script);
    const screen = written.indexOf(alternateScreen);
    // The screen is entered before there is anything on it.
    const keys = screen < 0 ? -1 : written.indexOf('w write', screen);
    if (shown === undefined && keys >= 0 && written.includes(endOfFrame, keys)) {
      shown = now(script);
      script.stdin.write('q');
    }
  });
  await once(script, 'close');
  rmSync(directory, { recursive: true, force: true });
  if (ended === undefined || shown === undefined) {
    throw new Error(`the review never came:\n${written}`);
  }
  return { time: shown.time - ended.time, work: shown.work - ended.work };
}

/** The time, and what script's only child has worked until then. */
function now({ pid }: ChildProcess): Measured {
  const time = performance.now();
  const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  const [worked] = readFileSync(`/proc/${child}/schedstat`, 'utf8').split(' ');
  return { time, work: Number(worked) / 1e6 };
}

function inOrder(values: readonly number[]): readonly number[] {
  return [...values].sort((one, other) => one - other);
}

function at(values: readonly number[], part: number): string {
  return (values[Math.floor(part * (values.length - 1))] ?? 0).toFixed(0);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
