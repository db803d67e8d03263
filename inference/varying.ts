import { type FsAccess, fsAccess, intersection, union } from '../landlock/access-set.js';
import { areAlike, isMadeUp, isSpread } from './alike-names.js';
import type { Census } from './census.js';
import { isOfEverybody } from './fold-policy.js';
import { basename } from './names.js';
import type { PathNeed } from './needs.js';
import type { PathNode } from './path-tree.js';
import { zoneOf } from './prices.js';
import type { RunMarks, RunSet } from './run-marks.js';

/** Whether rights may be given on a whole directory for the sake of something in it. */
export type MayLift = (directory: PathNode, access: FsAccess) => boolean;

/**
 * What is there, and stays, and will not be what the next run uses. Of a single run the names tell:
 * files that are named by a hash or a UUID. Several runs tell themselves: of things with names
 * alike in one directory, one run used this and another that.
 */
export function varyingNodes(
  needs: readonly PathNeed[],
  census: Census,
  marks: RunMarks,
  mayLift: MayLift,
): ReadonlySet<PathNode> {
  const used = usesOf(needs, census, marks);
  const varying = new Set<PathNode>();
  const add = (node: PathNode) => {
    const access = used.get(node)?.access ?? fsAccess();
    const { parent } = node;
    const mayBe = parent !== undefined && !isOfEverybody(parent.path);
    if (mayBe && mayLift(parent, access)) varying.add(node);
  };
  for (const [node, { isFile }] of used) if (isFile && isNamedByChance(node)) add(node);
  for (const { parent } of [...varying]) {
    if (parent !== undefined && isSpread(basename(parent.path))) add(parent);
  }
  if (marks.count > 1) for (const node of differing(used)) add(node);
  return varying;
}

/** What was done at a path and beneath. */
interface Used {
  access: FsAccess;
  runs: RunSet;
  /** Whether nothing beneath was used, nor the directory that it is. */
  isFile: boolean;
}

/** By steady paths; with several runs, the paths above as well. */
function usesOf(
  needs: readonly PathNeed[],
  census: Census,
  marks: RunMarks,
): ReadonlyMap<PathNode, Used> {
  const used = new Map<PathNode, Used>();
  for (const { node, access, use, directory } of needs) {
    if (marks.count < 2 && !isOfInterest(node)) continue;
    if (census.unsteadyPart(node) !== undefined) continue;
    const runs = marks.of(use);
    note(used, node, access, runs, !directory);
    for (let at = node.parent; at !== undefined && isWide(at, marks); at = at.parent) {
      note(used, at, access, runs, false);
    }
  }
  return used;
}

function isOfInterest({ path }: PathNode): boolean {
  return isMadeUp(basename(path));
}

/** How far up the uses are noted: of a single run, to where names may be spread. */
function isWide({ path, parent }: PathNode, { count }: RunMarks): boolean {
  return parent !== undefined && (count > 1 || isSpread(basename(path)));
}

function note(
  used: Map<PathNode, Used>,
  node: PathNode,
  access: FsAccess,
  runs: RunSet,
  isFile: boolean,
): void {
  const known = used.get(node);
  if (known === undefined) {
    used.set(node, { access, runs, isFile });
    return;
  }
  known.access = union(known.access, access);
  known.runs |= runs;
  known.isFile &&= isFile;
}

/** A distribution's files keep their names, whatever they are. */
function isNamedByChance({ path }: PathNode): boolean {
  return isMadeUp(basename(path)) && zoneOf(path) !== 'system';
}

/** Those that one run used and another did not, which used another of the kind instead. */
function* differing(used: ReadonlyMap<PathNode, Used>): Generator<PathNode> {
  const families = new Map<PathNode, PathNode[]>();
  for (const node of used.keys()) {
    if (node.parent === undefined) continue;
    const family = families.get(node.parent);
    if (family === undefined) families.set(node.parent, [node]);
    else family.push(node);
  }
  for (const family of families.values()) {
    for (const node of family) {
      if (family.some((other) => takesTurns(node, other, used))) yield node;
    }
  }
}

function takesTurns(one: PathNode, other: PathNode, used: ReadonlyMap<PathNode, Used>): boolean {
  const [a, b] = [used.get(one), used.get(other)];
  if (a === undefined || b === undefined) return false;
  const apart = (a.runs & ~b.runs) !== 0 && (b.runs & ~a.runs) !== 0;
  if (!apart || intersection(a.access, b.access) === 0) return false;
  return areAlike(basename(one.path), basename(other.path));
}
