import type { Call } from 'strace-parser';
import { findingFrom, imageOf } from '../../interpreters.js';
import { losesPrivileges } from '../../privileged-program.js';
import { argument, pathArgument } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** execve(2) and execveat(2): the program, its `#!` chain and its ELF interpreter. */
export function readExecute(scene: Scene, thread: TracedThread, call: Call): void {
  const program = executedPath(scene, thread, call);
  if (program === undefined) return;
  const directory = thread.place.directory ?? '/';
  // A program that is gone by now was most likely run by what ran its parent.
  const image = imageOf(program, findingFrom(directory)) ?? {
    executable: program,
    interpreters: thread.image.interpreters.slice(-1),
  };
  const { interpreters } = image;
  scene.disk.found(program, 'regular');
  for (const interpreter of interpreters) scene.disk.found(interpreter, 'regular');
  const caller = thread.image.executable;
  // The first program is asked for by us, in the target's place.
  const asker =
    caller === '' ? { ...thread, image: { ...thread.image, executable: program } } : thread;
  scene.record(asker, call, { kind: 'execute', program, interpreters });
  if (call.result.kind === 'error') return;
  thread.image.executable = image.executable;
  thread.image.interpreters = interpreters;
  if (losesPrivileges(program, ourIds)) scene.gap('privileged-program', program);
}

function executedPath(scene: Scene, thread: TracedThread, call: Call): string | undefined {
  const at = call.name === 'execveat';
  if (at && pathArgument(argument(call, 1)) === '') {
    // fexecve(3): a file that is open already, and is checked all the same.
    return scene.pathOfDescriptor(argument(call, 0));
  }
  const where = { path: at ? 1 : 0, followLast: true };
  return scene.path(thread, call, at ? { ...where, directory: 0 } : where);
}

/** The target's, as far as it has not changed them, which the log does not tell. */
const ourIds = { user: process.geteuid?.() ?? 0, group: process.getegid?.() ?? 0 };
