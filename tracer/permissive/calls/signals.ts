import { readFileSync } from 'node:fs';
import type { AskedCall } from '../asked-call.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';

/** kill(2) and its relatives: whether the signal stays among the target's own processes. */
export function askedSignal(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): void {
  const receiver = name === 'pidfd_send_signal' ? processOf(thread, call.int(0)) : call.int(0);
  if (receiver === undefined || !exists(receiver)) return;
  const inside = isInside(observer, thread, receiver);
  if (!inside && receiver > 0 && !maySignal(thread, receiver)) return; // EPERM
  observer.record(thread, name, { kind: 'signal', inside });
}

/**
 * 0 is the sender's own process group, which holds the sender, so that the call succeeds in any
 * scope; −1 is every process that there is; less than that a process group by its leader.
 */
function isInside(observer: Observer, thread: Thread, receiver: number): boolean {
  if (receiver === 0 || Math.abs(receiver) === thread.process) return true;
  if (receiver === -1) return false;
  return descends(observer, Math.abs(receiver));
}

/** Whether a process is the target's first one or descends from it, or was seen to be its own. */
function descends(observer: Observer, process: number): boolean {
  for (let current = process, steps = 0; current > 1 && steps < 64; steps++) {
    if (current === observer.leader || observer.processes.has(current)) return true;
    current = statusNumber(current, 'PPid') ?? 0;
  }
  return false;
}

/** Whether the users are the right ones (kill(2)); a capability is taken for root's alone. */
function maySignal(thread: Thread, receiver: number): boolean {
  if (thread.credentials.user === 0) return true;
  const sender = usersOf(thread.id).slice(0, 2); // Real and effective.
  const [real, , saved] = usersOf(receiver);
  return sender.some((user) => user === real || user === saved);
}

/** Real, effective and saved user ids. */
function usersOf(process: number): readonly number[] {
  try {
    const status = readFileSync(`/proc/${process}/status`, 'latin1');
    const ids = /^Uid:\s*(\d+)\s+(\d+)\s+(\d+)/m.exec(status) ?? [];
    return ids.slice(1).map(Number);
  } catch {
    return [];
  }
}

/** ESRCH comes before anyone is asked; groups are not looked up. */
function exists(receiver: number): boolean {
  return receiver <= 0 || statusNumber(receiver, 'Tgid') !== undefined;
}

function statusNumber(process: number, field: string): number | undefined {
  try {
    const status = readFileSync(`/proc/${process}/status`, 'latin1');
    const value = new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1];
    return value === undefined ? undefined : Number(value);
  } catch {
    return undefined;
  }
}

function processOf(thread: Thread, descriptor: number): number | undefined {
  try {
    const info = readFileSync(`/proc/${thread.id}/fdinfo/${descriptor}`, 'latin1');
    const pid = /^Pid:\s*(\d+)/m.exec(info)?.[1];
    return pid === undefined ? undefined : Number(pid);
  } catch {
    return undefined;
  }
}
