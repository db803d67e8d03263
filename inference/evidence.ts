import { type FsAccess, intersection, union } from '../landlock/access-set.js';
import type { Grant } from './cover.js';
import { needsAt, type Site } from './ground.js';
import type { PathUse, Use } from './inference.js';
import type { PathNeed } from './needs.js';
import { liesIn, type PathNode } from './path-tree.js';
import type { RunMarks } from './run-marks.js';
import { noRuns, type RunSet } from './run-set.js';

/** What speaks for each of some grants, in their order. */
export interface Evidence {
  readonly uses: readonly (readonly PathUse[])[];
  /** The runs that they are of, where there was more than one. */
  readonly runs: readonly RunSet[];
}

/**
 * For each grant, the uses that its rights serve, sorted and each once.
 *
 * @param grants - in the order of their paths, as the sites are.
 */
export function evidenceFor(
  grants: readonly Grant[],
  sites: readonly Site[],
  marks: RunMarks,
): Evidence {
  const uses = new Array<readonly PathUse[]>(grants.length);
  const runs: RunSet[] = [];
  const open: OpenGrant[] = [];
  let next = 0;
  const close = (node: PathNode | undefined) => {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      if (node !== undefined && liesIn(node, last.node)) return;
      uses[last.index] = distinct(last);
      if (marks.count > 1) runs[last.index] = runsOf(last.served, marks);
      open.pop();
    }
  };
  for (const site of sites) {
    const { node } = site;
    for (let grant = grants[next]; grant !== undefined && grant.node.order <= node.order; ) {
      close(grant.node);
      open.push({ node: grant.node, access: grant.access, index: next, served: none });
      next += 1;
      grant = grants[next];
    }
    close(node);
    for (const grant of open) note(grant, site);
  }
  close(undefined);
  return { uses, runs };
}

/** Uses of one thing by the same program and call, counted together and sorted. */
export function mergeUses(uses: readonly Use[]): readonly Use[] {
  const merged = new Map<string, Use>();
  for (const use of uses) {
    const key = JSON.stringify([use.executable, use.call]);
    const count = use.count + (merged.get(key)?.count ?? 0);
    merged.set(key, { executable: use.executable, call: use.call, count });
  }
  return [...merged.values()].sort(compareCallers);
}

interface OpenGrant {
  readonly node: PathNode;
  readonly access: FsAccess;
  readonly index: number;
  /** What it serves. */
  served: PathNeed[];
}

/** An array that grows has room for many, and most grants serve one need. */
const none: PathNeed[] = [];
Object.freeze(none);

function note(grant: OpenGrant, site: Site): void {
  if (intersection(grant.access, site.access) === 0) return;
  for (const need of needsAt(site)) {
    if (intersection(grant.access, need.access) === 0) continue;
    if (grant.served === none) grant.served = [need];
    else grant.served.push(need);
  }
}

function runsOf(served: readonly PathNeed[], marks: RunMarks): RunSet {
  let runs = noRuns;
  for (const { use } of served) runs |= marks.of(use);
  return runs;
}

/** The uses in order, those of one path by the same program, call and reason as one. */
function distinct({ served, access }: OpenGrant): readonly PathUse[] {
  const [first] = served;
  if (first === undefined) return [];
  if (served.length === 1) return [useOf(first, access)];
  if (!isSorted(served)) served.sort(compareNeeds);
  const uses: PathUse[] = [];
  let last: PathNeed | undefined;
  for (const one of served) {
    const use = useOf(one, access);
    const same = last !== undefined && compareNeeds(last, one) === 0 ? uses.pop() : undefined;
    uses.push(same === undefined ? use : together(same, use));
    last = one;
  }
  return uses;
}

/** They mostly are, and to sort a million takes as much room again. */
function isSorted(needs: readonly PathNeed[]): boolean {
  return needs.every((need, at) => {
    const before = needs[at - 1];
    return before === undefined || compareNeeds(before, need) <= 0;
  });
}

function useOf({ node, use, why, access }: PathNeed, granted: FsAccess): PathUse {
  const { executable, call, count } = use;
  return { executable, call, count, path: node.path, access: intersection(access, granted), why };
}

function together(one: PathUse, other: PathUse): PathUse {
  const access = union(one.access, other.access);
  return { ...one, count: one.count + other.count, access };
}

function compareNeeds(one: PathNeed, other: PathNeed): number {
  return (
    one.node.order - other.node.order ||
    compareCallers(one.use, other.use) ||
    order(one.why, other.why)
  );
}

function compareCallers(one: Use, other: Use): number {
  return order(one.executable, other.executable) || order(one.call, other.call);
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
