import type { Call } from 'strace-parser';
import { argument, descriptorPath, fieldOf, flagNames, returned } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** clone(2), fork(2), vfork(2), that succeeded. @returns the new thread's id. */
export function readSpawn(scene: Scene, thread: TracedThread, call: Call): number | undefined {
  const child = returned(call);
  if (child === undefined || child <= 0) return undefined;
  const flags = cloneFlags(call);
  for (const flag of flags) {
    if (flag === 'CLONE_NEWNS' || flag === 'CLONE_NEWPID' || flag === 'CLONE_NEWUSER') {
      scene.gap('namespace', `${thread.image.executable} entered a namespace of its own (${flag})`);
    }
  }
  const shares = { place: flags.has('CLONE_FS'), process: flags.has('CLONE_THREAD') };
  scene.processes.spawn(thread, child, shares);
  return child;
}

/** chdir(2), fchdir(2). */
export function readChangeDirectory(scene: Scene, thread: TracedThread, call: Call): void {
  thread.place.directory =
    call.name === 'fchdir'
      ? descriptorPath(argument(call, 0))
      : scene.path(thread, call, { path: 0, followLast: true });
}

/** Calls after which a path no longer means what it says: unshare(2), setns(2), chroot(2). */
export function readNamespace(scene: Scene, thread: TracedThread, call: Call): void {
  const flags = flagNames(argument(call, call.name === 'setns' ? 1 : 0));
  const paths = ['CLONE_NEWNS', 'CLONE_NEWPID', 'CLONE_NEWUSER'];
  if (call.name === 'unshare' && !paths.some((flag) => flags.has(flag))) return;
  scene.gap('namespace', `${thread.image.executable} called ${call.name}`);
}

function cloneFlags(call: Call): ReadonlySet<string> {
  if (call.name === 'clone3') return flagNames(fieldOf(argument(call, 0), 'flags'));
  const named = call.args.find((value) => value.kind === 'named' && value.name === 'flags');
  return flagNames(named?.kind === 'named' ? named.value : undefined);
}
