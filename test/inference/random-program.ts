import { constants } from 'node:fs';
import type { Run } from '../../inference/run.js';
import { isBeneath, parentOf } from '../../landlock/hierarchy.js';
import type { FileType, Operation } from '../../landlock/operation.js';
import { DiskHistory } from '../../tracer/disk-history.js';
import type { RecordedOperation } from '../../tracer/trace.js';
import type { Attempt } from '../landlock/kernel-oracle.js';
import type { Random } from '../support/random.js';

/** A program made up at random, and what a tracer saw of a run of it. */
export interface RandomProgram {
  /** What stood there before it ran, and after, by absolute path. */
  readonly before: ReadonlyMap<string, FileType>;
  readonly after: ReadonlyMap<string, FileType>;
  readonly steps: readonly Step[];
  readonly run: Run;
}

export interface Step {
  readonly operation: Operation;
  readonly attempt: Attempt;
}

/**
 * A program of `length` steps, each of which succeeds where nothing denies it, in a tree of
 * `root` with a home in it. With the same tree as an earlier program it runs after that one.
 */
export function randomProgram(
  random: Random,
  root: string,
  length: number,
  before: ReadonlyMap<string, FileType> = randomTree(random, root),
): RandomProgram {
  const world = new World(random, root, new Map(before));
  const steps: Step[] = [];
  while (steps.length < length) {
    const step = world.step();
    if (step !== undefined) steps.push(step);
  }
  return {
    before,
    after: world.entries,
    steps,
    run: {
      operations: steps.map(({ operation, attempt }) => record(operation, attempt[0])),
      objects: [...world.disk.paths()].map((state) => ({
        ...state,
        after: world.entries.get(state.path) ?? 'missing',
        mode: world.entries.has(state.path) ? 0o755 : 0,
      })),
      environment: { HOME: `${root}/home` },
    },
  };
}

/** An operation as a trace has it. */
export function record(operation: Operation, call = 'call', count = 1): RecordedOperation {
  return { operation, executable: '/usr/bin/program', call, result: 'ok', count };
}

const names = ['x1', 'x2', 'y', '.rc', 'tmp'];

function randomTree(random: Random, root: string): ReadonlyMap<string, FileType> {
  const tree = new Map<string, FileType>([
    [root, 'directory'],
    [`${root}/home`, 'directory'],
    [`${root}/home/.cache`, 'directory'],
    [`${root}/data`, 'directory'],
  ]);
  for (let left = random.below(12); left > 0; left--) {
    const directories = [...tree].filter(([, type]) => type === 'directory');
    const [directory] = random.pick(directories);
    const path = `${directory}/${random.pick(names)}`;
    if (!tree.has(path)) tree.set(path, random.pick(['regular', 'regular', 'directory', 'fifo']));
  }
  return tree;
}

class World {
  readonly disk = new DiskHistory();
  readonly entries: Map<string, FileType>;
  readonly #random: Random;
  readonly #root: string;

  constructor(random: Random, root: string, entries: Map<string, FileType>) {
    this.#random = random;
    this.#root = root;
    this.entries = entries;
  }

  /** One step; undefined when what was thought of cannot be done here. */
  step(): Step | undefined {
    switch (this.#random.below(9)) {
      case 0:
        return this.#open();
      case 1:
      case 2:
        return this.#create();
      case 3:
        return this.#list();
      case 4:
        return this.#make();
      case 5:
        return this.#remove();
      case 6:
        return this.#truncate();
      case 7:
        return this.#rename();
      default:
        return this.#link();
    }
  }

  #open(): Step | undefined {
    const path = this.#some((_, type) => type === 'regular');
    if (path === undefined) return undefined;
    this.disk.found(path, 'regular');
    return this.#opening(path, 'no');
  }

  #create(): Step | undefined {
    const path = this.#name();
    const type = this.entries.get(path);
    if (type !== undefined && type !== 'regular') return undefined;
    if (type === 'regular') {
      this.disk.found(path, 'regular');
      return this.#opening(path, 'existing');
    }
    this.#made(path, 'regular');
    return this.#opening(path, this.#random.chance(0.2) ? 'exclusive' : 'new');
  }

  #opening(path: string, create: 'no' | 'existing' | 'new' | 'exclusive'): Step {
    const { O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_NONBLOCK } = constants;
    const mode = this.#random.pick([O_RDONLY, O_WRONLY, O_RDWR]);
    const truncate = this.#random.chance(0.4);
    // Run once more, it may meet a fifo, and is not to wait for one.
    const flags =
      mode |
      O_NONBLOCK |
      (truncate ? O_TRUNC : 0) |
      (create === 'no' ? 0 : O_CREAT) |
      (create === 'exclusive' ? O_EXCL : 0);
    const read = mode !== O_WRONLY;
    const write = mode !== O_RDONLY;
    return {
      operation: { kind: 'open', path, type: 'regular', read, write, truncate, create },
      attempt: ['open', path, flags],
    };
  }

  #list(): Step | undefined {
    const path = this.#some((_, type) => type === 'directory');
    if (path === undefined) return undefined;
    this.disk.found(path, 'directory');
    const how = { read: true, write: false, truncate: false, create: 'no' } as const;
    return {
      operation: { kind: 'open', path, type: 'directory', ...how },
      attempt: ['open', path, constants.O_RDONLY | constants.O_DIRECTORY],
    };
  }

  #make(): Step | undefined {
    const path = this.#name();
    if (this.entries.has(path)) return undefined;
    const type = this.#random.pick(['directory', 'directory', 'symlink', 'fifo'] as const);
    this.#made(path, type);
    return {
      operation: { kind: 'make', path, type },
      attempt:
        type === 'fifo'
          ? ['mknod', path, 'fifo']
          : [type === 'directory' ? 'mkdir' : 'symlink', path],
    };
  }

  #remove(): Step | undefined {
    const path = this.#some((path) => this.#isLeaf(path));
    const type = path === undefined ? undefined : this.entries.get(path);
    if (path === undefined || type === undefined) return undefined;
    this.disk.removed(path, type);
    this.entries.delete(path);
    return {
      operation: { kind: 'remove', path, type },
      attempt: [type === 'directory' ? 'rmdir' : 'unlink', path],
    };
  }

  #truncate(): Step | undefined {
    const path = this.#some((_, type) => type === 'regular');
    if (path === undefined) return undefined;
    this.disk.found(path, 'regular');
    return { operation: { kind: 'truncate', path }, attempt: ['truncate', path] };
  }

  #rename(): Step | undefined {
    const from = this.#some((path) => !this.#isFixed(path));
    const type = from === undefined ? undefined : this.entries.get(from);
    if (from === undefined || type === undefined) return undefined;
    const to = this.#name();
    const replaced = this.entries.get(to) ?? null;
    if (isBeneath(to, from) || isBeneath(from, to)) return undefined;
    if (replaced !== null && (replaced === 'directory') !== (type === 'directory'))
      return undefined;
    if (replaced === 'directory' && !this.#isLeaf(to)) return undefined;
    this.disk.renamed(from, to, type, replaced);
    for (const [path, of] of [...this.entries]) {
      if (!isBeneath(path, from)) continue;
      this.entries.delete(path);
      this.entries.set(to + path.slice(from.length), of);
    }
    return {
      operation: { kind: 'rename', from, to, type, replaced, exchange: false },
      attempt: ['rename', from, to],
    };
  }

  #link(): Step | undefined {
    const from = this.#some((_, type) => type === 'regular');
    const to = this.#name();
    if (from === undefined || this.entries.has(to)) return undefined;
    this.disk.found(from, 'regular');
    this.#made(to, 'regular');
    return {
      operation: { kind: 'link', from, to, type: 'regular' },
      attempt: ['link', from, to],
    };
  }

  #made(path: string, type: FileType): void {
    this.entries.set(path, type);
    this.disk.made(path, type);
  }

  /** A name in a directory that there is, taken or not. */
  #name(): string {
    const directory = this.#some((_, type) => type === 'directory') ?? this.#root;
    return `${directory}/${this.#random.pick(names)}`;
  }

  #some(fits: (path: string, type: FileType) => boolean): string | undefined {
    const fitting = [...this.entries].filter(
      ([path, type]) => path !== this.#root && fits(path, type),
    );
    return fitting.length === 0 ? undefined : this.#random.pick(fitting)[0];
  }

  #isLeaf(path: string): boolean {
    return !this.#isFixed(path) && ![...this.entries.keys()].some((one) => parentOf(one) === path);
  }

  /** What every tree has: that a home goes away is no program's doing. */
  #isFixed(path: string): boolean {
    return ['', '/home', '/home/.cache', '/data'].includes(path.slice(this.#root.length));
  }
}
