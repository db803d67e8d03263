import {
  closeSync,
  constants,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { constants as system } from 'node:os';
import { addressOf, checked, libc } from '../../kernel/libc.js';
import { prepareRuleset, restrictSelf } from '../../landlock/enforce.js';
import type { Attempt, NodeKind, Questionnaire } from './kernel-oracle.js';

/**
 * A process of its own for what cannot be undone: restricts itself with the rulesets that it reads
 * from its standard input, tries one thing after another, and writes how each ended.
 */

const mknod = libc<[Buffer, number, bigint], number>(
  'int mknod(void *path, unsigned int mode, uint64_t device)',
);
const truncate = libc<[Buffer, number], number>('int truncate(void *path, long length)');
const ftruncate = libc<[number, number], number>('int ftruncate(int fd, long length)');
const ioctl = libc<[number, number, Buffer], number>(
  'int ioctl(int fd, unsigned long request, void *value)',
);
const renameat2 = libc<[number, Buffer, number, Buffer, number], number>(
  'int renameat2(int from_fd, void *from, int to_fd, void *to, unsigned int flags)',
);
const socket = libc<[number, number, number], number>('int socket(int family, int type, int of)');
const bind = libc<[number, Buffer, number], number>(
  'int bind(int fd, void *address, unsigned int n)',
);
const connect = libc<[number, Buffer, number], number>(
  'int connect(int fd, void *address, unsigned int n)',
);
const listen = libc<[number, number], number>('int listen(int fd, int backlog)');
const kill = libc<[number, number], number>('int kill(int pid, int signal)');
const mount = libc<[Buffer, Buffer, Buffer, number, Buffer], number>(
  'int mount(void *source, void *target, void *type, unsigned long flags, void *data)',
);
const posixSpawn = libc<[Buffer, Buffer, null, null, Buffer, Buffer], number>(
  'int posix_spawn(void *pid, void *path, void *actions, void *attributes, void *argv, void *env)',
);
const waitpid = libc<[number, null, number], number>('int waitpid(int pid, void *status, int o)');

const AF_UNIX = 1;
const AF_INET = 2;
const SOCK_STREAM = 1;
const AT_FDCWD = -100;
const RENAME_EXCHANGE = 2;
const nodeModes: Readonly<Record<NodeKind, number>> = {
  regular: 0o100000,
  fifo: 0o010000,
  socket: 0o140000,
  'char-device': 0o020000,
  'block-device': 0o060000,
};

/** The numbers of /dev/null, and of no block device that there is. */
const nodeDevices: Readonly<Partial<Record<NodeKind, bigint>>> = {
  'char-device': 0x103n,
  'block-device': 0xfe00n,
};

const { abi, layers, attempts, outside } = JSON.parse(readFileSync(0, 'utf8')) as Questionnaire;
if (outside !== undefined) listenAt(outside);
// All are opened first: a rule of one must not be missing since another denies its opening.
const prepared = layers.map((ruleset) => prepareRuleset(ruleset, abi));
const omissions = prepared.flatMap((ruleset) => ruleset.omissions);
if (omissions.length > 0) throw new Error(`the kernel refused rules: ${JSON.stringify(omissions)}`);
for (const ruleset of prepared) restrictSelf(ruleset);
writeFileSync(1, JSON.stringify(attempts.map(outcome)));

function outcome(attempt: Attempt): string {
  try {
    perform(attempt);
    return 'ok';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return code;
  }
}

function perform(attempt: Attempt): void {
  switch (attempt[0]) {
    case 'open':
      return closeSync(openSync(attempt[1], attempt[2] >>> 0));
    case 'ftruncate':
      return withOpen(attempt[1], attempt[2], (fd) => checked('ftruncate', ftruncate(fd, 0)));
    case 'ioctl':
      return withOpen(attempt[1], constants.O_RDONLY, (fd) =>
        checked('ioctl', ioctl(fd, attempt[2], Buffer.alloc(256))),
      );
    case 'execute':
      return spawned(attempt[1]);
    case 'mkdir':
      return void mkdirSync(attempt[1]);
    case 'mknod': {
      const [, path, kind] = attempt;
      const mode = nodeModes[kind] | 0o644;
      return void checked('mknod', mknod(text(path), mode, nodeDevices[kind] ?? 0n));
    }
    case 'symlink':
      return symlinkSync('anywhere', attempt[1]);
    case 'unlink':
      return unlinkSync(attempt[1]);
    case 'rmdir':
      return rmdirSync(attempt[1]);
    case 'rename':
      return renameSync(attempt[1], attempt[2]);
    case 'exchange': {
      const [, from, to] = attempt;
      const exchanged = renameat2(AT_FDCWD, text(from), AT_FDCWD, text(to), RENAME_EXCHANGE);
      return void checked('renameat2', exchanged);
    }
    case 'link':
      return linkSync(attempt[1], attempt[2]);
    case 'truncate':
      return void checked('truncate', truncate(text(attempt[1]), 0));
    case 'bind-path':
      return withSocket(AF_UNIX, (fd) => bound(fd, unixAddress(attempt[1])));
    case 'bind':
      return withSocket(AF_INET, (fd) => bound(fd, portAddress(attempt[1])));
    case 'connect':
      return withSocket(AF_INET, (fd) => connected(fd, portAddress(attempt[1])));
    case 'connect-path':
      return withSocket(AF_UNIX, (fd) => connected(fd, unixAddress(attempt[1])));
    case 'connect-abstract':
      return withSocket(AF_UNIX, (fd) => connected(fd, unixAddress(`\0${attempt[1]}`)));
    case 'connect-own-abstract':
      return closeAfter(listenAt(attempt[1]), () => {
        withSocket(AF_UNIX, (fd) => connected(fd, unixAddress(`\0${attempt[1]}`)));
      });
    case 'signal':
      return void checked('kill', kill(attempt[1], 0));
    case 'mount':
      return void checked(
        'mount',
        mount(text('tmpfs'), text(attempt[1]), text('tmpfs'), 0, text('')),
      );
  }
}

function withOpen(path: string, flags: number, act: (fd: number) => void): void {
  closeAfter(openSync(path, flags), act);
}

/** A listening socket of an abstract name. */
function listenAt(name: string): number {
  const server = checked('socket', socket(AF_UNIX, SOCK_STREAM, 0));
  bound(server, unixAddress(`\0${name}`));
  checked('listen', listen(server, 1));
  return server;
}

function withSocket(family: number, act: (fd: number) => void): void {
  closeAfter(checked('socket', socket(family, SOCK_STREAM, 0)), act);
}

function closeAfter(fd: number, act: (fd: number) => void): void {
  try {
    act(fd);
  } finally {
    closeSync(fd);
  }
}

function bound(fd: number, address: Buffer): void {
  checked('bind', bind(fd, address, address.length));
}

function connected(fd: number, address: Buffer): void {
  checked('connect', connect(fd, address, address.length));
}

/** struct sockaddr_un, no longer than its name. */
function unixAddress(name: string): Buffer {
  const address = Buffer.concat([Buffer.alloc(2), Buffer.from(name)]);
  address.writeUInt16LE(AF_UNIX, 0);
  return address;
}

/** struct sockaddr_in, of the loopback interface. */
function portAddress(port: number): Buffer {
  const address = Buffer.alloc(16);
  address.writeUInt16LE(AF_INET, 0);
  address.writeUInt16BE(port, 2);
  address.set([127, 0, 0, 1], 4);
  return address;
}

/** Runs a program: the child takes our domain along, and says by itself why it could not start. */
function spawned(path: string): void {
  const pid = Buffer.alloc(4);
  const name = text(path);
  const argv = Buffer.alloc(16);
  argv.writeBigUInt64LE(addressOf(name), 0);
  const error = posixSpawn(pid, name, null, null, argv, Buffer.alloc(8));
  if (error !== 0) {
    throw Object.assign(new Error('posix_spawn'), { code: errorName(error) });
  }
  checked('waitpid', waitpid(pid.readInt32LE(0), null, 0));
}

function errorName(number: number): string | undefined {
  return Object.entries(system.errno).find(([, value]) => value === number)?.[0];
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}
