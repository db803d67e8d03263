import { readFileSync } from 'node:fs';
import { groundsIn } from '../inference/decisions/grounds.js';
import type { Inference, PathRule } from '../inference/inference.js';
import { fsAccess } from '../landlock/access-set.js';
import { profileOf } from '../profiles/from-inference.js';
import { fakeTerminal } from '../test/tui/terminals.js';
import type { ReviewSubject } from '../tui/subject.js';
import { benchFirstFrame } from './first-frame.js';
import { table } from './table.js';

/** How long the review takes to be there, and a key until its frame is written. */
export async function benchReview(): Promise<void> {
  await benchFirstFrame();
  await benchKeys();
}

/** In a review of 5,000 rules with 100,000 observations. */
async function benchKeys(): Promise<void> {
  // As the command line was built: React is another one by what this says when it is loaded.
  process.env['NODE_ENV'] = 'production';
  const { review } = await import('../tui/review.js');
  const rows = [
    ['key to frame, in ms', 'median', '95th', 'slowest', 'work, 95th', 'work, slowest', 'bytes'],
  ];
  for (const { name, keys } of strokes) rows.push([name, ...(await timed(review, keys))]);
  process.stdout.write(table(rows));
}

/** Each is pressed again and again; every press changes the screen. */
const strokes: readonly { readonly name: string; readonly keys: readonly string[] }[] = [
  { name: 'down, up', keys: ['j', 'j', 'j', 'k'] },
  { name: 'page down, page up', keys: ['\x1b[6~', '\x1b[6~', '\x1b[5~'] },
  { name: 'first, last', keys: ['G', 'g'] },
  { name: 'allow, deny, ignore', keys: ['j', ' '] },
  { name: 'deny all, undo', keys: ['d', 'u'] },
  { name: 'fold a directory, undo', keys: ['f', 'u'] },
  { name: 'fold rows away, unfold', keys: ['h', 'l'] },
  { name: 'filter as one types', keys: [...'/srv/d1', '\x15', '\r'] },
  { name: 'another order', keys: ['s'] },
  { name: 'next to decide', keys: ['n'] },
  { name: 'what to decide at once', keys: ['b', 'j', 'j', 'k', 'q'] },
];

const presses = 200;

async function timed(
  review: typeof import('../tui/review.js').review,
  keys: readonly string[],
): Promise<readonly string[]> {
  const terminal = fakeTerminal(100, 30, 8);
  const ended = review(subject(), terminal);
  await terminal.shows('ll-learn: make');
  // Off the section's heading, on a directory of rules.
  await pressed(terminal, 'j');
  await pressed(terminal, 'j');
  const times: number[] = [];
  const work: number[] = [];
  const written = terminal.written().length;
  for (let press = 0; press < presses; press++) {
    const before = workOfThread();
    times.push(await pressed(terminal, keys[press % keys.length] ?? ''));
    work.push(workOfThread() - before);
  }
  const bytes = Math.round((terminal.written().length - written) / presses);
  terminal.input.emit('end');
  await ended;
  const at = (part: number, of = times) => {
    const sorted = [...of].sort((one, other) => one - other);
    return (sorted[Math.floor(part * (presses - 1))] ?? 0).toFixed(1);
  };
  // On a machine that does other things as well, the work says more than the time.
  return [at(0.5), at(0.95), at(1), at(0.95, work), at(1, work), String(bytes)];
}

/** Milliseconds that this thread has had a processor. */
function workOfThread(): number {
  return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
}

/** The milliseconds until the next frame is written. */
async function pressed(terminal: ReturnType<typeof fakeTerminal>, key: string): Promise<number> {
  const start = performance.now();
  await new Promise<void>((resolve) => {
    // What changes nothing on the screen writes nothing.
    const nothing = setTimeout(resolve, 500);
    terminal.output.once('written', () => {
      clearTimeout(nothing);
      resolve();
    });
    terminal.type(key);
  });
  return performance.now() - start;
}

function subject(): ReviewSubject {
  const inference: Inference = {
    abi: 7,
    paths: Array.from({ length: 5000 }, (_, number) => rule(number)),
    ports: [],
    unscoped: [],
    creations: [],
    findings: [],
  };
  return {
    command: 'make',
    output: '/srv/make.landlock.toml',
    facts: ['make exited with status 0'],
    inference,
    grounds: groundsIn([{ HOME: '/home/ann' }], 7).groundsOf(inference.paths),
    decisions: [],
    dearness: Number.POSITIVE_INFINITY,
    variables: [],
    profile: (decided) =>
      profileOf(decided, { tool: '', tracer: 'permissive', commands: [['make']], gaps: [] }),
    differences: () => undefined,
    formats: [],
  };
}

/** A directory with twenty observations of files in it. */
function rule(number: number): PathRule {
  const digits = String(number).padStart(4, '0');
  const path = `/srv/d${digits.slice(0, 2)}/e${digits.slice(2, 3)}/f${digits}`;
  const access = fsAccess('read_file');
  return {
    path,
    directory: true,
    access,
    guarded: number % 50 === 7 ? 'guarded (--never-fold f)' : undefined,
    uses: Array.from({ length: 20 }, (_, use) => ({
      executable: `/usr/bin/program${(number + use) % 17}`,
      call: 'openat',
      count: use + 1,
      path: `${path}/file${use}`,
      access,
      why: 'observed' as const,
    })),
  };
}
