import { setImmediate as nextTurn } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { review } from '../../tui/review.js';
import { gitFetch, manyRules, subjectOf } from './subjects.js';
import { type FakeTerminal, fakeTerminal } from './terminals.js';

const reviews = suite('a review');
const subject = subjectOf(gitFetch());
const alternateScreen = '\x1b[?1049h';
const mainScreen = '\x1b[?1049l';

reviews('q quits and gives the terminal back', async () => {
  const terminal = fakeTerminal(80, 24);
  const listeners = processListeners();
  const result = review(subject, terminal);
  terminal.type('q');
  assert.equal(await result, { kind: 'quit' });
  assertRestored(terminal);
  await nextTurn();
  assert.equal(processListeners(), listeners);
  assert.is(terminal.output.listenerCount('resize'), 0);
});

reviews('w gives back what was learned', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  terminal.type('w');
  assert.equal(await result, { kind: 'write', inference: gitFetch(), decisions: [] });
  assertRestored(terminal);
});

reviews('what was denied is not written, however fast it was typed', async () => {
  const terminal = fakeTerminal(100, 30);
  const result = review(subject, terminal);
  terminal.type('jd\x1b[B\x1b[Bw');
  const { paths } = writtenBy(await result);
  assert.is(
    paths.some(({ path }) => path.startsWith('/dev')),
    false,
  );
  assert.is(paths.length, gitFetch().paths.length - 2);
});

reviews('with decisions it asks before it quits', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  terminal.type('jd\x03');
  await terminal.shows('Decisions are not written: w writes, q again quits');
  terminal.type('\x03');
  assert.equal(await result, { kind: 'quit' });
});

reviews('input that ends is a quit', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  terminal.type('jd');
  await terminal.shows('2 denied');
  terminal.input.emit('end');
  assert.equal(await result, { kind: 'quit' });
  assertRestored(terminal);
});

reviews('a terminal that hangs up is a quit', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  terminal.type('jd');
  await terminal.shows('2 denied');
  process.emit('SIGHUP', 'SIGHUP');
  assert.equal(await result, { kind: 'quit' });
  assertRestored(terminal);
});

reviews('the end of the process gives the terminal back', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  for (const listener of process.listeners('exit')) {
    if (listener.name === 'leave') listener.call(process, 0);
  }
  assert.ok(terminal.written().endsWith(mainScreen));
  terminal.type('q');
  await result;
});

reviews('what throws is thrown, with the terminal given back', async () => {
  const terminal = fakeTerminal(80, 24);
  const broken = new Error('no preview');
  const result = review(
    {
      ...subject,
      profile: () => {
        throw broken;
      },
    },
    terminal,
  );
  terminal.type('p');
  const thrown = await result.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.is(thrown, broken);
  assertRestored(terminal);
});

reviews('a resize is drawn in the new size', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  terminal.resize(100, 30);
  await terminal.shows('\x1b[29;1H');
  terminal.resize(30, 5);
  await terminal.shows('\x1b[2J\x1b[1;1H\x1b[2K\x1b[7m ll-learn: git fetch origin   ');
  terminal.type('q');
  await result;
});

reviews('Ctrl-Z leaves the screen, stops, and comes back', async () => {
  const terminal = fakeTerminal(80, 24);
  const result = review(subject, terminal);
  const stopped = await withKillReplaced(
    (signal) => {
      assert.is(signal, 'SIGTSTP');
      assert.ok(terminal.written().endsWith(mainScreen));
      assert.is(terminal.modes().at(-1), 'cooked');
    },
    async () => {
      terminal.type('\x1a');
      while (!terminal.written().includes(mainScreen)) await nextTurn();
    },
  );
  assert.is(stopped, 1);
  assert.is(terminal.modes().at(-1), 'raw');
  assert.is(terminal.written().split(alternateScreen).length - 1, 2);
  terminal.type('q');
  assert.equal(await result, { kind: 'quit' });
});

reviews('a file name cannot write to the terminal', async () => {
  const terminal = fakeTerminal(200, 60);
  const result = review(subject, terminal);
  await terminal.shows('vil');
  terminal.type('pq?qq');
  await result;
  for (const raw of ['\x1b[31mvil', '\u202e', '\udcff']) {
    assert.is(terminal.written().includes(raw), false);
  }
});

reviews('without colours there are none, with them there are', async () => {
  for (const [depth, expected] of [
    [1, false],
    [8, true],
  ] as const) {
    const terminal = fakeTerminal(80, 24, depth);
    const result = review(subject, terminal);
    terminal.type('q');
    await result;
    assert.is(terminal.written().includes('\x1b[35m'), expected);
  }
});

reviews('moving within the screen writes no more than what changed', async () => {
  const terminal = fakeTerminal(100, 30);
  const result = review(subjectOf(manyRules(5000)), terminal);
  await terminal.shows('file0');
  const before = terminal.written().length;
  terminal.type('j');
  await terminal.shows(' 2/5558');
  assert.ok(terminal.written().length - before < 3000);
  terminal.type('q');
  await result;
});

function assertRestored(terminal: FakeTerminal): void {
  assert.ok(terminal.written().startsWith('\x1b[?2026h\x1b[?1049h'));
  assert.ok(terminal.written().endsWith(`\x1b[?2004l\x1b[?7h\x1b[?25h${mainScreen}`));
  assert.is(terminal.modes().at(-1), 'cooked');
  assert.is(terminal.isHeld(), false);
}

function writtenBy(result: Awaited<ReturnType<typeof review>>) {
  if (result.kind !== 'write') throw new Error(`${result.kind} instead of write`);
  return result.inference;
}

function processListeners(): readonly number[] {
  return ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGCONT', 'exit'].map((event) =>
    process.listenerCount(event),
  );
}

/** Runs with every kill going to `killed`; gives how often that was. */
async function withKillReplaced(
  killed: (signal: string | number | undefined) => void,
  run: () => Promise<void>,
): Promise<number> {
  const { kill } = process;
  let times = 0;
  process.kill = (_pid, signal) => {
    times++;
    killed(signal);
    return true;
  };
  try {
    await run();
  } finally {
    process.kill = kill;
  }
  return times;
}

reviews.run();
