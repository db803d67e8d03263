import { hierarchiesOf } from '../../landlock/hierarchy.js';
import { stateAt, typeAt } from '../disk-view.js';
import type { ObjectState, Trace } from '../trace.js';
import { stableName, volatilePart } from '../volatile-names.js';
import { type CountedDenial, readDenials } from './read-denials.js';

export interface DenialLogOptions {
  /** Our own name and version, for the trace's header. */
  readonly tool: string;
  readonly abi: number;
  /** The log's name, for the trace's header and for messages. */
  readonly file: string;
}

/** Whether the beginning of a file is one of a log in which the kernel's denials stand. */
export function isDenialLog(beginning: string): boolean {
  return /^(?:node=\S+ )?type=\S+ msg=audit\(|\baudit: type=\d+ audit\(|^\d{4} audit\(|^time->|\blandlock_(?:deny|create|enforce|free)_\w+: /m.test(
    beginning,
  );
}

/**
 * Reads the kernel's denials from a log as a trace that knows of nothing else. What stands where is
 * looked up on the disk of now.
 *
 * @param lines - one character a byte.
 * @throws TraceFileError at a denial that cannot be read.
 */
export async function readDenialLog(
  lines: AsyncIterable<string>,
  { tool, abi, file }: DenialLogOptions,
): Promise<Trace> {
  const log = await readDenials(lines, file);
  const denials = log.denials.map((denial) => stable(denial, log.leaders));
  return {
    header: {
      tool,
      tracer: 'denial-log',
      command: [file],
      directory: '/',
      kernel: '',
      abi,
      environment: {},
    },
    operations: [],
    denials,
    objects: statesOf(denials),
    outcome: { kind: 'unknown' },
    integrity: [],
  };
}

/** Names of every run, such as process ids, put as those that stand for all. */
function stable(denial: CountedDenial, leaders: ReadonlySet<number>): CountedDenial {
  const { object, move } = denial;
  if (object.kind !== 'path') return denial;
  const path = stablePath(object.path, leaders);
  const ends =
    move === undefined
      ? {}
      : { move: { from: stablePath(move.from, leaders), to: stablePath(move.to, leaders) } };
  return { ...denial, object: { ...object, path }, ...ends };
}

function stablePath(path: string, leaders: ReadonlySet<number>): string {
  const process = Number(/^\/proc\/(\d+)(?=\/|$)/.exec(path)?.[1] ?? -1);
  return stableName(nameOf(path), leaders.has(process) ? process : -1);
}

/** The kernel says so of what has lost its name since (d_path). */
function nameOf(path: string): string {
  const gone = path.endsWith(' (deleted)') && typeAt(path) === 'missing';
  return gone ? path.slice(0, -' (deleted)'.length) : path;
}

/** What stands where a denial was, and that nothing does, with the directories above. */
function statesOf(denials: readonly CountedDenial[]): readonly ObjectState[] {
  const states = new Map<string, ObjectState>();
  for (const { object } of denials) {
    if (object.kind !== 'path') continue;
    const volatile = volatilePart(object.path);
    for (const path of volatile === undefined ? hierarchiesOf(object.path) : [volatile]) {
      if (states.has(path)) break;
      const now = stateAt(path);
      states.set(path, { path, before: now.after, changed: false, ...now });
    }
  }
  return [...states.values()];
}
