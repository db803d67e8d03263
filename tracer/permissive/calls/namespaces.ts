import { readFileSync } from 'node:fs';
import { linkAt } from '../../../kernel/link-target.js';
import type { AskedCall } from '../asked-call.js';
import { namespacesOfNames } from '../filter.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';

/** chroot(2): what the thread names is beneath another root from now on. */
export function askedChroot(observer: Observer): void {
  observer.part();
}

/** clone(2) and unshare(2), of which the filter has let those go that enter no such namespace. */
export function askedClone(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): void {
  enter(observer, thread, call.unsigned(0), name);
}

/** clone3(2): the first word of struct clone_args holds the flags. */
export function askedClone3(observer: Observer, thread: Thread, call: AskedCall): void {
  enter(observer, thread, call.bytes(0, 8)?.readUInt32LE(0) ?? 0, 'clone3');
}

/** setns(2): a descriptor of a namespace, or of a process of which the flags tell the namespaces. */
export function askedSetns(observer: Observer, thread: Thread, call: AskedCall): void {
  const link = linkAt(`/proc/${thread.id}/fd/${call.int(0)}`);
  if (link === undefined) return; // EBADF
  const named = /^(?:(mnt|pid|pid_for_children|user):\[|anon_inode:\[pidfd\]$|pidfd:)/.exec(link);
  const ofProcess = named !== null && named[1] === undefined;
  if (named === null || (ofProcess && (call.unsigned(1) & namespacesOfNames) === 0)) return;
  if (!hasCapability(thread, CAP_SYS_ADMIN)) return; // EPERM
  stamp(observer, thread, 'setns');
}

function enter(observer: Observer, thread: Thread, flags: number, call: string): void {
  if ((flags & namespacesOfNames) === 0) return;
  // Whoever makes a user namespace has every capability in it.
  if ((flags & CLONE_NEWUSER) === 0 && !hasCapability(thread, CAP_SYS_ADMIN)) return; // EPERM
  stamp(observer, thread, call);
}

function stamp(observer: Observer, thread: Thread, call: string): void {
  observer.part();
  observer.gap('namespace', `${thread.executable} called ${call}`);
}

const CLONE_NEWUSER = 0x10000000;
const CAP_SYS_ADMIN = 21n;

/** In its own user namespace; taken for granted where nobody tells. */
function hasCapability(thread: Thread, capability: bigint): boolean {
  try {
    const status = readFileSync(`/proc/${thread.id}/status`, 'latin1');
    const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1];
    return effective === undefined || ((BigInt(`0x${effective}`) >> capability) & 1n) === 1n;
  } catch {
    return true;
  }
}
