import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuditMessage,
  enableAudit,
  isAuditEnabled,
  openAuditListener,
  receivedMessages,
} from '../../kernel/audit.js';
import { closeFd } from '../../kernel/descriptors.js';
import { checked, libc, SystemCallError } from '../../kernel/libc.js';
import { type Lack, lacksRoot } from './requirements.js';

const flock = libc<[number, number], number>('int flock(int fd, int operation)');

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
    const listener = openAuditListener();
    if (!isAuditEnabled()) {
      writeFileSync(lock, wasOff);
      enableAudit(true);
    }
    try {
      return await act(() => receivedMessages(listener));
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
  if (noted.toString() === wasOff) enableAudit(false);
  ftruncateSync(lock);
}

const wasOff = 'off';

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;

let lack: { readonly reason: Lack } | undefined;

function tryAudit(): Lack {
  try {
    isAuditEnabled();
    closeFd(openAuditListener());
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
