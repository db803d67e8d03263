import { type FsAccess, intersection, union } from '../landlock/access-set.js';
import { areAlike } from './alike-names.js';
import type { Census } from './census.js';
import { basename } from './names.js';
import type { PathNeed } from './needs.js';
import type { PathNode } from './path-tree.js';
import type { RunMarks } from './run-marks.js';
import { noRuns, type RunSet } from './run-set.js';

/**
 * Things with names alike in one directory, of which one run used this and another that, with the
 * rights in question. What stays away in one run alone is no such thing.
 */
export function* takingTurns(
  needs: readonly PathNeed[],
  census: Census,
  marks: RunMarks,
): Generator<readonly [PathNode, FsAccess]> {
  if (marks.count < 2) return;
  for (const family of familiesOf(usesOf(needs, census, marks))) {
    const sorted = family.sort(([one], [other]) => one.order - other.order);
    for (const [at, [node, used]] of sorted.entries()) {
      const others = sorted.slice(Math.max(0, at - window), at + window);
      if (others.some((other) => takeTurns([node, used], other))) yield [node, used.access];
    }
  }
}

/** Names alike are near to each other in order; a directory may hold a million. */
const window = 50;

/** What was done at a path and beneath. */
interface Used {
  access: FsAccess;
  runs: RunSet;
}

type Member = readonly [PathNode, Used];

function usesOf(
  needs: readonly PathNeed[],
  census: Census,
  marks: RunMarks,
): ReadonlyMap<PathNode, Used> {
  const all = new Map<PathNode, Used>();
  for (const { node, access, use } of needs) {
    if (census.unsteadyPart(node) !== undefined) continue;
    const runs = marks.of(use);
    for (let at: PathNode | undefined = node; at !== undefined; at = at.parent) {
      const used = all.get(at);
      if (used === undefined) {
        all.set(at, { access, runs });
      } else {
        used.access = union(used.access, access);
        used.runs |= runs;
      }
    }
  }
  return all;
}

/** By the directory. */
function familiesOf(all: ReadonlyMap<PathNode, Used>): Iterable<Member[]> {
  const families = new Map<PathNode, Member[]>();
  for (const [node, used] of all) {
    if (node.parent === undefined) continue;
    const family = families.get(node.parent);
    if (family === undefined) families.set(node.parent, [[node, used]]);
    else family.push([node, used]);
  }
  return families.values();
}

function takeTurns([one, a]: Member, [other, b]: Member): boolean {
  const apart = (a.runs & ~b.runs) !== noRuns && (b.runs & ~a.runs) !== noRuns;
  if (!apart || intersection(a.access, b.access) === 0) return false;
  return areAlike(basename(one.path), basename(other.path));
}
