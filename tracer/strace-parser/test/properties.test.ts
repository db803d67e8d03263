import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../source/index.js';
import { random } from './random.js';
import { readChunks } from './read.js';

const directory = new URL('fixtures/', import.meta.url);
const logs = readdirSync(directory)
  .filter((name) => name.endsWith('.log'))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, directory))) }));

test('the fixtures are read to the last line', () => {
  for (const { name, bytes } of logs) {
    const unread = readChunks([bytes]).filter((event) => event.kind === 'unparsed');
    assert.is(unread.length, name === 'summary.log' ? 6 : 0, name);
  }
});

test('chunking never changes what is read', () => {
  const next = random(1);
  for (const { name, bytes } of logs) {
    const expected = readChunks([bytes]);
    for (let round = 0; round < 5; round++) {
      assert.equal(readChunks(cut(bytes, next)), expected, name);
    }
  }
});

test('every line is accounted for, once', () => {
  for (const { name, bytes } of logs) accounts(name, bytes);
});

test('damage is never an exception, and every line is still accounted for', () => {
  const next = random(2);
  for (let round = 0; round < 1500; round++) {
    const log = logs[next(logs.length)];
    if (log) accounts(`${log.name}, round ${round}`, damage(log.bytes, next));
  }
});

test('no line takes long or overflows the stack, however it is made', () => {
  const start = process.cpuUsage();
  const parts = ['/', '/*', '[', '{', '"', '3<', '[3<x, ', '3<</x>, ', '1|', '(', 'a(', '\\x2'];
  parts.push(
    '<... ',
    '[1]x',
    'a=',
    '{a=',
    '~[',
    '3 /* ',
    '1 => ',
    '3</a>b',
    '3</a<char ',
    '<"',
    '" ',
  );
  for (const part of parts) {
    for (const end of ['', ') = 0', '>) = 0', '"', '>']) {
      readChunks([new TextEncoder().encode(`call(${part.repeat(10_000)}${end}\n`)]);
    }
  }
  // In microseconds of the processor, since others may be at work too. Were the time of a single
  // one of these to grow with the square, it would be more.
  assert.ok(process.cpuUsage(start).user < 10e6);
});

test.run();

function* cut(bytes: Uint8Array, next: (bound: number) => number): Generator<Uint8Array> {
  const longest = [3, 50, 2000][next(3)] ?? 1;
  for (let at = 0; at < bytes.length; ) {
    const end = at + next(longest);
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** A stretch of the log with bytes changed, removed and repeated. */
function damage(bytes: Uint8Array, next: (bound: number) => number): Uint8Array {
  const start = next(bytes.length);
  const log = [...bytes.subarray(start, start + next(4000))];
  const likely = [...'"\\<>()[]{},= |0x\n\r?~@/*-+.'].map((character) => character.charCodeAt(0));
  for (let count = next(20); count > 0; count--) {
    const at = next(log.length + 1);
    const length = next(30);
    const byte = next(2) === 0 ? next(256) : (likely[next(likely.length)] ?? 0);
    const how = next(3);
    if (how === 0) log.splice(at, length);
    else if (how === 1) log.splice(at, 0, ...log.slice(next(log.length + 1)).slice(0, length));
    else log.splice(at, 1, byte);
  }
  return Uint8Array.from(log);
}

function accounts(name: string, bytes: Uint8Array): void {
  const events = readChunks([bytes]);
  const counts = new Array<number>(lineCount(bytes)).fill(0);
  const claim = (line: number) => {
    assert.ok(line >= 1 && line <= counts.length, `${name}: line ${line} does not exist`);
    counts[line - 1] = (counts[line - 1] ?? 0) + 1;
  };
  for (const event of events) for (const line of linesOf(event)) claim(line);
  const split = new Set(
    events.flatMap((event) => (event.kind === 'notice' && event.inside ? [event.line] : [])),
  );
  counts.forEach((count, i) => {
    // A notice within a call leaves it on two lines, of which the second may be unfinished too.
    const near = split.has(i + 1) || [...split].some((line) => line < i + 1 && i + 1 - line < 4);
    assert.ok(near ? count <= 2 : count === 1, `${name}: line ${i + 1} counted ${count} times`);
  });
}

function linesOf(event: Event): number[] {
  if (event.kind === 'call' && event.startLine !== event.line) return [event.startLine, event.line];
  return [event.line];
}

function lineCount(bytes: Uint8Array): number {
  const breaks = bytes.filter((byte) => byte === 10).length;
  return breaks + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0);
}
