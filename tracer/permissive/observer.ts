import { readlinkSync } from 'node:fs';
import { pathFromBytes, pathToBytes } from '../../kernel/path-bytes.js';
import { parentOf } from '../../landlock/hierarchy.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import { resolvePathOf, typeAt } from '../disk-view.js';
import { endsInName } from '../final-name.js';
import { Recording } from '../recording.js';
import type { GapKind } from '../trace.js';
import { stableName } from '../volatile-names.js';
import type { AskedCall } from './asked-call.js';
import { mayUse, type Wish } from './permissions.js';
import { type Thread, Threads } from './threads.js';

/** How a path's last part is taken. */
export interface Following {
  readonly followLast: boolean;
  /** The call gives or takes the name itself: no slash behind it makes that a symlink's target. */
  readonly asName?: boolean;
  /** The path is one of ours already, and not beneath the thread's own root. */
  readonly ours?: boolean;
}

/** Where a call's arguments say that it wants to go. */
export interface PathArgument extends Following {
  /** The index of the directory descriptor; none for the old calls. */
  readonly directory?: number;
  /** The index of the name's address. */
  readonly path: number;
}

/** What stands where a call wants to go, before it goes. */
export interface Found {
  /** For the record: see `stableName`. */
  readonly path: string;
  /** As the disk has it now. */
  readonly real: string;
  readonly type: FileType | 'missing';
  /** The name ended in a slash, which only a directory's may. */
  readonly asDirectory: boolean;
}

/** What the readings of calls act on: the disk before the call, and the record of the run. */
export class Observer {
  readonly recording = new Recording();
  readonly threads = new Threads();
  /** The target's process ids. */
  readonly processes = new Set<number>();
  /** The real directory of each that was named lately; cleared when names change. */
  readonly #directories = new Map<string, string>();
  #changing = 0;
  #leader = -1;

  /** The first process of the target: the one that everything else descends from. */
  get leader(): number {
    return this.#leader;
  }

  lead(process: number): void {
    this.#leader = process;
  }

  record(thread: Thread, call: string, operation: Operation): void {
    this.recording.add(operation, thread.executable, call, 'ok');
  }

  gap(kind: GapKind, detail: string): void {
    this.recording.gap(kind, detail);
  }

  /** What an argument leads to; undefined when it leads to nothing that has a path. */
  find(thread: Thread, call: AskedCall, argument: PathArgument): Found | undefined {
    const bytes = call.string(argument.path);
    if (bytes === null) return undefined;
    const name = pathFromBytes(bytes);
    if (name === '' || (argument.asName === true && !endsInName(name))) return undefined;
    if (name.startsWith('/')) return this.findPath(thread, name, argument);
    const directory = argument.directory === undefined ? AT_FDCWD : call.int(argument.directory);
    const base = directoryOf(thread, directory);
    return base === undefined
      ? undefined
      : this.findPath(thread, `${base}/${name}`, { ...argument, ours: true });
  }

  /** What an absolute path leads to. */
  findPath(
    thread: Thread,
    path: string,
    { followLast, asName = false, ours = false }: Following,
  ): Found | undefined {
    const asDirectory = path.endsWith('/') && path !== '/';
    const rooted = ours || thread.root === '/' ? path : `${thread.root}${path}`;
    const entry = this.#entry(thread.id, rooted, followLast || (asDirectory && !asName));
    if (entry === undefined) return undefined;
    return { ...entry, path: stableName(entry.real, this.#leader), asDirectory };
  }

  /** What a descriptor of the thread leads to; undefined when that has no path. */
  findDescriptor(thread: Thread, descriptor: number): Found | undefined {
    const real = linkOf(`/proc/${thread.id}/fd/${descriptor}`);
    if (real === undefined || !real.startsWith('/') || real.startsWith('/memfd:')) return undefined;
    return { path: stableName(real, this.#leader), real, type: typeAt(real), asDirectory: false };
  }

  /** Whether what holds a name is there, and lets the thread change it. */
  mayChangeNames(thread: Thread, { real }: Found): boolean {
    if (real.startsWith('/proc/') || isTooLong(real)) return false; // ENOENT, ENAMETOOLONG
    return this.may(thread, parentOf(real), 'write', 'execute');
  }

  /** Whether plain permissions let a thread do this. */
  may(thread: Thread, real: string, ...wishes: readonly Wish[]): boolean {
    return mayUse(thread.credentials, real, wishes);
  }

  /** Names lead elsewhere from now on. */
  namesChange(): void {
    this.#changing = performance.now() + aMoment;
    this.#directories.clear();
  }

  /** Directories are resolved once for all that is asked in them; the last name each time. */
  #entry(thread: number, path: string, followLast: boolean): Entry | undefined {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    const plain = name !== '' && name !== '.' && name !== '..' && !/^\/(dev|proc)\//.test(path);
    if (!plain) return entryAt(resolvePathOf(thread, path, followLast));
    const directory = this.#directory(path.slice(0, slash) || '/');
    const real = directory === '/' ? `/${name}` : `${directory}/${name}`;
    const type = typeAt(real);
    return followLast && type === 'symlink'
      ? entryAt(resolvePathOf(thread, real, true))
      : { real, type };
  }

  #directory(path: string): string {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const real = resolvePathOf(0, path, true);
    // A change that was let go a moment ago may not have happened yet.
    if (performance.now() < this.#changing) return real;
    if (this.#directories.size >= mostDirectories) this.#directories.clear();
    this.#directories.set(path, real);
    return real;
  }
}

interface Entry {
  readonly real: string;
  readonly type: FileType | 'missing';
}

function entryAt(real: string): Entry | undefined {
  return real.startsWith('/') ? { real, type: typeAt(real) } : undefined;
}

function isTooLong(path: string): boolean {
  return path.length > longestName && pathToBytes(nameOf(path)).length > longestName;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** NAME_MAX, which no file system exceeds. */
const longestName = 255;

const AT_FDCWD = -100;
/** Milliseconds. */
const aMoment = 5;
const mostDirectories = 10_000;

function directoryOf(thread: Thread, descriptor: number): string | undefined {
  const link = descriptor === AT_FDCWD ? 'cwd' : `fd/${descriptor}`;
  const directory = linkOf(`/proc/${thread.id}/${link}`);
  return directory?.startsWith('/') ? directory : undefined;
}

function linkOf(path: string): string | undefined {
  try {
    return pathFromBytes(readlinkSync(path, 'buffer'));
  } catch {
    return undefined;
  }
}
