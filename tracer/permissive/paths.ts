import { linkAt } from '../../kernel/link-target.js';
import { parentOf } from '../../landlock/hierarchy.js';
import type { FileType } from '../../landlock/operation.js';
import { type Caller, resolvePathOf, typeAt } from '../disk-view.js';
import { isLostName } from './lost-name.js';

/** What a path leads to. */
export interface Entry {
  /** Absolute, and without symlinks but for one at its end that is not followed. */
  readonly real: string;
  readonly type: FileType | 'missing';
}

/**
 * Paths as the kernel walks them. Directories are resolved once for all that is named in them; the
 * last name is looked at each time.
 */
export class Paths {
  /** The real path of each directory that was named lately. */
  readonly #directories = new Map<string, string>();
  #changing = 0;
  #own = false;

  /** Whether the path that was asked for last may lead other threads elsewhere: through /proc. */
  get wasOwn(): boolean {
    return this.#own;
  }

  /**
   * What an absolute path leads to for a thread. Undefined where that has no path, or where what
   * should be a directory on the way is none.
   */
  entryAt(caller: Caller, path: string, followLast: boolean): Entry | undefined {
    this.#own = false;
    return this.#walk(caller, withoutSlashes(path), followLast, 0);
  }

  /**
   * The same for a name in a directory as /proc has that: nothing of it is left to be resolved, so
   * that what is named plainly, and is no symlink, stands right there.
   */
  entryIn(caller: Caller, directory: string, name: string, followLast: boolean): Entry | undefined {
    if (isPlain(name) && !isOfProcesses(directory)) {
      const real = within(directory, name);
      const type = typeAt(real);
      if (type !== 'missing' && (type !== 'symlink' || !followLast)) return { real, type };
    }
    return this.entryAt(caller, `${directory}/${name}`, followLast);
  }

  /** Names that led to a directory may lead elsewhere from now on. */
  forget(): void {
    this.#changing = performance.now() + aMoment;
    this.#directories.clear();
  }

  #walk(caller: Caller, path: string, followLast: boolean, followed: number): Step | undefined {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    const directory = this.#directory(caller, path.slice(0, slash), followed);
    if (directory === undefined) return undefined;
    const { real: holder, own } = directory;
    if (name === '' || name === '.') return { real: holder, type: typeOf(holder), own };
    if (name === '..') return { real: parentOf(holder), type: 'directory', own };
    const real = within(holder, name);
    if (isOfProcesses(holder)) {
      this.#own = true;
      return ownStep(resolvePathOf(caller, real, followLast));
    }
    const type = typeAt(real);
    if (type !== 'symlink' || !followLast || followed >= mostSymlinks) return { real, type, own };
    const target = linkAt(real);
    if (target === undefined) return undefined;
    const next = target.startsWith('/') ? target : `${holder}/${target}`;
    const end = this.#walk(caller, withoutSlashes(next), true, followed + 1);
    return end === undefined || !own ? end : { ...end, own };
  }

  #directory(caller: Caller, path: string, followed: number): Holder | undefined {
    if (path === '') return root;
    const known = this.#directories.get(path);
    if (known !== undefined) return { real: known, own: false };
    const step = this.#walk(caller, path, true, followed);
    // A descriptor's directory that has lost its name leads up all the same.
    if (step === undefined) return undefined;
    if (step.type !== 'directory' && !isLostName(step.real)) return undefined;
    // What leads through /proc leads each thread elsewhere. And a change that was let go a moment
    // ago may not have happened yet.
    if (!step.own && step.type === 'directory' && performance.now() >= this.#changing) {
      if (this.#directories.size >= mostDirectories) this.#directories.clear();
      this.#directories.set(path, step.real);
    }
    return step;
  }
}

interface Step extends Entry {
  /** Whether the path leads other threads elsewhere. */
  readonly own: boolean;
}

type Holder = Pick<Step, 'real' | 'own'>;

const root: Holder = { real: '/', own: false };
/** MAXSYMLINKS */
const mostSymlinks = 40;
/** Milliseconds. */
const aMoment = 5;
const mostDirectories = 10_000;

/** A file in memory has a path in its link alone, and Landlock never asks about it. */
function ownStep(real: string): Step | undefined {
  if (!real.startsWith('/') || real.startsWith('/memfd:')) return undefined;
  return { real, type: typeAt(real), own: true };
}

/** One name, which is neither this directory's nor its parent's. */
function isPlain(name: string): boolean {
  return !name.includes('/') && name !== '.' && name !== '..';
}

/** What is named there may be another thing for each thread. */
function isOfProcesses(directory: string): boolean {
  return directory.startsWith('/proc') && (directory.length === 5 || directory[5] === '/');
}

function within(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}

function typeOf(holder: string): FileType | 'missing' {
  return isLostName(holder) ? typeAt(holder) : 'directory';
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) === slash) end--;
  return end === path.length ? path : path.slice(0, end);
}

const slash = 47;
