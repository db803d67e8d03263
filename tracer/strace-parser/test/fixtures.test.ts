import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { argument, type Call, type Event, type FdValue, field, utf8 } from '../source/index.js';
import { readChunks } from './read.js';

const work = '/tmp/strace-fixtures/d>x';

test('files have the same paths whatever the notation', () => {
  const names = ['a>b', 'a<b', 'q"q', 'n\nl', 's p', '\xc3\xa9\xff', 'b\\s', 'x>(deleted)'];
  names.push('x (deleted)', 'x>, "y", 3) = 0');
  for (const log of [
    'descriptors-y',
    'descriptors-yy',
    'descriptors-x',
    'descriptors-xx',
    'raw',
    'verbose',
  ]) {
    const opened = callsOf(log, 'openat').filter((call) => argumentText(call, 1)?.match(/^[^/m]/s));
    assert.equal(
      opened.map((call) => argumentText(call, 1)),
      names,
      log,
    );
    assert.equal(
      opened.map((call) => returned(call)?.path),
      names.map((name) => `${work}/${name}`),
      log,
    );
    const written = callsOf(log, 'write').map((call) => argument(call, 0) as FdValue);
    assert.equal(
      written.map((fd) => fd.path),
      names.map((name) => `${work}/${name}`),
      log,
    );
    assert.ok(
      callsOf(log, 'openat').every((call) => (argument(call, 0) as FdValue).path === work),
      log,
    );
    const bytes = callsOf(log, 'write').map((call) => argumentText(call, 1));
    assert.equal(new Set(bytes), new Set(['a\0b\x1b\x7f1\x02']), log);
  }
});

test('a file is deleted after its unlink, and not before', () => {
  for (const log of ['descriptors-y', 'descriptors-yy', 'descriptors-x', 'descriptors-xx']) {
    const files = (name: string) =>
      callsOf(log, name)
        .map((call) => argument(call, 0))
        .filter((fd) => fd?.kind === 'fd' && fd.path?.startsWith(work)) as FdValue[];
    assert.equal(new Set(files('write').map((fd) => fd.deleted)), new Set([false]), log);
    assert.equal(new Set(files('close').map((fd) => fd.deleted)), new Set([true]), log);
    assert.is(files('close').length, 10, log);
  }
});

test('a connection has its ends, a bound local socket its name', () => {
  const protocols = new Set(
    eventsOf('descriptors-yy').flatMap((event) =>
      event.kind === 'call' ? (returned(event)?.socket?.protocol ?? []) : [],
    ),
  );
  assert.equal(protocols, new Set(['UNIX-STREAM', 'UNIX', 'TCP', 'TCPv6']));
  const [listening] = callsOf('descriptors-yy', 'listen').map((call) => argument(call, 0));
  assert.match(listening?.kind === 'fd' ? (listening.socket?.text ?? '') : '', /^\d+,"so"ck>\]"$/);
});

test('an execve in a thread becomes the leader’s, with and without pids', () => {
  for (const log of ['exec-from-thread', 'exec-from-thread-stderr']) {
    const events = eventsOf(log);
    const superseded = events.findIndex((event) => event.kind === 'superseded');
    const next = events[superseded + 1];
    assert.is(next?.kind === 'call' && next.name, 'execve', log);
    assert.is(next?.kind === 'call' && argumentText(next, 0), '/bin/true', log);
    assert.is(next?.kind === 'call' && next.result.kind, 'value', log);
    const at = events[superseded];
    assert.is(next?.kind === 'call' && next.pid, at?.kind === 'superseded' && at.pid, log);
  }
});

test('no call of the fixtures is left without a result but those that have none', () => {
  for (const log of ['threads', 'prefixes', 'commands', 'stderr', 'stderr-vfork']) {
    const names = eventsOf(log)
      .filter((event) => event.kind === 'call' && event.result.kind === 'unknown')
      .map((event) => (event.kind === 'call' ? event.name : ''));
    assert.ok(
      names.every((name) => name === 'exit' || name === 'exit_group'),
      `${log}: ${names}`,
    );
  }
});

test('fields are found by name, and text is decoded', () => {
  const [call] = callsOf('descriptors-y', 'newfstatat').filter(
    (each) => field(argument(each, 2), 'st_rdev') !== undefined,
  );
  assert.is(call && field(argument(call, 2), 'st_rdev')?.kind, 'macro');
  const [clone] = callsOf('stderr', 'clone');
  assert.is(clone && argument(clone, 'flags')?.kind, 'flags');
  assert.is(clone && argument(clone, 0)?.kind, 'null');
  assert.is(field({ kind: 'null' }, 'st_rdev'), undefined);
  assert.is(utf8('/\xc3\xa9\xf0\x9f\x98\x80\xff\xed\xa0\x80\xc0\x80'), `/é😀${'\ufffd'.repeat(6)}`);
});

test.run();

function eventsOf(log: string): Event[] {
  return readChunks([readFileSync(new URL(`fixtures/${log}.log`, import.meta.url))]);
}

function callsOf(log: string, name: string): Call[] {
  return eventsOf(log).filter((event) => event.kind === 'call' && event.name === name) as Call[];
}

function argumentText(call: Call, at: number): string | undefined {
  const value = argument(call, at);
  return value?.kind === 'string' ? value.value : undefined;
}

function returned(call: Call): FdValue | undefined {
  return call.result.kind === 'value' ? call.result.fd : undefined;
}
