import {
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  isSubset,
  union,
} from '../../landlock/access-set.js';
import { comparePaths, hierarchiesOf, isBeneath } from '../../landlock/hierarchy.js';
import { findingsWith } from '../finding-text.js';
import { findingsInOrder } from '../findings.js';
import type { Creation, Finding, Inference, PathRule } from '../inference.js';
import { beyond } from '../lookups.js';
import { type Decisions, decisionList } from './decisions.js';
import { denialFindings } from './denied.js';
import type { Crossing, Grounds } from './grounds.js';
import { shapedRules } from './shape.js';
import { Verdicts } from './verdicts.js';

/** An inference as decisions leave it. The same decisions on the same inference give the same. */
export function decide(inference: Inference, decisions: Decisions, grounds: Grounds): Inference {
  if (decisions.size === 0) return inference;
  return decideOn(inference, shapedRules(inference, decisions, grounds), decisions, grounds);
}

/**
 * The same, where it is known which rules there are to decide on.
 *
 * @param shaped - what `shapedRules` gives for these decisions.
 */
export function decideOn(
  inference: Inference,
  shaped: readonly PathRule[],
  decisions: Decisions,
  grounds: Grounds,
): Inference {
  const verdicts = new Verdicts(decisions);
  const granted = shaped.flatMap((rule) => {
    const { allowed } = verdicts.onRule(rule);
    return allowed === 0 ? [] : [narrowed(granting(rule), allowed)];
  });
  const paths = withoutCovered(equalised(withoutCovered(granted), grounds, verdicts));
  const kept = new Set(paths.map(({ path }) => path));
  const told = inference.findings.filter(({ rules }) => rules === undefined);
  const { families, offers, ...rest } = inference;
  return {
    ...rest,
    paths,
    ports: inference.ports.flatMap((rule) => {
      const { allowed } = verdicts.onPort(rule);
      return allowed === 0 ? [] : [allowed === rule.access ? rule : { ...rule, access: allowed }];
    }),
    unscoped: inference.unscoped.filter((entry) => {
      const verdict = verdicts.onScope(entry);
      return verdict === undefined || verdict === 'allow';
    }),
    creations: inference.creations.filter(
      (creation) => serves(creation, paths) || !serves(creation, inference.paths),
    ),
    findings: findingsInOrder([
      ...told,
      ...othersOn(inference, kept, grounds),
      ...grounds.risksOf(paths).filter(({ rules }) => rules?.some((path) => kept.has(path))),
      ...contradictions(paths, shaped, decisions),
      ...denialFindings(inference, shaped, decisions, verdicts),
    ]),
    ...(offers === undefined ? {} : { offers: beyond(offers, paths) }),
    ...(families === undefined
      ? {}
      : {
          families: families.flatMap((family) => {
            const left = family.paths.filter((path) => kept.has(path));
            return left.length === 0 ? [] : [{ ...family, paths: left }];
          }),
        }),
  };
}

/** What was offered and is taken is a rule as others are. */
function granting(rule: PathRule): PathRule {
  if (rule.offered !== true) return rule;
  const { offered: _, ...taken } = rule;
  return taken;
}

function narrowed(rule: PathRule, access: FsAccess): PathRule {
  if (access === rule.access) return rule;
  const uses = rule.uses.filter((use) => intersection(use.access, access) !== 0);
  const opens = rule.opens?.flatMap((opened) => {
    const left = intersection(opened.access, access);
    return left === 0 ? [] : [{ ...opened, access: left }];
  });
  return { ...rule, access, uses, ...(opens === undefined ? {} : { opens }) };
}

/** Rules without the rights that one above them grants, and without those that have none left. */
function withoutCovered(rules: readonly PathRule[]): readonly PathRule[] {
  const above: { readonly path: string; readonly access: FsAccess }[] = [];
  return rules.flatMap((rule) => {
    for (let last = above.at(-1); last !== undefined && !isBeneath(rule.path, last.path); ) {
      above.pop();
      last = above.at(-1);
    }
    const inherited = above.at(-1)?.access ?? fsAccess();
    const own = difference(rule.access, inherited);
    if (own !== 0) above.push({ path: rule.path, access: union(inherited, own) });
    return own === 0 ? [] : [narrowed(rule, own)];
  });
}

/**
 * Where a fold or an addition grants the destination of a move more than its source has, the kernel
 * would refuse it with EXDEV: the source is granted the same, unless that is denied.
 */
function equalised(
  rules: readonly PathRule[],
  { moves, grantedBesides = () => fsAccess() }: Grounds,
  verdicts: Verdicts,
): readonly PathRule[] {
  if (moves.length === 0) return rules;
  const granted = new Map(rules.map((rule) => [rule.path, rule]));
  const at = (path: string) => union(grantedAt(granted, path), grantedBesides(path));
  for (let changed = true; changed; ) {
    changed = false;
    for (const move of moves) {
      const access = gainOf(at, move);
      if (access === 0 || !isMovable(at, move)) continue;
      const { allowed } = verdicts.onPath(move.source, access);
      if (allowed === 0) continue;
      granted.set(move.source, withGain(granted.get(move.source), move, allowed));
      changed = true;
    }
  }
  if (granted.size === rules.length && rules.every((rule) => granted.get(rule.path) === rule)) {
    return rules;
  }
  return [...granted.values()].sort((one, other) => comparePaths(one.path, other.path));
}

type Granted = (path: string) => FsAccess;

/** A move that is denied as such needs no further rights. */
function isMovable(at: Granted, { source, destination }: Crossing): boolean {
  const refer = fsAccess('refer');
  return isSubset(refer, at(source)) && isSubset(refer, at(destination));
}

function gainOf(at: Granted, { source, destination, among }: Crossing): FsAccess {
  return intersection(difference(at(destination), at(source)), among);
}

function grantedAt(granted: ReadonlyMap<string, PathRule>, path: string): FsAccess {
  let access = fsAccess();
  for (const hierarchy of hierarchiesOf(path)) {
    access = union(access, granted.get(hierarchy)?.access ?? fsAccess());
  }
  return access;
}

function withGain(rule: PathRule | undefined, move: Crossing, access: FsAccess): PathRule {
  const { executable, call, count } = move.use;
  const use = { executable, call, count, path: move.from, access, why: 'equalised' } as const;
  if (rule !== undefined) {
    return { ...rule, access: union(rule.access, access), uses: [...rule.uses, use] };
  }
  const directory = move.source !== move.from || !isSubset(move.among, fileAccess);
  return { path: move.source, directory, access, uses: [use], guarded: undefined };
}

function serves(creation: Creation, rules: readonly PathRule[]): boolean {
  return rules.some((rule) => isBeneath(rule.path, creation.path));
}

/** Findings about rules that are none of the risks, such as what was left out. */
function othersOn(
  { findings, paths }: Inference,
  kept: ReadonlySet<string>,
  { risksOf }: Grounds,
): readonly Finding[] {
  const risks = new Set(risksOf(paths).map(({ sentence }) => sentence));
  return findingsWith(
    findings.filter(({ rules, sentence }) => rules !== undefined && !risks.has(sentence)),
    (path) => kept.has(path),
  );
}

/** Denials that hierarchies make void: Landlock cannot take back what a rule above grants. */
function contradictions(
  rules: readonly PathRule[],
  shaped: readonly PathRule[],
  decisions: Decisions,
): readonly Finding[] {
  const granted = new Map(rules.map((rule) => [rule.path, rule]));
  const asked = new Map(shaped.map((rule) => [rule.path, rule.access]));
  return decisionList(decisions).flatMap(({ action, subject }): readonly Finding[] => {
    if (action !== 'deny' || subject.kind !== 'path') return [];
    // What a rule on the very path does not grant, was not what was denied.
    const denied = intersection(subject.access, asked.get(subject.path) ?? subject.access);
    for (const hierarchy of hierarchiesOf(subject.path)) {
      const rule = granted.get(hierarchy);
      if (rule === undefined || intersection(rule.access, denied) === 0) continue;
      if (hierarchy === subject.path) continue;
      const sentence = `${subject.path} is denied, and yet the rule on ${hierarchy} grants it: Landlock has no exceptions within a hierarchy`;
      return [{ severity: 'warning', sentence, rules: [hierarchy] }];
    }
    return [];
  });
}
