import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AuditMessage,
  auditStatus,
  openAuditListener,
  receivedMessages,
  setAudit,
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
 * Turns the kernel's audit on, with room for many records to wait, and as it was once no test of
 * any process needs it any more: all of them share a lock.
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
    const before = auditStatus();
    if (!before.enabled || before.backlogLimit < roomy) {
      writeFileSync(lock, JSON.stringify(before));
      setAudit({ enabled: true, backlogLimit: roomy });
    }
    try {
      return await act(() => wholly(receivedMessages(listener), before.lost));
    } finally {
      closeFd(listener);
      // Refused while others have it. The last one gets it, also after one that was killed.
      if (flock(lock, LOCK_EX | LOCK_NB) === 0) asBefore(lock);
    }
  } finally {
    closeSync(lock);
  }
}

/** A missing record is told from a denial that there was not. */
function wholly(messages: readonly AuditMessage[], lost: number): readonly AuditMessage[] {
  const more = auditStatus().lost - lost;
  if (more > 0) throw new Error(`the kernel lost ${more} records of its audit`);
  return messages;
}

function asBefore(lock: number): void {
  const noted = Buffer.alloc(1000);
  const text = noted.toString('utf8', 0, readSync(lock, noted, 0, noted.length, 0));
  if (text !== '') setAudit(JSON.parse(text));
  ftruncateSync(lock);
}

/** Records that may wait: many more than all tests make while the kernel's thread waits its turn. */
const roomy = 32_768;

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;

let lack: { readonly reason: Lack } | undefined;

function tryAudit(): Lack {
  try {
    auditStatus();
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
