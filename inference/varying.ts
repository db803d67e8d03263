import { type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { isMadeUp, isSpread } from './alike-names.js';
import type { Census } from './census.js';
import { isOfEverybody } from './fold-policy.js';
import { basename } from './names.js';
import type { PathNeed } from './needs.js';
import type { PathNode } from './path-tree.js';
import { zoneOf } from './prices.js';
import type { RunMarks } from './run-marks.js';
import { takingTurns } from './taking-turns.js';

/** Whether rights may be given on a whole directory for the sake of something in it. */
export type MayLift = (directory: PathNode, access: FsAccess) => boolean;

/**
 * What is there, and stays, and will not be what the next run uses. Of a single run the names tell:
 * files that are named by a hash or a UUID, and directories over which such files are spread.
 * Several runs tell themselves.
 */
export function varyingNodes(
  needs: readonly PathNeed[],
  census: Census,
  marks: RunMarks,
  mayLift: MayLift,
): ReadonlySet<PathNode> {
  const candidates = new Map<PathNode, FsAccess>();
  const note = (node: PathNode, access: FsAccess) => {
    candidates.set(node, union(candidates.get(node) ?? fsAccess(), access));
  };
  for (const need of needs) noteMadeUp(need, census, note);
  for (const [node, access] of takingTurns(needs, census, marks)) note(node, access);
  const varying = new Set<PathNode>();
  for (const [node, access] of candidates) {
    const { parent } = node;
    if (parent === undefined || isOfEverybody(parent.path)) continue;
    if (mayLift(parent, access)) varying.add(node);
  }
  return varying;
}

/** Notes the path of a need where its name is made up, and what such names are spread over. */
function noteMadeUp(
  { node, directory, access }: PathNeed,
  census: Census,
  note: (node: PathNode, access: FsAccess) => void,
): void {
  const unsteady = census.unsteadyPart(node);
  let at = unsteady === undefined ? node : unsteady.parent;
  if (at === node && !directory && isMadeUp(basename(node.path))) {
    // A distribution's files keep their names, whatever they are.
    if (zoneOf(node.path) === 'system') return;
    note(node, access);
    at = node.parent;
  }
  for (; at !== undefined && isSpreadOver(at); at = at.parent) note(at, access);
}

/** Whether made-up names are spread over a directory and others: `objects/3f` or `sha512/df/3a`. */
function isSpreadOver({ path, below }: PathNode): boolean {
  if (below === undefined || !isSpread(basename(path))) return false;
  return below.some((child) => isMadeUp(basename(child.path)) || isSpreadOver(child));
}
