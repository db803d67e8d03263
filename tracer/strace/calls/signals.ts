import type { Call } from 'strace-parser';
import { argument, numberOf } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** kill(2) and its relatives: whether the signal stays among the target's own processes. */
export function readSignal(scene: Scene, thread: TracedThread, call: Call): void {
  const receiver = receiverOf(call);
  if (receiver === undefined) return;
  scene.record(thread, call, { kind: 'signal', inside: isInside(scene, receiver) });
}

/** pidfd_send_signal(2) names a descriptor; whose process that is, the log does not tell. */
function receiverOf(call: Call): number | undefined {
  if (call.name === 'pidfd_send_signal') return pidOfDescriptor(call);
  return numberOf(argument(call, 0));
}

function pidOfDescriptor(call: Call): number | undefined {
  const descriptor = argument(call, 0);
  if (descriptor?.kind !== 'fd') return undefined;
  const pid = /^pid:(\d+)$/.exec(descriptor.text)?.[1];
  return pid === undefined ? undefined : Number(pid);
}

/**
 * 0 is the sender's own process group, which holds the sender, so that the call succeeds in any
 * scope; −1 is every process that there is; less than that a process group by its leader.
 */
function isInside(scene: Scene, receiver: number): boolean {
  if (receiver === 0) return true;
  if (receiver === -1) return false;
  return scene.processes.isOwn(Math.abs(receiver));
}
