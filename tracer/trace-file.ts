import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Gap, ObjectState, Outcome, RecordedOperation, Trace, TraceHeader } from './trace.js';
import { TraceFileError } from './trace-file-error.js';

/** The version of the format: the header names it, and a reader refuses one that it does not know. */
export const traceFormat = 1;

/**
 * A trace as JSON Lines: a header, an operation a line, an object a line, a trailer. Bytes of a
 * path that are not UTF-8 stand as JSON's escapes of lone surrogates (`\udc80`), which is lossless.
 */
export function* traceLines(trace: Trace): Generator<string> {
  yield line({ kind: 'header', format: traceFormat, ...trace.header });
  for (const operation of trace.operations) yield line({ kind: 'operation', ...operation });
  for (const object of trace.objects) yield line({ kind: 'object', ...object });
  yield line({ kind: 'trailer', outcome: trace.outcome, integrity: trace.integrity });
}

/**
 * Reads a trace file line by line. A file without its trailer, as a crash leaves it, is read as far
 * as it goes, and says so in its integrity.
 *
 * @throws TraceFileError where a line is not what the format says.
 */
export async function readTrace(file: string): Promise<Trace> {
  const operations: RecordedOperation[] = [];
  const objects: ObjectState[] = [];
  const texts = new Texts();
  let header: TraceHeader | undefined;
  let trailer: Trailer | undefined;
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: 1000 })) {
    number += 1;
    if (text.trim() === '') continue;
    const entry = parsed(file, number, text);
    if (header === undefined && entry.kind !== 'header') {
      throw new TraceFileError(file, number, 'a trace begins with a header, and this is none');
    }
    switch (entry.kind) {
      case 'header':
        header = headerOf(file, number, entry);
        break;
      case 'operation':
        operations.push(texts.sharedByOperation(entry));
        break;
      case 'object':
        objects.push(texts.sharedByObject(entry));
        break;
      case 'trailer':
        trailer = without(entry);
        break;
    }
  }
  if (header === undefined) throw new TraceFileError(file, 1, 'the file is empty, and no trace');
  return { header, operations, objects, ...(trailer ?? cutOff(number)) };
}

/** Texts that stand on many lines, each kept once: of a million paths, half the memory. */
class Texts {
  readonly #known = new Map<string, string>();

  sharedByOperation({ operation, executable, call, result, count }: RecordedOperation) {
    return {
      operation:
        'path' in operation ? { ...operation, path: this.#shared(operation.path) } : operation,
      executable: this.#shared(executable),
      call: this.#shared(call),
      result: this.#shared(result),
      count,
    };
  }

  sharedByObject({ path, before, after, changed, mode }: ObjectState): ObjectState {
    return { path: this.#shared(path), before, after, changed, mode };
  }

  #shared(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, text);
    return text;
  }
}

type Entry =
  | ({ readonly kind: 'header'; readonly format: number } & TraceHeader)
  | ({ readonly kind: 'operation' } & RecordedOperation)
  | ({ readonly kind: 'object' } & ObjectState)
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
  throw new TraceFileError(file, number, 'this is no header, operation, object or trailer');
}

/** The parts on which a reader relies; the rest is ours and not checked again. */
function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  switch (value.kind) {
    case 'header':
      return 'command' in value && Array.isArray(value.command);
    case 'operation':
      return 'operation' in value && 'executable' in value && 'count' in value;
    case 'object':
      return 'path' in value && 'before' in value && 'after' in value;
    default:
      return value.kind === 'trailer' && 'outcome' in value && 'integrity' in value;
  }
}

function headerOf(file: string, number: number, entry: Entry & { kind: 'header' }): TraceHeader {
  const { kind: _, format, ...header } = entry;
  if (format === traceFormat) return header;
  const known = `this version of ll-learn reads format ${traceFormat}`;
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
