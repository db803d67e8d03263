import { noPath, ObjectColumns, OperationColumns } from './recorded-columns.js';
import { Texts } from './texts.js';
import type { ObjectState, RecordedOperation } from './trace.js';

/**
 * Gathers the operations and objects of a trace file. Of a million lines nearly all are as others
 * are but for their path: these are not parsed again.
 */
export class SeenLines {
  readonly #texts = new Texts();
  readonly operations = new OperationColumns(this.#texts);
  readonly objects = new ObjectColumns(this.#texts);
  /** By a line without its path: its use and its count. */
  readonly #tallies = new Map<string, Tally>();
  /** By a line without its path: its state. */
  readonly #states = new Map<string, number>();

  /** Takes a line that is as one before but for its path; false where it is not. */
  acceptAlike(line: string): boolean {
    const parted = partedLine(line);
    if (parted === undefined) return false;
    const tally = this.#tallies.get(parted.frame);
    if (tally !== undefined) {
      this.#put(tally, this.#texts.push(parted.path));
      return true;
    }
    const state = this.#states.get(parted.frame);
    if (state === undefined) return false;
    this.objects.push(this.#texts.push(parted.path), state);
    return true;
  }

  addOperation({ operation, executable, call, result, count }: RecordedOperation, line: string) {
    const use = { operation, executable, call, result };
    if (!('path' in operation)) {
      this.#put({ use: this.operations.addUse(use), count }, noPath);
      return;
    }
    const { path } = operation;
    const frame =
      frameOf(line, path) ??
      JSON.stringify({ ...use, operation: { ...operation, path: '' }, count });
    const tally = this.#tallies.get(frame) ?? { use: this.operations.addUse(use), count };
    this.#tallies.set(frame, tally);
    this.#put(tally, this.#texts.push(path));
  }

  addObject({ path, before, after, changed, mode }: ObjectState, line: string): void {
    const own = { before, after, changed, mode };
    const frame = frameOf(line, path) ?? JSON.stringify(own);
    const state = this.#states.get(frame) ?? this.objects.addState(own);
    this.#states.set(frame, state);
    this.objects.push(this.#texts.push(path), state);
  }

  #put({ use, count }: Tally, path: number): void {
    this.operations.put(this.operations.length, use, path, count);
  }
}

interface Tally {
  readonly use: number;
  readonly count: number;
}

interface PartedLine {
  readonly path: string;
  /** All of the line but the path. */
  readonly frame: string;
}

/** Where the line's path is known without parsing it: as we write it, with nothing escaped. */
function partedLine(line: string): PartedLine | undefined {
  const start = startOfPath(line);
  if (start === undefined) return undefined;
  const end = line.indexOf('"', start);
  if (end < 0) return undefined;
  const path = line.slice(start, end);
  if (path.includes('\\')) return undefined;
  return { path, frame: line.slice(0, start) + line.slice(end) };
}

function startOfPath(line: string): number | undefined {
  if (line.startsWith(objectStart)) return objectStart.length;
  if (!line.startsWith(operationStart)) return undefined;
  const kindEnd = line.indexOf('"', operationStart.length);
  const isNext = kindEnd > 0 && line.startsWith(pathStart, kindEnd);
  return isNext ? kindEnd + pathStart.length : undefined;
}

const objectStart = '{"kind":"object","path":"';
const operationStart = '{"kind":"operation","operation":{"kind":"';
const pathStart = '","path":"';

/** The line without its path, where that is what it was parsed to be. */
function frameOf(line: string, path: string): string | undefined {
  const parted = partedLine(line);
  return parted?.path === path ? parted.frame : undefined;
}
