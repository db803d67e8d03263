import { closeFd } from './descriptors.js';
import { checked, errorName, libc, SystemCallError } from './libc.js';
import { openSocket, receivedMessage, setSocketOption } from './sockets.js';

const bind = libc<[number, Buffer, number], number>(
  'int bind(int fd, void *address, unsigned int n)',
);
const send = libc<[number, Buffer, number, number], number>(
  'long send(int fd, void *bytes, size_t length, int flags)',
);

/** A record of the kernel's audit as it sends it: `audit(1729738800.221:34): domain=…`. */
export interface AuditMessage {
  readonly type: number;
  readonly text: string;
}

/**
 * A socket that gets every record of the machine from now on, whoever else reads the audit.
 *
 * @throws SystemCallError EPERM without CAP_AUDIT_READ in the first user namespace,
 * EPROTONOSUPPORT where the kernel has no audit.
 */
export function openAuditListener(): number {
  const listener = openAuditSocket();
  try {
    const address = Buffer.alloc(12);
    address.writeUInt16LE(AF_NETLINK, 0);
    address.writeUInt32LE(1 << (AUDIT_NLGRP_READLOG - 1), 8);
    checked('bind', bind(listener, address, address.length));
    const size = Buffer.alloc(4);
    size.writeInt32LE(1 << 26);
    setSocketOption(listener, SO_RCVBUFFORCE, size);
    return listener;
  } catch (error) {
    closeFd(listener);
    throw error;
  }
}

/**
 * The records that have come since it was last asked. Blocks until the kernel's thread that sends
 * them, which has its turn some time after the call that was refused, has sent all.
 *
 * @throws SystemCallError ENOBUFS where records were lost; EPERM where the audit's status may not be
 * asked.
 */
export function receivedMessages(listener: number): readonly AuditMessage[] {
  for (let times = 0; times < mostPauses && auditStatus().waiting > 0; times++) pause();
  pause(); // The last one may have left the queue, and be still on its way.
  const messages: AuditMessage[] = [];
  const buffer = Buffer.alloc(1 << 16);
  for (;;) {
    const message = waitingMessage(listener, buffer);
    if (message === undefined) return messages;
    messages.push({
      type: message.readUInt16LE(4),
      text: message.toString('latin1', headerLength).replace(/\0+$/, ''),
    });
  }
}

/** How the audit of the whole machine stands: struct audit_status. */
export interface AuditStatus {
  /** Whether the kernel makes records at all. */
  readonly enabled: boolean;
  /** How many records may wait to be sent; those of Landlock wait for nothing, and are lost beyond. */
  readonly backlogLimit: number;
  /** How many records were lost since the machine was started. */
  readonly lost: number;
  /** How many records wait to be sent. */
  readonly waiting: number;
}

/** @throws SystemCallError when it may not be asked. */
export function auditStatus(): AuditStatus {
  const status = asked(AUDIT_GET, Buffer.alloc(0), NLM_F_REQUEST).subarray(headerLength);
  return {
    enabled: status.readUInt32LE(4) !== 0,
    backlogLimit: status.readUInt32LE(20),
    lost: status.readUInt32LE(24),
    waiting: status.readUInt32LE(28),
  };
}

/** Changes the audit of the whole machine. @throws SystemCallError when it stays as it is. */
export function setAudit({
  enabled,
  backlogLimit,
}: Pick<AuditStatus, 'enabled' | 'backlogLimit'>): void {
  const status = Buffer.alloc(40);
  status.writeUInt32LE(AUDIT_STATUS_ENABLED | AUDIT_STATUS_BACKLOG_LIMIT, 0);
  status.writeUInt32LE(enabled ? 1 : 0, 4);
  status.writeUInt32LE(backlogLimit, 20);
  const answer = asked(AUDIT_SET, status, NLM_F_REQUEST | NLM_F_ACK);
  const error = answer.readInt32LE(headerLength);
  if (error !== 0) throw new SystemCallError('AUDIT_SET', String(error));
}

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const MSG_DONTWAIT = 0x40;
const SO_RCVBUFFORCE = 33;
const SO_RCVTIMEO = 20;
// include/uapi/linux/netlink.h and audit.h.
const NETLINK_AUDIT = 9;
const AUDIT_GET = 1000;
const AUDIT_SET = 1001;
const AUDIT_STATUS_ENABLED = 1;
const AUDIT_STATUS_BACKLOG_LIMIT = 0x10;
const AUDIT_NLGRP_READLOG = 1;
const NLM_F_REQUEST = 1;
const NLM_F_ACK = 4;
const NLMSG_ERROR = 2;
const headerLength = 16;

function openAuditSocket(): number {
  return openSocket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
}

/** For a tenth of a second. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

/** Where others make records all the time, some always wait. */
const mostPauses = 50;

function waitingMessage(listener: number, buffer: Buffer): Buffer | undefined {
  try {
    return receivedMessage(listener, buffer, MSG_DONTWAIT);
  } catch (error) {
    if (error instanceof SystemCallError && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}

function asked(type: number, payload: Buffer, flags: number): Buffer {
  const control = openAuditSocket();
  try {
    const timeout = Buffer.alloc(16);
    timeout.writeBigInt64LE(2n, 0);
    setSocketOption(control, SO_RCVTIMEO, timeout);
    const header = Buffer.alloc(headerLength);
    header.writeUInt32LE(headerLength + payload.length, 0);
    header.writeUInt16LE(type, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt32LE(1, 8);
    const message = Buffer.concat([header, payload]);
    checked('send', send(control, message, message.length, 0));
    const answer = receivedMessage(control, Buffer.alloc(1 << 16));
    const refused = type === AUDIT_GET && answer.readUInt16LE(4) === NLMSG_ERROR;
    if (refused) throw new SystemCallError('AUDIT_GET', errorName(-answer.readInt32LE(16)));
    return answer;
  } finally {
    closeFd(control);
  }
}
