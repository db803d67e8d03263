import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeFd } from '../../kernel/descriptors.js';
import { checked, lastError, libc, SystemCallError } from '../../kernel/libc.js';
import { type Lack, lacksRoot } from './requirements.js';

const socket = libc<[number, number, number], number>('int socket(int family, int type, int of)');
const bind = libc<[number, Buffer, number], number>(
  'int bind(int fd, void *address, unsigned int n)',
);
const send = libc<[number, Buffer, number, number], number>(
  'long send(int fd, void *bytes, size_t length, int flags)',
);
const receive = libc<[number, Buffer, number, number], number>(
  'long recv(int fd, void *bytes, size_t length, int flags)',
);
const flock = libc<[number, number], number>('int flock(int fd, int operation)');
const setOption = libc<[number, number, number, Buffer, number], number>(
  'int setsockopt(int fd, int level, int option, void *value, unsigned int n)',
);

/** A record of the kernel's audit as it sends it: `audit(1729738800.221:34): domain=…`. */
export interface AuditMessage {
  readonly type: number;
  readonly text: string;
}

/** The right and the means to read the kernel's audit records. */
export function lacksAudit(): Lack {
  lack ??= { reason: lacksRoot() ?? tryAudit() };
  return lack.reason;
}

/**
 * Turns the kernel's audit on, and as it was once no test of any process needs it any more: all of
 * them share a lock.
 *
 * @param act - is given what tells the records since it was last asked, of the whole machine.
 */
export async function withAudit<Result>(
  act: (records: () => readonly AuditMessage[]) => Promise<Result> | Result,
): Promise<Result> {
  const lock = openSync(join(lockDirectory(), 'audit.lock'), 'a+');
  checked('flock', flock(lock, LOCK_SH));
  try {
    const listener = openListener();
    if (!auditStatus()) {
      writeFileSync(lock, wasOff);
      setAudit(true);
    }
    try {
      return await act(() => drained(listener));
    } finally {
      closeFd(listener);
      // Refused while others have it. The last one gets it, also after one that was killed.
      if (flock(lock, LOCK_EX | LOCK_NB) === 0) asBefore(lock);
    }
  } finally {
    closeSync(lock);
  }
}

function asBefore(lock: number): void {
  const noted = Buffer.alloc(wasOff.length);
  readSync(lock, noted, 0, noted.length, 0);
  if (noted.toString() === wasOff) setAudit(false);
  ftruncateSync(lock);
}

const wasOff = 'off';

/**
 * The messages about the domain that a process made, with who asked: the audit is of the whole
 * machine.
 */
export function aboutDomainOf(
  leader: number,
  messages: readonly AuditMessage[],
): readonly AuditMessage[] {
  const domains = messages
    .filter(({ text }) => text.includes(`status=allocated`) && text.includes(` pid=${leader} `))
    .map(({ text }) => / (domain=[0-9a-f]+) /.exec(text)?.[1] ?? '');
  const own = messages.filter(({ text }) => domains.some((domain) => text.includes(`${domain} `)));
  const events = new Set(own.map(eventOf));
  return messages.filter((message) => events.has(eventOf(message)));
}

function eventOf({ text }: AuditMessage): string {
  return text.slice(0, text.indexOf(')'));
}

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;
const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const MSG_DONTWAIT = 0x40;
const SOL_SOCKET = 1;
const SO_RCVBUFFORCE = 33;
const SO_RCVTIMEO = 20;
// include/uapi/linux/netlink.h and audit.h.
const NETLINK_AUDIT = 9;
const AUDIT_GET = 1000;
const AUDIT_SET = 1001;
const AUDIT_STATUS_ENABLED = 1;
const AUDIT_NLGRP_READLOG = 1;
const NLM_F_REQUEST = 1;
const NLM_F_ACK = 4;
const headerLength = 16;

let lack: { readonly reason: Lack } | undefined;

function tryAudit(): Lack {
  try {
    auditStatus();
    closeFd(openListener());
    return undefined;
  } catch (error) {
    if (error instanceof SystemCallError)
      return `the kernel's audit cannot be read (${error.code})`;
    throw error;
  }
}

function lockDirectory(): string {
  const directory = join(tmpdir(), 'll-learn-test-locks');
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** A socket that gets every record, whoever else reads the audit. */
function openListener(): number {
  const listener = checked('socket', socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT));
  const address = Buffer.alloc(12);
  address.writeUInt16LE(AF_NETLINK, 0);
  address.writeUInt32LE(1 << (AUDIT_NLGRP_READLOG - 1), 8);
  checked('bind', bind(listener, address, address.length));
  const size = Buffer.alloc(4);
  size.writeInt32LE(1 << 26);
  checked('setsockopt', setOption(listener, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length));
  return listener;
}

function auditStatus(): boolean {
  const answer = asked(AUDIT_GET, Buffer.alloc(0), NLM_F_REQUEST);
  return answer.readUInt32LE(headerLength + 4) !== 0;
}

function setAudit(enabled: boolean): void {
  const status = Buffer.alloc(40);
  status.writeUInt32LE(AUDIT_STATUS_ENABLED, 0);
  status.writeUInt32LE(enabled ? 1 : 0, 4);
  const answer = asked(AUDIT_SET, status, NLM_F_REQUEST | NLM_F_ACK);
  const error = answer.readInt32LE(headerLength);
  if (error !== 0) throw new SystemCallError('AUDIT_SET', String(error));
}

function asked(type: number, payload: Buffer, flags: number): Buffer {
  const control = checked('socket', socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT));
  try {
    const timeout = Buffer.alloc(16);
    timeout.writeBigInt64LE(2n, 0);
    checked('setsockopt', setOption(control, SOL_SOCKET, SO_RCVTIMEO, timeout, timeout.length));
    const header = Buffer.alloc(headerLength);
    header.writeUInt32LE(headerLength + payload.length, 0);
    header.writeUInt16LE(type, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt32LE(1, 8);
    const message = Buffer.concat([header, payload]);
    checked('send', send(control, message, message.length, 0));
    const answer = Buffer.alloc(1 << 16);
    const length = checked('recv', receive(control, answer, answer.length, 0));
    return answer.subarray(0, length);
  } finally {
    closeFd(control);
  }
}

function drained(listener: number): readonly AuditMessage[] {
  // The kernel's thread that sends them needs a moment after the call that was refused.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  const messages: AuditMessage[] = [];
  const buffer = Buffer.alloc(1 << 16);
  for (;;) {
    const length = receive(listener, buffer, buffer.length, MSG_DONTWAIT);
    if (length < 0) {
      const code = lastError();
      if (code === 'EAGAIN') return messages;
      throw new SystemCallError('recv', code);
    }
    messages.push({
      type: buffer.readUInt16LE(4),
      text: buffer.toString('latin1', headerLength, length).replace(/\0+$/, ''),
    });
  }
}
