import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type SyscallNumbers, syscallTables } from '../../../kernel/syscall-numbers.js';
import { permissiveAvailability } from '../../../tracer/permissive/availability.js';
import { filterFor } from '../../../tracer/permissive/filter.js';
import { execute, inDirectory } from '../../support/command.js';
import { lacksPrograms, testWhere } from '../../support/requirements.js';
import { type Answer, runFilter } from './classic-bpf.js';

const filter = suite('the seccomp filter');

/** What is never notified, by its numbers in both tables. */
const harmless = {
  'x86-64': { read: 0, write: 1, close: 3, stat: 4, mmap: 9, vfork: 58, getpid: 39, readlink: 89 },
  aarch64: { read: 63, write: 64, close: 57, fstatat: 79, mmap: 222, readlinkat: 78 },
};

/** 32-bit calls of interest on the same processor: their architecture and some of their numbers. */
const foreign = {
  'x86-64': { audit: 0x40000003, asking: [5, 8, 9, 10, 11, 38, 39, 102, 295, 301, 353, 358, 362] },
  aarch64: { audit: 0x40000028, asking: [5, 8, 9, 10, 11, 38, 39, 283, 322, 328, 382, 387] },
};

const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const CLONE_NEWNS = 0x00020000;
const CLONE_NEWUTS = 0x04000000;
const CLONE_NEWUSER = 0x10000000;
const CLONE_NEWPID = 0x20000000;
const CLONE_NEWNET = 0x40000000;
const TCGETS = 0x5401;
const PR_GET_DUMPABLE = 3;
const PR_SET_DUMPABLE = 4;

/** Requests of the system's headers that Landlock exempts, and their numbers as filter.ts has them. */
const exemptRequests = {
  FIOCLEX: 0x5451,
  FIONCLEX: 0x5450,
  FIONBIO: 0x5421,
  FIOASYNC: 0x5452,
  FIOQSIZE: 0x5460,
  FIFREEZE: 0xc0045877,
  FITHAW: 0xc0045878,
  FS_IOC_FIEMAP: 0xc020660b,
  FIGETBSZ: 2,
  FICLONE: 0x40049409,
  FICLONERANGE: 0x4020940d,
  FIDEDUPERANGE: 0xc0189436,
  FS_IOC_GETFSUUID: 0x80111500,
  FS_IOC_GETFSSYSFSPATH: 0x80811501,
};

/** Arguments with all their bits, which no condition finds harmless. */
const asking = Array(6).fill(0xffff_ffff);

/** After this, a process can do little but end. */
const built = new URL('../../../dist/kernel/', import.meta.url).pathname;
const loading = `
  import { writeSync } from 'node:fs';
  import { exitWithoutFarewell } from '${built}process-state.js';
  import { listen } from '${built}seccomp.js';
  writeSync(1, String(listen(Buffer.from(process.argv[1], 'hex'))));
  exitWithoutFarewell(0);`;

for (const [name, architecture] of Object.entries(syscallTables)) {
  const { audit, numbers } = architecture;
  const program = filterFor(architecture, 'unseen');
  const answer = (number: number | undefined, ...args: readonly number[]): Answer =>
    runFilter(program, { number: number ?? Number.NaN, audit, args });
  const table = name as keyof typeof syscallTables;

  filter(`is small, and jumps forwards within itself, on ${name}`, () => {
    const count = program.length / 8;
    assert.ok(Number.isInteger(count) && count < 4096, `${count} instructions`);
    for (let at = 0; at < count; at++) {
      const isJump = (program.readUInt16LE(at * 8) & 7) === 5;
      if (!isJump) continue;
      const furthest = Math.max(program.readUInt8(at * 8 + 2), program.readUInt8(at * 8 + 3));
      assert.ok(at + 1 + furthest < count, `the jump at ${at} leaves the program`);
    }
  });

  for (const [call, number] of Object.entries(numbers)) {
    filter(`notifies ${call} on ${name}`, () => {
      const args = call.startsWith('open') ? [1, 0, 0] : asking; // Among all the bits is O_PATH.
      assert.is(answer(number, ...args), 'notify');
    });
  }

  filter(`lets other calls pass on ${name}`, () => {
    for (const [call, number] of Object.entries(harmless[table])) {
      assert.is(answer(number), 'allow', call);
    }
  });

  filter(`lets every number pass that is no call of ours, on ${name}`, () => {
    const ours = new Set(Object.values(numbers));
    for (let number = 0; number < 600; number++) {
      if (!ours.has(number)) assert.is(answer(number, ...asking), 'allow', String(number));
    }
  });

  filter(`lets O_PATH pass on ${name}`, () => {
    for (const [call, at] of opens(numbers)) {
      const flags = (value: number) => [...Array(at).fill(0), value];
      assert.is(answer(call, ...flags(O_PATH | O_CLOEXEC)), 'allow');
      assert.is(answer(call, ...flags(O_CLOEXEC)), 'notify');
    }
  });

  filter(`lets exempt ioctl requests pass on ${name}`, () => {
    for (const [request, number] of Object.entries(exemptRequests)) {
      assert.is(answer(numbers.ioctl, 3, number), 'allow', request);
    }
    for (const number of [TCGETS, 0, 1, 3, 0x5422, 0x541b]) {
      assert.is(answer(numbers.ioctl, 3, number), 'notify', String(number));
    }
  });

  filter(`lets a message without an address pass on ${name}`, () => {
    const sending = (address: number) => answer(numbers.sendto, 3, 0x1000, 5, 0, address, 16);
    assert.is(sending(0), 'allow');
    assert.is(sending(0x1000), 'notify');
    assert.is(sending(0x7f00_0000_0000), 'notify', 'an address whose lower half is zero');
  });

  filter(`lets namespaces pass that change no path and no process id, on ${name}`, () => {
    for (const call of [numbers.unshare, numbers.clone]) {
      for (const flags of [0, CLONE_NEWUTS, CLONE_NEWNET, CLONE_NEWUTS | CLONE_NEWNET]) {
        assert.is(answer(call, flags), 'allow', String(flags));
      }
      for (const flag of [CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID]) {
        assert.is(answer(call, flag | CLONE_NEWUTS), 'notify', String(flag));
      }
    }
  });

  filter(`pretends to hide memory that we would not see then, on ${name}`, () => {
    const { prctl } = architecture;
    assert.is(answer(prctl, PR_SET_DUMPABLE, 0), 'pretend');
    assert.is(answer(prctl, PR_SET_DUMPABLE, 1), 'allow');
    assert.is(answer(prctl, PR_SET_DUMPABLE, 0x1_0000_0000), 'allow', 'its lower half is zero');
    assert.is(answer(prctl, PR_GET_DUMPABLE, 0), 'allow');
    const call = { number: prctl, audit, args: [PR_SET_DUMPABLE, 0] };
    assert.is(runFilter(filterFor(architecture, 'seen'), call), 'allow');
  });

  filter(`notifies calls of 32 bits that may ask for something, on ${name}`, () => {
    const foreignAnswer = (number: number) =>
      runFilter(program, { number, audit: foreign[table].audit, args: [] });
    for (const number of foreign[table].asking) assert.is(foreignAnswer(number), 'notify');
    for (const number of [3, 4, 6, 20, 45, 90]) assert.is(foreignAnswer(number), 'allow');
  });

  filter(`knows the second ABI of the same architecture by its bit, on ${name}`, () => {
    for (const number of [0, 2, 257, 520, 600]) {
      assert.is(answer(number | 0x40000000), 'notify', String(number));
    }
  });

  testWhere(filter, lacksListener(), `is one that the kernel takes, on ${name}`, () => {
    const { status, stdout, stderr } = execute([
      process.execPath,
      '--input-type=module',
      '--eval',
      loading,
      program.toString('hex'),
    ]);
    assert.is(status, 0, stderr);
    assert.match(stdout, /^\d+$/);
  });
}

testWhere(filter, lacksPrograms('gcc'), 'numbers requests as the system headers do', () =>
  inDirectory((directory) => {
    const compared = Object.entries(exemptRequests).map(
      ([name, number]) =>
        `#ifdef ${name}\nif ((unsigned)${name} != ${number}u) puts("${name}");\n#endif`,
    );
    const includes = ['stdio.h', 'sys/ioctl.h', 'linux/fs.h', 'linux/fiemap.h'];
    const source = [
      ...includes.map((name) => `#include <${name}>`),
      'int main(void) {',
      ...compared,
      'return 0; }',
    ].join('\n');
    const program = `${directory}/requests`;
    const { status, stderr } = execute([
      'sh',
      '-c',
      'printf %s "$1" | gcc -x c - -o "$2"',
      'sh',
      source,
      program,
    ]);
    assert.is(status, 0, stderr);
    assert.is(execute([program]).stdout, '');
  }),
);

filter.run();

function opens(numbers: SyscallNumbers): readonly (readonly [number, number])[] {
  const { open, openat } = numbers;
  const old = open === undefined ? [] : [[open, 1] as const];
  return openat === undefined ? old : [...old, [openat, 2] as const];
}

/** Whether a program with a listener can be loaded here. */
function lacksListener() {
  const availability = permissiveAvailability();
  return availability.usable ? undefined : availability.reason;
}
