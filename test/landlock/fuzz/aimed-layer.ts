import {
  accessNames,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  union,
} from '../../../landlock/access-set.js';
import { hierarchiesOf, parentOf } from '../../../landlock/hierarchy.js';
import { requiredAccess } from '../../../landlock/required-access.js';
import type { Random } from '../../support/random.js';
import { outlookOf } from '../laboratory/predict.js';
import { accessOf } from '../laboratory/ruleset.js';
import type { Call, LayerSpec } from '../laboratory/scenario.js';
import { Tree } from '../laboratory/tree.js';
import type { Handling } from './random-layers.js';

/**
 * A layer with the rules that a call needs, here or there too much or one right too little: where
 * the kernel and a wrong model part, which rules by chance alone seldom meet.
 */
export function aimedLayer(
  random: Random,
  handling: Handling,
  spelled: string,
  call: Call,
  abi: number,
): LayerSpec {
  const tree = new Tree(spelled);
  const handled = accessOf('fs', handling.fs, abi);
  const granted = new Map<string, FsAccess>();
  const grant = (path: string, access: FsAccess) => {
    const holder = existing(tree, path);
    const isDirectory = tree.at(holder)?.type === 'directory';
    const possible = intersection(
      access,
      isDirectory ? handled : intersection(handled, fileAccess),
    );
    granted.set(holder, union(granted.get(holder) ?? fsAccess(), possible));
  };
  for (const operation of outlookOf(tree, call).operations) {
    for (const requirement of requiredAccess(operation, abi)) {
      if (requirement.kind === 'path') {
        grant(somewhereAbove(random, requirement.path), requirement.access);
      } else if (requirement.kind === 'no-gain') {
        const side = random.pick([
          requirement.from,
          parentOf(requirement.from),
          parentOf(requirement.to),
        ]);
        grant(side, oneOf(random, requirement.among));
        // What either side lacks is made up for, mostly.
        if (random.chance(0.7))
          grant(
            parentOf(requirement.from),
            granted.get(treePath(parentOf(requirement.to))) ?? fsAccess(),
          );
      }
    }
  }
  if (random.chance(0.5)) dropOne(random, granted);
  return { ...handling, rules: rulesOf(granted) };
}

function treePath(path: string): string {
  return path === '/' ? '.' : path.slice(1);
}

/** The path itself, or the nearest above it that is there, and no symlink, which has no rules. */
function existing(tree: Tree, path: string): string {
  for (const hierarchy of hierarchiesOf(path)) {
    const there = tree.at(treePath(hierarchy));
    if (there !== undefined && there.type !== 'symlink') return treePath(hierarchy);
  }
  return '.';
}

function somewhereAbove(random: Random, path: string): string {
  let place = path;
  while (random.chance(0.25)) place = parentOf(place);
  return place;
}

function oneOf(random: Random, access: FsAccess): FsAccess {
  const names = accessNames('fs', access);
  return names.length === 0 || random.chance(0.3) ? fsAccess() : fsAccess(random.pick(names));
}

function dropOne(random: Random, granted: Map<string, FsAccess>): void {
  const rules = [...granted].filter(([, access]) => access !== 0);
  if (rules.length === 0) return;
  const [path, access] = random.pick(rules);
  granted.set(path, difference(access, fsAccess(random.pick(accessNames('fs', access)))));
}

function rulesOf(granted: ReadonlyMap<string, FsAccess>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...granted]
      .filter(([, access]) => access !== 0)
      .map(([path, access]) => [path, accessNames('fs', access).join(' ')]),
  );
}
