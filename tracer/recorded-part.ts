import type { FileType, Operation } from '../landlock/operation.js';
import type { Use } from './aggregate.js';
import type { Recorded } from './recording.js';
import type { Gap, ObjectState, RecordedOperation } from './trace.js';

/**
 * A part of what was recorded, on its way from one thread to another. In columns: a million objects
 * would take longer to be handed over than to be seen. Parts come in order, and have the uses that
 * no part before them had.
 */
export interface RecordedPart {
  readonly uses: readonly Use[];
  /** How many operations all parts have together. */
  readonly operations: number;
  /** Separated by NUL, which no path contains. */
  readonly paths: string;
  /** For each path its states before and after: places in `types`. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** For each path 1 where it was changed. */
  readonly changed: Uint8Array;
  readonly mode: Uint16Array;
  /** Four numbers an operation: its place among all, its path (none: `noPath`), its use, its count. */
  readonly tallies: Uint32Array;
}

/** For operations that are not about one path. */
export const noPath = 0xffffffff;

/** What stands at a path, by its place here; the first: nothing is known. */
export const types = [
  'unknown',
  'missing',
  'regular',
  'directory',
  'symlink',
  'fifo',
  'socket',
  'char-device',
  'block-device',
] as const satisfies readonly (FileType | 'missing' | 'unknown')[];

/** Puts the parts together again. */
export class Assembly {
  readonly #uses: Use[] = [];
  #operations: RecordedOperation[] = [];
  readonly #objects: ObjectState[] = [];

  add(part: RecordedPart): void {
    this.#uses.push(...part.uses);
    const paths = part.paths.split('\0');
    for (const [at, path] of paths.entries()) this.#addObject(part, at, path);
    if (this.#operations.length === 0) this.#operations = new Array(part.operations);
    const { tallies } = part;
    for (let at = 0; at < tallies.length; at += 4) {
      const [place = 0, path = noPath, use = 0, count = 0] = tallies.subarray(at, at + 4);
      this.#operations[place] = operationOf(this.#uses[use], count, paths[path]);
    }
  }

  recorded(gaps: readonly Gap[]): Recorded {
    return { operations: this.#operations, objects: this.#objects, gaps };
  }

  #addObject(part: RecordedPart, at: number, path: string): void {
    const before = types[part.before[at] ?? 0];
    const after = types[part.after[at] ?? 0];
    if (before === undefined || before === 'unknown') return;
    if (after === undefined || after === 'unknown') return;
    const changed = part.changed[at] === 1;
    this.#objects.push({ path, before, after, changed, mode: part.mode[at] ?? 0 });
  }
}

function operationOf(use: Use | undefined, count: number, path?: string): RecordedOperation {
  if (use === undefined) throw new Error('a part of the recording came before what it rests on');
  const { executable, call, result } = use;
  const operation = path === undefined ? use.operation : withPath(use.operation, path);
  return { operation, executable, call, result, count };
}

function withPath(operation: Operation, path: string): Operation {
  return 'path' in operation ? { ...operation, path } : operation;
}
