import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closeFd, keepOnExec, openPipe } from '../../kernel/descriptors.js';

const processes = suite('a process');

// As it is built: what runs TypeScript opens descriptors and sets limits of its own.
const built = new URL('../../dist/kernel/', import.meta.url).pathname;
const inheriting = `
  import { inheritedDescriptors } from '${built}inherited-descriptors.js';
  const descriptors = inheritedDescriptors();
  process.stdout.write(JSON.stringify(descriptors));`;
/** Becomes the program that its words name. */
const becoming = `
  import { writeSync } from 'node:fs';
  import { keepOnExec } from '${built}descriptors.js';
  import { execve } from '${built}execve.js';
  import { rawArguments, rawEnvironment } from '${built}initial-process.js';
  import { restoreOpenFileLimit, restoreSignalDispositions } from '${built}process-state.js';
  writeSync(1, process.pid + '\\n');
  const [path, ...words] = rawArguments(1);
  for (const standard of [0, 1, 2]) keepOnExec(standard);
  restoreOpenFileLimit();
  restoreSignalDispositions();
  execve(path, [path, ...words], rawEnvironment());`;

processes('knows the descriptors that it was handed, and none of its own', () => {
  // What whoever started the tests left open is handed on to all.
  const always: number[] = JSON.parse(run([inheriting]).stdout);
  assert.is(
    always.some((number) => number < 10),
    false,
  );
  const file = openSync('/dev/null', 'r');
  const { read, write } = openPipe();
  const stdio = ['ignore', 'pipe', 'inherit', file, read] as const;
  assert.equal(JSON.parse(run([inheriting], { stdio: [...stdio] }).stdout), [3, 4, ...always]);
  closeSync(file);
  closeFd(read);
  closeFd(write);
});

processes('keeps its process id when it becomes another program', () => {
  const { stdout } = run([becoming, '/bin/sh', '-c', 'echo $$']);
  const [before, after] = stdout.trim().split('\n');
  assert.ok(before);
  assert.is(after, before);
});

processes('passes on words and environment byte by byte', () => {
  const { stdout } = run(
    [becoming, '/bin/sh', '-c', 'printf "%s|" "$@"; printf %s "$NOISE"', 'sh', 'a b', '', 'ü'],
    {
      env: { ...process.env, NOISE: 'x=y z' },
    },
  );
  assert.is(stdout.split('\n').at(-1), 'a b||ü|x=y z');
});

processes('hands on the limit of open files that it was started with', () => {
  const limited = (soft: number) =>
    spawnSync(
      'sh',
      [
        '-c',
        `ulimit -Sn ${soft}; "$@"; exit`,
        'sh',
        ...words([becoming, '/bin/sh', '-c', 'ulimit -Sn']),
      ],
      {
        encoding: 'utf8',
      },
    ).stdout;
  assert.is(limited(512).trim().split('\n').at(-1), '512');
});

processes('hands on no signal that Node ignores', () => {
  const { stdout } = run([becoming, '/bin/sh', '-c', 'grep SigIgn /proc/$$/status']);
  const ignored = BigInt(`0x${/SigIgn:\s*(\w+)/.exec(stdout)?.[1] ?? 'none'}`);
  const SIGPIPE = 13n;
  assert.is(ignored & (1n << (SIGPIPE - 1n)), 0n);
});

processes('says why it could not become another program', () => {
  const { status, stderr } = run([becoming, '/nowhere/at/all']);
  assert.is.not(status, 0);
  assert.match(stderr, /execve: ENOENT/);
});

processes('opens pipes that an execve closes, unless it is told to keep an end', () => {
  const { read, write } = openPipe();
  const seen = (fd: number) => spawnSync('test', ['-e', `/proc/self/fd/${fd}`]).status === 0;
  assert.not.ok(seen(read));
  keepOnExec(write);
  assert.not.ok(seen(read));
  closeFd(read);
  closeFd(write);
});

processes.run();

function words([program = '', ...rest]: readonly string[]): readonly string[] {
  return [process.execPath, '--input-type=module', '-e', program, ...rest];
}

function run(of: readonly string[], options: SpawnSyncOptions = {}) {
  const [program = '', ...rest] = words(of);
  const { status, stdout, stderr } = spawnSync(program, rest, { ...options, encoding: 'utf8' });
  return { status, stdout: String(stdout), stderr: String(stderr) };
}
