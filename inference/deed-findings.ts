import { intersection } from '../landlock/access-set.js';
import { comparePaths, hierarchiesOf } from '../landlock/hierarchy.js';
import type { RecordedOperation } from '../tracer/trace.js';
import type { DangerMap, RealDanger } from './danger-map.js';
import { type Intent, rightsOfIntent } from './dangers/danger.js';
import { type Tell, tellDeeds } from './deeds.js';
import type { Finding, PathRule } from './inference.js';
import { basename } from './names.js';

/** A danger that a program ran into, at one place. */
export interface DangerousDeed {
  readonly danger: RealDanger;
  readonly place: string;
  readonly paths: ReadonlySet<string>;
  readonly executables: ReadonlySet<string>;
}

/** The dangerous among what the programs did, gathered by danger and place. */
export class DangerousDeeds {
  readonly #map: DangerMap;
  readonly #found = new Map<string, GrowingDeed>();
  readonly #tell: Tell = (path, intent, { executable }) => {
    const risk = this.#map.at(path, intent);
    if (risk === undefined) return;
    const key = `${intent} ${risk.place} ${risk.danger.reason}`;
    const deed = this.#found.get(key) ?? { ...risk, paths: new Set(), executables: new Set() };
    deed.paths.add(path);
    deed.executables.add(executable);
    this.#found.set(key, deed);
  };

  constructor(map: DangerMap) {
    this.#map = map;
  }

  note(record: RecordedOperation): void {
    tellDeeds(record, this.#tell);
  }

  found(): readonly DangerousDeed[] {
    const sorted = [...this.#found].sort(([one], [other]) => (one < other ? -1 : 1));
    return sorted.map(([, deed]) => deed);
  }
}

interface GrowingDeed extends DangerousDeed {
  readonly paths: Set<string>;
  readonly executables: Set<string>;
}

/** A finding for each: who did what to which place, and what comes of it. */
export function deedFindings(
  deeds: readonly DangerousDeed[],
  rules: readonly PathRule[],
  abi: number,
): readonly Finding[] {
  if (deeds.length === 0) return [];
  const byPath = new Map(rules.map((rule) => [rule.path, rule]));
  return deeds.map(({ danger, place, paths, executables }) => {
    const programs = [...new Set([...executables].map(basename))].sort();
    const deniable = danger.intent !== 'connect' || abi >= abiOfConnecting;
    return {
      severity: danger.severity,
      sentence: `${named(programs)} ${verbs[danger.intent]} ${objectOf(place, paths)}: ${danger.reason}${deniable ? '' : undeniable(abi)}`,
      rules: [
        ...new Set(
          [...paths].sort(comparePaths).flatMap((path) => granting(path, danger.intent, byPath)),
        ),
      ],
      used: true,
    };
  });
}

const verbs: Readonly<Record<Intent, string>> = {
  read: 'reads',
  write: 'writes',
  connect: 'connects to',
};

/** The right resolve_unix came with this version of the ABI. */
const abiOfConnecting = 9;

function undeniable(abi: number): string {
  return `; no ruleset of ABI ${abi} can deny it`;
}

function objectOf(place: string, paths: ReadonlySet<string>): string {
  const [only = place] = paths;
  return paths.size === 1 ? only : `${paths.size} paths in ${place}`;
}

/** The paths of the rules by which the deed is allowed. */
function granting(
  path: string,
  intent: Intent,
  rules: ReadonlyMap<string, PathRule>,
): readonly string[] {
  return [...hierarchiesOf(path)].filter((hierarchy) => {
    const rule = rules.get(hierarchy);
    return rule !== undefined && intersection(rule.access, rightsOfIntent[intent]) !== 0;
  });
}

/** A sentence has room for the first few. */
function named(programs: readonly string[]): string {
  const [first = '', second, ...more] = programs;
  if (second === undefined) return first;
  return more.length === 0
    ? `${first} or ${second}`
    : `${first} or another of ${programs.length} programs`;
}
