import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { SeenLines } from './seen-lines.js';
import type { Gap, ObjectState, Outcome, RecordedOperation, Trace, TraceHeader } from './trace.js';
import { TraceFileError } from './trace-file-error.js';

/**
 * The version of the format: the header names it, and a reader refuses one that it does not know.
 * The first had no lookups.
 */
export const traceFormat = 2;
const readFormats = [1, traceFormat];

/**
 * A trace as JSON Lines: a header, an operation a line, an object a line, a
 * lookup a line, a trailer. Bytes of a
 * path that are not UTF-8 stand as JSON's escapes of lone surrogates (`\udc80`), which is lossless.
 */
export function* traceLines(trace: Trace): Generator<string> {
  yield line({ kind: 'header', format: traceFormat, ...trace.header });
  for (const operation of trace.operations) yield line({ kind: 'operation', ...operation });
  for (const object of trace.objects) yield line({ kind: 'object', ...object });
  for (const lookup of trace.lookups ?? []) yield line({ kind: 'lookup', ...lookup });
  yield line({ kind: 'trailer', outcome: trace.outcome, integrity: trace.integrity });
}

/**
 * Reads a trace file line by line. A file without its trailer, as a crash leaves it, is read as far
 * as it goes, and says so in its integrity.
 *
 * @throws TraceFileError where a line is not what the format says.
 */
export async function readTrace(file: string): Promise<Trace> {
  const reading = new Reading(file);
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) reading.accept(line);
  }
  if (rest !== '') reading.accept(rest);
  return reading.trace();
}

/** What was read of a file so far. */
class Reading {
  readonly #file: string;
  readonly #seen = new SeenLines();
  readonly #lookups: RecordedOperation[] = [];
  #header: TraceHeader | undefined;
  #trailer: Trailer | undefined;
  #lines = 0;

  constructor(file: string) {
    this.#file = file;
  }

  accept(text: string): void {
    this.#lines += 1;
    if (this.#header !== undefined && this.#seen.acceptAlike(text)) return;
    if (text.trim() === '') return;
    const entry = parsed(this.#file, this.#lines, text);
    if (this.#header === undefined && entry.kind !== 'header') {
      const what = 'a trace begins with a header, and this is none';
      throw new TraceFileError(this.#file, this.#lines, what);
    }
    switch (entry.kind) {
      case 'header':
        this.#header = headerOf(this.#file, this.#lines, entry);
        break;
      case 'operation':
        this.#seen.addOperation(entry, text);
        break;
      case 'object':
        this.#seen.addObject(entry, text);
        break;
      case 'lookup':
        this.#lookups.push(without(entry));
        break;
      case 'trailer':
        this.#trailer = without(entry);
        break;
    }
  }

  trace(): Trace {
    if (this.#header === undefined) {
      throw new TraceFileError(this.#file, 1, 'the file is empty, and no trace');
    }
    const { operations, objects } = this.#seen;
    const trailer = this.#trailer ?? cutOff(this.#lines);
    return {
      ...{ header: this.#header, operations, objects },
      ...{ lookups: this.#lookups, ...trailer },
    };
  }
}

/**
 * The header alone; undefined of a file that does not begin with one.
 *
 * @throws TraceFileError for a header of another format.
 */
export function readHeader(file: string): TraceHeader | undefined {
  const text = firstLine(file);
  if (!text.startsWith('{')) return undefined;
  const entry = parsed(file, 1, text);
  return entry.kind === 'header' ? headerOf(file, 1, entry) : undefined;
}

function firstLine(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes: Buffer[] = [];
    for (;;) {
      const some = Buffer.alloc(1 << 14);
      const read = some.subarray(0, readSync(descriptor, some));
      const end = read.indexOf('\n');
      bytes.push(end === -1 ? read : read.subarray(0, end));
      if (end !== -1 || read.length === 0) return Buffer.concat(bytes).toString('utf8');
    }
  } finally {
    closeSync(descriptor);
  }
}

type Entry =
  | ({ readonly kind: 'header'; readonly format: number } & TraceHeader)
  | ({ readonly kind: 'operation' } & RecordedOperation)
  | ({ readonly kind: 'object' } & ObjectState)
  | ({ readonly kind: 'lookup' } & RecordedOperation)
  | ({ readonly kind: 'trailer' } & Trailer);

interface Trailer {
  readonly outcome: Outcome;
  readonly integrity: readonly Gap[];
}

function line(entry: Entry): string {
  return `${JSON.stringify(entry)}\n`;
}

function parsed(file: string, number: number, text: string): Entry {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    throw new TraceFileError(file, number, 'this is no JSON, and every line of a trace is');
  }
  if (isEntry(entry)) return entry;
  throw new TraceFileError(file, number, 'this is no header, operation, object, lookup or trailer');
}

/** The parts on which a reader relies; the rest is ours and not checked again. */
function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  switch (value.kind) {
    case 'header':
      return 'command' in value && Array.isArray(value.command);
    case 'operation':
    case 'lookup':
      return 'operation' in value && 'executable' in value && 'count' in value;
    case 'object':
      return 'path' in value && 'before' in value && 'after' in value;
    default:
      return value.kind === 'trailer' && 'outcome' in value && 'integrity' in value;
  }
}

function headerOf(file: string, number: number, entry: Entry & { kind: 'header' }): TraceHeader {
  const { kind: _, format, ...header } = entry;
  if (readFormats.includes(format)) return header;
  const known = `this version of ll-learn reads formats ${readFormats.join(' and ')}`;
  throw new TraceFileError(file, number, `the trace is of format ${format}; ${known}`);
}

function without<Kind extends string, Rest>(entry: { readonly kind: Kind } & Rest): Rest {
  const { kind: _, ...rest } = entry;
  return rest as unknown as Rest;
}

function cutOff(lines: number): Trailer {
  return {
    outcome: { kind: 'unknown' },
    integrity: [
      { kind: 'interrupted', detail: `its file ends without a trailer at line ${lines}` },
    ],
  };
}
