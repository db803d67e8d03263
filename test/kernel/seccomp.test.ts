import { release } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { receivingEnds } from '../../kernel/seccomp.js';
import { permissiveAvailability } from '../../tracer/permissive/availability.js';
import { execute } from '../support/command.js';
import { testWhere } from '../support/requirements.js';

const listeners = suite('listeners for seccomp notifications');
const availability = permissiveAvailability();
const lack = availability.usable ? undefined : availability.reason;

/** A thread filters itself, makes three calls that are stopped, and ends; the main one answers. */
const built = new URL('../../dist/', import.meta.url).pathname;
const calling = `
  import { workerData } from 'node:worker_threads';
  import { libc } from '${built}kernel/libc.js';
  import { listen } from '${built}kernel/seccomp.js';
  import { architecture } from '${built}kernel/syscall-numbers.js';
  import { filterFor } from '${built}tracer/permissive/filter.js';
  const removeDirectory = libc('int rmdir(const char *path)');
  removeDirectory('/nowhere/at/all');
  const listener = new Int32Array(workerData);
  listener[0] = listen(filterFor(architecture(), 'seen'));
  for (let call = 0; call < 3; call++) removeDirectory('/nowhere/at/all');`;
const supervising = `
  import { Worker } from 'node:worker_threads';
  import { Listener } from '${built}kernel/seccomp.js';
  const memory = new SharedArrayBuffer(4);
  const descriptor = new Int32Array(memory);
  new Worker(${JSON.stringify(calling)}, {
    eval: true, workerData: memory, stdout: true, stderr: true, trackUnmanagedFds: false,
  });
  while (descriptor[0] === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const listener = new Listener(descriptor[0], process.argv[1] === 'true');
  let calls = 0;
  for (let received = listener.receive(); received !== 'ended'; received = listener.receive()) {
    if (received === 'received') calls += 1;
    listener.letGo();
  }
  console.log(calls >= 3 ? 'three calls, and the end' : 'only ' + calls);`;

listeners('look first on kernels that leave those who receive waiting', () => {
  for (const old of ['5.13.0', '6.1.0-28-amd64', '6.8.0-45-generic', '6.10.14']) {
    assert.not.ok(receivingEnds(old), old);
  }
  for (const recent of ['6.11.0', '6.18.44-fc-v769', '7.0.0-rc1']) {
    assert.ok(receivingEnds(recent), recent);
  }
});

for (const looksFirst of [true, false]) {
  const way = looksFirst ? 'looking first' : 'receiving at once';
  const ends = looksFirst || receivingEnds(release());
  const lacks = lack ?? (ends ? undefined : 'this kernel leaves those who receive waiting');

  testWhere(listeners, lacks, `get each call, and the end of those who call, ${way}`, () => {
    const { status, stdout, stderr } = execute(
      [process.execPath, '--input-type=module', '-e', supervising, String(looksFirst)],
      { timeout: 120_000 },
    );
    assert.is(status, 0, stderr);
    assert.is(stdout, 'three calls, and the end\n');
  });
}

listeners.run();
