import { withPaths } from '../landlock/operation-paths.js';
import type { AmbientVariables } from '../tracer/ambient-names.js';
import type { RecordedOperation, Trace } from '../tracer/trace.js';
import { fitOf } from './fitness.js';
import { PortableSpelling } from './portable.js';
import { expandTemplate, namesIn } from './templates.js';

/** What tells traces apart that are to be put together, whoever made them and where. */
export type Located = Pick<Trace, 'header' | 'operations' | 'objects' | 'lookups'>;

/**
 * The surroundings that traces are moved to, so that what is the same by its variables is one: always
 * the same of the same, in whatever order. Undefined where there is nothing to move.
 */
export function commonSurroundings(
  all: readonly (AmbientVariables | undefined)[],
): AmbientVariables | undefined {
  const distinct = new Map(
    all.flatMap((variables) =>
      variables === undefined ? [] : [[JSON.stringify(variables), fitOf(variables)] as const],
    ),
  );
  const [first] = [...distinct]
    .sort(
      ([one, ofOne], [other, ofOther]) =>
        Object.keys(ofOther).length - Object.keys(ofOne).length || (one < other ? -1 : 1),
    )
    .map(([, variables]) => variables);
  return first;
}

/** Moves traces to other surroundings. */
export class Relocation {
  readonly #to: AmbientVariables;
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(to: AmbientVariables) {
    this.#to = to;
    this.#values = new Map(Object.entries(to).map(([name, value]) => [name, [value]]));
  }

  /** The trace as if it had been made there; what no variable explains stays where it is. */
  of<Of extends Located>(trace: Of): Of {
    const { variables } = trace.header;
    if (variables === undefined || sameAs(fitOf(variables), this.#to)) return trace;
    const moved = this.#mover(variables);
    const { header, operations, objects, lookups } = trace;
    const elsewhere = (record: RecordedOperation): RecordedOperation => ({
      ...record,
      operation: withPaths(record.operation, moved),
      executable: moved(record.executable),
    });
    return {
      ...trace,
      header: {
        ...header,
        directory: moved(header.directory),
        environment: Object.fromEntries(
          Object.entries(header.environment).map(([name, value]) => [
            name,
            value.split(':').map(moved).join(':'),
          ]),
        ),
        variables: this.#to,
      },
      operations: [...operations].map(elsewhere),
      ...(lookups === undefined ? {} : { lookups: lookups.map(elsewhere) }),
      objects: [...objects].map((state) => ({ ...state, path: moved(state.path) })),
    };
  }

  #mover(from: AmbientVariables): (path: string) => string {
    const spelling = new PortableSpelling(from);
    const known = new Map<string, string>();
    return (path) => {
      const found = known.get(path) ?? this.#moved(path, spelling);
      known.set(path, found);
      return found;
    };
  }

  #moved(path: string, spelling: PortableSpelling): string {
    const template = spelling.template(path);
    if (namesIn(template).some((name) => !this.#values.has(name))) return path;
    return expandTemplate(template, this.#values)[0] ?? path;
  }
}

function sameAs(one: AmbientVariables, other: AmbientVariables): boolean {
  const names = Object.keys(one) as (keyof AmbientVariables)[];
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}
