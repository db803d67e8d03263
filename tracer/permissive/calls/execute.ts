import { interpretersOf } from '../../interpreters.js';
import { losesPrivileges } from '../../privileged-program.js';
import type { AskedCall } from '../asked-call.js';
import type { Found, Observer } from '../observer.js';
import type { Thread } from '../threads.js';

const AT_EMPTY_PATH = 0x1000;

/**
 * execve(2), execveat(2): the program, its `#!` chain and its ELF interpreter.
 * A search along PATH asks for many programs that are not there.
 */
export function askedExecute(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): void {
  const found = programOf(observer, thread, call, name);
  if (found?.type !== 'regular' || !observer.may(thread, found.real, 'execute')) return;
  // A program that may not be read was most likely linked as what runs it.
  const interpreters =
    interpretersOf(found.real, finder(observer, thread)) ??
    interpretersOf(thread.executable)?.slice(-1) ??
    [];
  const { disk } = observer.recording;
  for (const path of [found.path, ...interpreters]) disk.found(path, 'regular');
  const asker = isOurs(observer, thread) ? { ...thread, executable: found.path } : thread;
  observer.record(asker, name, { kind: 'execute', program: found.path, interpreters });
  if (losesPrivileges(found.real, thread.credentials))
    observer.gap('privileged-program', found.path);
  observer.threads.forget(thread);
}

function programOf(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): Found | undefined {
  if (name === 'execve') return observer.find(thread, call, { path: 0, followLast: true });
  const ofDescriptor = (call.unsigned(4) & AT_EMPTY_PATH) !== 0 && call.string(1)?.length === 0;
  return ofDescriptor
    ? observer.findDescriptor(thread, call.int(0))
    : observer.find(thread, call, { directory: 0, path: 1, followLast: true });
}

/** The kernel takes the names of interpreters as the thread's own. */
function finder(observer: Observer, thread: Thread) {
  return (name: string) => observer.findFromHere(thread, name, { followLast: true });
}

/** The first program is asked for by us, in the target's place. */
function isOurs(observer: Observer, thread: Thread): boolean {
  return observer.leader === thread.process && thread.executable === process.execPath;
}
