import type { Asker, Denial } from '../../landlock/denial.js';
import { TraceFileError } from '../trace-file-error.js';
import { askerOf, nobodyKnown, useOfOpened } from './asker-of.js';
import { denialOf } from './denial-of.js';
import { fieldsOf, plain } from './fields.js';
import { type AuditRecord, recordOf } from './record.js';
import { tracedDenial } from './tracepoint.js';

/** A denial, and how often it came. */
export interface CountedDenial extends Denial {
  readonly count: number;
}

export interface DenialLog {
  /** In the order of their first coming. */
  readonly denials: readonly CountedDenial[];
  /** The processes that domains were made by, which `ll-learn run` turns into their commands. */
  readonly leaders: ReadonlySet<number>;
}

/**
 * Reads what the kernel has denied from lines of its audit, of its log or of its tracepoints, one
 * character a byte. Other lines are skipped. What comes again is counted, so that memory grows with
 * distinct denials.
 *
 * @param file - for messages.
 * @throws TraceFileError at a denial that cannot be read.
 */
export async function readDenials(lines: AsyncIterable<string>, file: string): Promise<DenialLog> {
  const reader = new DenialReader(file);
  for await (const line of lines) reader.accept(line);
  return reader.finish();
}

/** What the records of one event have told so far. */
interface OpenEvent {
  readonly denials: Omit<Denial, 'asker'>[];
  asker: Asker;
  /** How a call that opens a file would use it. */
  use: readonly string[];
}

/** The records of one event come close together; auditd mixes those of a few processors. */
const mostOpenEvents = 256;

class DenialReader {
  readonly #file: string;
  readonly #open = new Map<string, OpenEvent>();
  readonly #counted = new Map<string, { readonly denial: Denial; count: number }>();
  readonly #leaders = new Set<number>();
  #line = 0;

  constructor(file: string) {
    this.#file = file;
  }

  accept(line: string): void {
    this.#line += 1;
    const traced = tracedDenial(line);
    if (traced !== undefined) return this.#count(this.#checked(traced));
    const record = recordOf(line);
    if (record !== undefined) this.#record(record);
  }

  finish(): DenialLog {
    for (const event of this.#open.keys()) this.#close(event);
    return {
      denials: [...this.#counted.values()].map(({ denial, count }) => ({ ...denial, count })),
      leaders: this.#leaders,
    };
  }

  #record({ type, event, body, enriched }: AuditRecord): void {
    const fields = fieldsOf(body);
    switch (type) {
      case 'access':
        this.#opened(event).denials.push(this.#checked(denialOf(fields)));
        return;
      case 'syscall': {
        // Of calls that have nothing to do with Landlock there may be millions.
        const open = this.#open.get(event);
        if (open === undefined) return;
        open.asker = askerOf(fields, fieldsOf(enriched));
        open.use = useOfOpened(open.asker.call, fields);
        return;
      }
      case 'domain': {
        const leader = Number(plain(fields, 'pid'));
        if (Number.isInteger(leader)) this.#leaders.add(leader);
        return;
      }
    }
  }

  #opened(event: string): OpenEvent {
    const known = this.#open.get(event);
    if (known !== undefined) return known;
    const [oldest] = this.#open.keys();
    if (this.#open.size >= mostOpenEvents && oldest !== undefined) this.#close(oldest);
    const opened = { denials: [], asker: nobodyKnown, use: [] };
    this.#open.set(event, opened);
    return opened;
  }

  #close(event: string): void {
    const open = this.#open.get(event);
    this.#open.delete(event);
    if (open === undefined) return;
    const move = moveOf(open.denials);
    for (const denial of open.denials) {
      // Whoever makes a file by opening it wants to use it.
      const makes = denial.blockers.length === 1 && denial.blockers[0] === 'fs.make_reg';
      const next = makes && open.use.length > 0 ? { next: open.use } : {};
      this.#count({
        ...denial,
        ...next,
        ...(move === undefined ? {} : { move }),
        asker: open.asker,
      });
    }
  }

  /** The same denial by another process of the same program is the same. */
  #count(denial: Denial): void {
    const { domain: _, asker, ...what } = denial;
    const key = JSON.stringify([what, asker.executable, asker.call, asker.result]);
    const counted = this.#counted.get(key);
    if (counted === undefined) this.#counted.set(key, { denial, count: 1 });
    else counted.count += 1;
  }

  #checked<Read extends object>(reading: Read | { readonly malformed: string }): Read {
    if (!('malformed' in reading)) return reading;
    throw new TraceFileError(
      this.#file,
      this.#line,
      `this is a denial of Landlock's, but ${reading.malformed}: the line may be cut off; take it out, or read a whole log`,
    );
  }
}

/** A refused move has a record for each directory, the one that it leaves first. */
function moveOf([first, second]: readonly Omit<Denial, 'asker'>[]): Denial['move'] {
  if (first?.object.kind !== 'path' || second?.object.kind !== 'path') return undefined;
  return { from: first.object.path, to: second.object.path };
}
