import { realpathSync } from 'node:fs';
import {
  type AuditMessage,
  auditStatus,
  openAuditListener,
  receivedMessages,
} from '../../kernel/audit.js';
import { closeFd } from '../../kernel/descriptors.js';
import { SystemCallError } from '../../kernel/libc.js';
import { loggingSince } from '../../landlock/enforce.js';
import { aboutDomainOf } from '../../tracer/audit/domain-messages.js';
import { readDenialLog } from '../../tracer/audit/log.js';
import type { CountedDenial } from '../../tracer/audit/read-denials.js';

/** The kernel's own word on what it denied, for as long as it is listened to. */
export interface KernelDenials {
  /** What it has denied a process that `ll-learn run` was, and all that came of that one. */
  readonly of: (leader: number) => Promise<readonly CountedDenial[]>;
  readonly close: () => void;
}

/**
 * Listens to the kernel's audit. Nothing of the machine is changed for that: where the audit is off
 * or not ours to read, there is nothing to hear.
 *
 * @returns undefined where there is nothing to hear.
 */
export function listenToAudit(abi: number): KernelDenials | undefined {
  if (abi < loggingSince) return undefined;
  try {
    if (!auditStatus().enabled) return undefined;
    const listener = openAuditListener();
    return { of: (leader) => deniedTo(leader, listener, abi), close: () => closeFd(listener) };
  } catch (error) {
    if (error instanceof SystemCallError) return undefined;
    throw error;
  }
}

async function deniedTo(
  leader: number,
  listener: number,
  abi: number,
): Promise<readonly CountedDenial[]> {
  const ours = realpathSync(process.execPath);
  const messages = aboutDomainOf(leader, receivedMessages(listener), ours);
  const { denials = [] } = await readDenialLog(linesOf(messages), { tool: '', abi, file: 'audit' });
  return denials;
}

async function* linesOf(messages: readonly AuditMessage[]): AsyncGenerator<string> {
  for (const { type, text } of messages) yield `${type} ${text}`;
}
