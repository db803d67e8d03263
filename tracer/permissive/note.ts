import { architecture, type SyscallName } from '../../kernel/syscall-numbers.js';
import type { AskedCall } from './asked-call.js';
import { readers } from './calls/index.js';
import type { Observer } from './observer.js';
import { repeatedCall } from './repeated.js';
import type { NotedCall } from './repetitions.js';
import type { Thread } from './threads.js';

/**
 * Notes what a call asks for.
 *
 * @returns what it is a repetition of, which is to be counted when it was let go.
 * @throws CallGone
 */
export function note(observer: Observer, thread: Thread, call: AskedCall): NotedCall | undefined {
  const name = syscallOf(call);
  if (name === undefined) {
    observer.gap('foreign-architecture', thread.executable);
    return undefined;
  }
  const repeated = repeatedCall(observer, thread, call, name);
  if (repeated !== undefined) return repeated;
  readers[name](observer, thread, call, name);
  if (call.takeRefusal()) {
    observer.gap('unresolved', `a call of ${thread.executable}, whose memory may not be read,`);
  }
  return undefined;
}

/** Which call it is; undefined for one of another architecture. */
export function syscallOf(call: AskedCall): SyscallName | undefined {
  native ??= nativeCalls();
  return call.architecture === native.audit ? native.names.get(call.number) : undefined;
}

let native: ReturnType<typeof nativeCalls> | undefined;

function nativeCalls() {
  const { audit, numbers } = architecture();
  const names = Object.entries(numbers).map(([name, number]) => [number, name] as const);
  return { audit, names: new Map(names as (readonly [number, SyscallName])[]) };
}
