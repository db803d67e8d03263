import { linkAt } from '../../kernel/link-target.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import { parentOf } from '../../landlock/hierarchy.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import { typeAt } from '../disk-view.js';
import { endsInName } from '../final-name.js';
import type { LiveOperation } from '../live-operations.js';
import { type Counted, Recording } from '../recording.js';
import type { GapKind } from '../trace.js';
import { stableName } from '../volatile-names.js';
import type { AskedCall } from './asked-call.js';
import { OwnRulesets } from './own-rulesets.js';
import { Paths } from './paths.js';
import { mayUse, type Wish } from './permissions.js';
import { Repetitions } from './repetitions.js';
import { type Thread, Threads } from './threads.js';
import { ourView, type Place, placeOf, reached, shown } from './view.js';
import { walkApart } from './walk-apart.js';

/** How a path's last part is taken. */
export interface Following {
  readonly followLast: boolean;
  /** The call gives or takes the name itself: no slash behind it makes that a symlink's target. */
  readonly asName?: boolean;
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
  /** As the disk has it now, from here. */
  readonly real: string;
  readonly type: FileType | 'missing';
  /** The name ended in a slash, which only a directory's may. */
  readonly asDirectory: boolean;
}

/** What the readings of calls act on: the disk before the call, and the record of the run. */
export class Observer {
  readonly recording: Recording;
  readonly threads = new Threads();
  readonly rulesets = new OwnRulesets();
  /** The target's process ids. */
  readonly processes = new Set<number>();
  readonly repetitions = new Repetitions();
  readonly #paths = new Paths();
  #leader = -1;

  /** @param onOperation - as `Recording` takes it. */
  constructor(onOperation?: (operation: LiveOperation) => void) {
    this.recording = new Recording(onOperation);
  }

  /** The first process of the target: the one that everything else descends from. */
  get leader(): number {
    return this.#leader;
  }

  lead(process: number): void {
    this.#leader = process;
  }

  /** @returns as `Recording.add` does. */
  record(thread: Thread, call: string, operation: Operation): Counted | undefined {
    return this.recording.add(operation, thread.executable, call, 'ok');
  }

  gap(kind: GapKind, detail: string): void {
    this.recording.gap(kind, detail);
  }

  /** What an argument leads to; undefined when it leads to nothing that has a path. */
  find(thread: Thread, call: AskedCall, argument: PathArgument): Found | undefined {
    const name = call.path(argument.path);
    if (name === null || name === '' || (argument.asName === true && !endsInName(name)))
      return undefined;
    if (name.startsWith('/')) return this.findNamed(thread, undefined, name, argument);
    const directory = this.directoryOf(thread, call, argument);
    return directory === undefined ? undefined : this.findNamed(thread, directory, name, argument);
  }

  /** Where a relative name begins; undefined where that has no path. */
  directoryOf(thread: Thread, call: AskedCall, argument: PathArgument): string | undefined {
    const descriptor = argument.directory === undefined ? AT_FDCWD : call.int(argument.directory);
    return this.#directory(thread, descriptor);
  }

  #directory(thread: Thread, descriptor: number): string | undefined {
    const link = descriptor === AT_FDCWD ? 'cwd' : `fd/${descriptor}`;
    const directory = linkAt(`/proc/${thread.id}/${link}`);
    if (directory?.startsWith('/')) return directory;
    // A link that is there and cannot be read is one that is too long (ENAMETOOLONG).
    if (directory === undefined && typeAt(`/proc/${thread.id}/${link}`) === 'symlink') {
      this.#tooLong(thread);
    }
    return undefined;
  }

  #tooLong(thread: Thread): undefined {
    this.gap('unresolved', `a path of ${thread.executable} that is longer than ${PATH_MAX} bytes`);
    return undefined;
  }

  /** What a name leads to: an absolute one, or one in a directory as /proc has that. */
  findNamed(
    thread: Thread,
    directory: string | undefined,
    name: string,
    { followLast, asName = false }: Following,
  ): Found | undefined {
    const asDirectory = name.endsWith('/') && name !== '/';
    const follow = followLast || (asDirectory && !asName);
    if (thread.view !== ourView) {
      const place = walkApart(thread, directory, name, follow);
      return place === undefined ? undefined : this.#foundAt(place, asDirectory);
    }
    // What the kernel was asked for piece by piece, nobody can ask for at once.
    if (isTooLong(directory, name)) return this.#tooLong(thread);
    const entry =
      directory === undefined
        ? this.#paths.entryAt(thread, name, follow)
        : this.#paths.entryIn(thread, directory, name, follow);
    if (entry === undefined) return undefined;
    const { real, type } = entry;
    return { path: stableName(real, this.#leader), real, type, asDirectory };
  }

  /** What a name in a thread's own directory leads to, when it is not an argument of its own. */
  findFromHere(thread: Thread, name: string, following: Following): Found | undefined {
    if (name.startsWith('/')) return this.findNamed(thread, undefined, name, following);
    const directory = this.#directory(thread, AT_FDCWD);
    return directory === undefined ? undefined : this.findNamed(thread, directory, name, following);
  }

  /** What a descriptor of the thread leads to; undefined when that has no path. */
  findDescriptor(thread: Thread, descriptor: number): Found | undefined {
    const link = linkAt(`/proc/${thread.id}/fd/${descriptor}`);
    if (link === undefined || link.startsWith('/memfd:')) return undefined;
    const place = placeOf(thread.view, link);
    return place === undefined ? undefined : this.#foundAt(place, false);
  }

  #foundAt(place: Place, asDirectory: boolean): Found {
    const real = reached(place);
    const path = stableName(shown(place), this.#leader);
    return { path, real, type: typeAt(real), asDirectory };
  }

  /** Whether what holds a name is there, and lets the thread change it. */
  mayChangeNames(thread: Thread, { path, real }: Found): boolean {
    if (path.startsWith('/proc/') || exceeds(nameOf(real), longestName)) return false; // ENOENT, ENAMETOOLONG
    return this.may(thread, parentOf(real), 'write', 'execute');
  }

  /** Whether plain permissions let a thread do this. */
  may(thread: Thread, real: string, ...wishes: readonly Wish[]): boolean {
    return mayUse(thread.credentials, real, wishes);
  }

  /** A thread changes its root directory or its mounts: what it names is its own from now on. */
  part(): void {
    this.namesChange();
    this.threads.part();
  }

  /** Mounts change: any name may lead elsewhere from now on. */
  namesChange(): void {
    this.#paths.forget();
    this.repetitions.forget();
  }

  /** Something of this type loses its name, and with it what was named through it. */
  nameChanges(type: FileType): void {
    if (leadsOn(type)) this.namesChange();
  }

  /** Something of this type gets a name: what led nowhere may lead through it. */
  nameAppears(type: FileType): void {
    if (leadsOn(type)) this.repetitions.forget();
  }

  /** Whether what was found last by an absolute name may be elsewhere for other threads. */
  get foundForOneThread(): boolean {
    return this.#paths.wasOwn;
  }
}

function leadsOn(type: FileType): boolean {
  return type === 'directory' || type === 'symlink';
}

function isTooLong(directory: string | undefined, name: string): boolean {
  if (directory === undefined) return exceeds(name, PATH_MAX - 1);
  const length = directory.length + 1 + name.length;
  return length * 3 >= PATH_MAX && exceeds(`${directory}/${name}`, PATH_MAX - 1);
}

/** Whether a path has more bytes than that; a character has three at most. */
function exceeds(path: string, bytes: number): boolean {
  return path.length * 3 > bytes && pathToBytes(path).length > bytes;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** NAME_MAX, which no file system exceeds. */
const longestName = 255;

const AT_FDCWD = -100;
const PATH_MAX = 4096;
