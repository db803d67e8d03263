import { interpretersOf } from '../../interpreters.js';
import { losesPrivileges } from '../../privileged-program.js';
import type { AskedCall } from '../asked-call.js';
import { isLostName, onceNamed } from '../lost-name.js';
import type { Observer } from '../observer.js';
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
  const program = programOf(observer, thread, call, name);
  if (program === undefined || !observer.may(thread, program.real, 'execute')) return;
  // A program that may not be read was most likely linked as what runs it.
  const interpreters =
    interpretersOf(program.real, finder(observer, thread)) ??
    interpretersOf(thread.executable)?.slice(-1) ??
    [];
  const { disk } = observer.recording;
  if (program.nameless) disk.vanished(program.path);
  else disk.found(program.path, 'regular');
  for (const path of interpreters) disk.found(path, 'regular');
  const asker = isOurs(observer, thread) ? { ...thread, executable: program.path } : thread;
  observer.record(asker, name, { kind: 'execute', program: program.path, interpreters });
  if (losesPrivileges(program.real, thread.credentials)) {
    observer.gap('privileged-program', program.path);
  }
  observer.threads.forget(thread);
}

/** A regular file that is to be executed. */
interface Program {
  readonly path: string;
  /** Where it can be read from here. */
  readonly real: string;
  /** It was removed, or made without a name (O_TMPFILE), and is executed by its descriptor. */
  readonly nameless: boolean;
}

function programOf(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): Program | undefined {
  const at = name === 'execveat';
  const ofDescriptor =
    at && (call.unsigned(4) & AT_EMPTY_PATH) !== 0 && call.string(1)?.length === 0;
  const place = { ...(at ? { directory: 0, path: 1 } : { path: 0 }), followLast: true };
  const found = ofDescriptor
    ? observer.findDescriptor(thread, call.int(0))
    : observer.find(thread, call, place);
  if (found === undefined) return undefined;
  const { path, real, type } = found;
  if (type === 'regular') return { path, real, nameless: false };
  if (type !== 'missing' || !isLostName(real)) return undefined; // ENOENT, EACCES
  const descriptor = ofDescriptor ? call.int(0) : ownDescriptor(call.string(place.path));
  if (descriptor === undefined) return undefined;
  const link = `/proc/${thread.id}/fd/${descriptor}`;
  return { path: onceNamed(path), real: link, nameless: true };
}

/** The descriptor that a path names: fexecve(3), where execveat(2) cannot be had. */
function ownDescriptor(path: Buffer | null): number | undefined {
  const named = /^\/(?:proc\/(?:thread-)?self|dev)\/fd\/(\d+)$/.exec(
    path?.toString('latin1') ?? '',
  );
  return named === null ? undefined : Number(named[1]);
}

/** The kernel takes the names of interpreters as the thread's own. */
function finder(observer: Observer, thread: Thread) {
  return (name: string) => observer.findFromHere(thread, name, { followLast: true });
}

/** The first program is asked for by us, in the target's place. */
function isOurs(observer: Observer, thread: Thread): boolean {
  return observer.leader === thread.process && thread.executable === process.execPath;
}
