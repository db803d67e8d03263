import type { Call } from 'strace-parser';
import { argument, descriptorPath, fieldOf, flagNames, returned } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** clone(2), fork(2), vfork(2), that succeeded. @returns the new thread's id. */
export function readSpawn(scene: Scene, thread: TracedThread, call: Call): number | undefined {
  const child = returned(call);
  if (child === undefined || child <= 0) return undefined;
  const flags = cloneFlags(call);
  if (changesNames(flags)) stamp(scene, thread, call);
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
  switch (call.name) {
    case 'unshare':
      if (!changesNames(flagNames(argument(call, 0)))) return;
      break;
    case 'setns':
      if (!leadsElsewhere(call)) return;
      break;
  }
  stamp(scene, thread, call);
}

/** By the namespace's descriptor; for that of a process, by the flags. */
function leadsElsewhere(call: Call): boolean {
  const descriptor = argument(call, 0);
  const named = descriptor?.kind === 'fd' ? /^(\w+):\[/.exec(descriptor.text)?.[1] : undefined;
  if (named !== undefined) return ['mnt', 'pid', 'pid_for_children', 'user'].includes(named);
  return changesNames(flagNames(argument(call, 1)));
}

function changesNames(flags: ReadonlySet<string>): boolean {
  return flags.has('CLONE_NEWNS') || flags.has('CLONE_NEWPID') || flags.has('CLONE_NEWUSER');
}

function stamp(scene: Scene, thread: TracedThread, call: Call): void {
  scene.gap('namespace', `${thread.image.executable} called ${call.name}`);
}

/** seccomp(2): what a filter hands to a supervisor of its own, `--seccomp-bpf` does not see. */
export function readSeccomp(scene: Scene, thread: TracedThread, call: Call): void {
  if (!flagNames(argument(call, 1)).has('SECCOMP_FILTER_FLAG_NEW_LISTENER')) return;
  scene.gap('own-listener', thread.image.executable);
}

function cloneFlags(call: Call): ReadonlySet<string> {
  if (call.name === 'clone3') return flagNames(fieldOf(argument(call, 0), 'flags'));
  const named = call.args.find((value) => value.kind === 'named' && value.name === 'flags');
  return flagNames(named?.kind === 'named' ? named.value : undefined);
}
