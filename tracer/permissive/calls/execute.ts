import { stampAt } from '../../../kernel/file-stamp.js';
import { linkAt } from '../../../kernel/link-target.js';
import { interpretersOf } from '../../interpreters.js';
import { losesPrivileges } from '../../privileged-program.js';
import type { AskedCall } from '../asked-call.js';
import { isLostName, onceNamed } from '../lost-name.js';
import type { Found, Observer } from '../observer.js';
import { keepInMind } from '../repeated.js';
import type { Image } from '../repetitions.js';
import type { Thread } from '../threads.js';

const AT_EMPTY_PATH = 0x1000;
const nothing = { found: undefined, counted: undefined };

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
  if (program === undefined) return executeInMemory(observer, thread, call, name);
  const search = new Search(observer, thread);
  if (!observer.may(thread, program.real, 'execute')) return;
  const named = interpretersOf(program.real, search.find);
  // A program that may not be read was most likely linked as what runs it.
  const interpreters = named ?? interpretersOf(thread.executable)?.slice(-1) ?? [];
  const { disk } = observer.recording;
  if (program.nameless) disk.vanished(program.path);
  else disk.found(program.path, 'regular');
  for (const path of interpreters) disk.found(path, 'regular');
  const asker = isOurs(observer, thread) ? { ...thread, executable: program.path } : thread;
  const { path, real } = program;
  const counted = observer.record(asker, name, { kind: 'execute', program: path, interpreters });
  if (losesPrivileges(real, thread.credentials)) observer.gap('privileged-program', path);
  const isSameForAll = named !== null && asker === thread && !program.nameless && search.isForAll;
  if (isSameForAll && counted !== undefined && counted.count > 1) {
    const images = imagesOf(real, search.found);
    const found = { type: 'regular', real, path } as const;
    if (images !== undefined) keepInMind(observer, thread, call, name, { found, counted, images });
  }
  observer.threads.forget(thread);
}

/** Undefined where a change of one would not be noticed, or who executes them makes a difference. */
function imagesOf(program: string, interpreters: readonly string[]): readonly Image[] | undefined {
  if (losesPrivileges(program, nobody)) return undefined;
  const images: Image[] = [];
  for (const path of [program, ...interpreters]) {
    const stamp = stampAt(path);
    if (stamp === undefined) return undefined;
    images.push({ path, stamp });
  }
  return images;
}

/** No file is theirs. */
const nobody = { user: -1, group: -1 };

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
  const place = { ...(name === 'execve' ? { path: 0 } : { directory: 0, path: 1 }) };
  const found = isOfDescriptor(call, name)
    ? observer.findDescriptor(thread, call.int(0))
    : observer.find(thread, call, { ...place, followLast: true });
  if (found === undefined) return undefined;
  const { path, real, type } = found;
  if (type === 'regular') return { path, real, nameless: false };
  if (type !== 'missing' || !isLostName(real)) return undefined; // ENOENT, EACCES
  const descriptor = descriptorIn(call, name);
  if (descriptor === undefined) return undefined;
  const link = `/proc/${thread.id}/fd/${descriptor}`;
  return { path: onceNamed(path), real: link, nameless: true };
}

/** A program in memory (memfd_create(2)) nobody is asked about, but for what interprets it. */
function executeInMemory(observer: Observer, thread: Thread, call: AskedCall, name: string): void {
  const descriptor = descriptorIn(call, name);
  // Searched along PATH, every program is asked for where it is not.
  if (descriptor === undefined) return keepInMind(observer, thread, call, name, nothing);
  const link = `/proc/${thread.id}/fd/${descriptor}`;
  if (linkAt(link)?.startsWith('/memfd:') !== true) return;
  const [program, ...interpreters] = interpretersOf(link, new Search(observer, thread).find) ?? [];
  if (program !== undefined) {
    for (const path of [program, ...interpreters]) observer.recording.disk.found(path, 'regular');
    observer.record(thread, name, { kind: 'execute', program, interpreters });
  }
  observer.threads.forget(thread);
}

/** The descriptor that is executed: fexecve(3), by either of its ways. */
function descriptorIn(call: AskedCall, name: string): number | undefined {
  if (isOfDescriptor(call, name)) return call.int(0);
  const path = call.path(name === 'execve' ? 0 : 1) ?? '';
  const named = /^\/(?:proc\/(?:thread-)?self|dev)\/fd\/(\d+)$/.exec(path);
  return named === null ? undefined : Number(named[1]);
}

function isOfDescriptor(call: AskedCall, name: string): boolean {
  if (name !== 'execveat' || (call.unsigned(4) & AT_EMPTY_PATH) === 0) return false;
  return call.path(1) === '';
}

/** Finds interpreters: the kernel takes their names as the thread's own. */
class Search {
  /** Where those that were found stand. */
  readonly found: string[] = [];
  readonly #observer: Observer;
  readonly #thread: Thread;
  #isForAll: boolean;

  /** To be made when the program has just been found. */
  constructor(observer: Observer, thread: Thread) {
    this.#observer = observer;
    this.#thread = thread;
    this.#isForAll = !observer.foundForOneThread;
  }

  /** Whether the program and what was found are the same for any thread that shares our root. */
  get isForAll(): boolean {
    return this.#isForAll;
  }

  readonly find = (name: string): Found | undefined => {
    const found = this.#observer.findFromHere(this.#thread, name, { followLast: true });
    if (found !== undefined) this.found.push(found.real);
    if (!name.startsWith('/') || this.#observer.foundForOneThread) this.#isForAll = false;
    return found;
  };
}

/** The first program is asked for by us, in the target's place. */
function isOurs(observer: Observer, thread: Thread): boolean {
  return observer.leader === thread.process && thread.executable === process.execPath;
}
