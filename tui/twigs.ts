import type { Decision } from '../inference/decisions/decision.js';
import { subjectText } from '../inference/decisions/idle.js';
import { type findingsByRule, findingText } from '../inference/finding-text.js';
import type {
  Creation,
  Finding,
  Inference,
  PathRule,
  PortRule,
  Use,
} from '../inference/inference.js';
import type { Scope } from '../landlock/abi.js';
import { accessNames, allAccess, difference, scopeSet } from '../landlock/access-set.js';
import { printable } from './printable.js';
import { netRights, portColumn, rightsColumn, scopeWords } from './rights.js';
import type { Item, Twig } from './row.js';
import type { Branch } from './tree.js';

export type FoundByRule = ReturnType<typeof findingsByRule>;

/** A row that is there to be read. */
export function noted(item: Item, id: string, label: string): Twig {
  const nothing = { decidable: false, flagged: false, rights: '', count: 0 };
  return { ...nothing, item, id, label, widening: undefined, below: [] };
}

/** A branch of the tree of paths, with all that grows from it. */
export function pathTwig(branch: Branch, found: FoundByRule): Twig {
  const known = twigOfBranch.get(branch);
  if (known?.found === found) return known.twig;
  const twig = knownTwig(branch, found, known?.twig);
  twigOfBranch.set(branch, { found, twig });
  return twig;
}

/** Most branches stay the same when rows are laid out anew. */
const twigOfBranch = new WeakMap<Branch, { readonly found: FoundByRule; readonly twig: Twig }>();

function knownTwig(branch: Branch, found: FoundByRule, known: Twig | undefined): Twig {
  const below = branch.below.map((one) => pathTwig(one, found));
  if (known !== undefined && known.flagged === isFlagged(branch.rule, found)) {
    if (below.every((twig, at) => twig === known.below[at])) return known;
  }
  return newPathTwig(branch, below, found);
}

function newPathTwig(branch: Branch, below: readonly Twig[], found: FoundByRule): Twig {
  const { rule } = branch;
  const label = printable(branch.label);
  if (rule === undefined) {
    return {
      item: { kind: 'directory', path: branch.path },
      id: `path ${branch.path}`,
      decidable: false,
      flagged: false,
      label,
      rights: rightsColumn(branch.access),
      count: below.reduce((sum, twig) => sum + totalCount(twig), 0),
      widening: undefined,
      below,
    };
  }
  const { item, id, decidable, flagged, rights, count, widening } = ruleTwig(rule, found);
  return { item, id, decidable, flagged, label, rights, count, widening, below };
}

/** How often all was used that a twig stands for; a rule counts itself alone. */
export function totalCount({ decidable, count, below }: Twig): number {
  return decidable ? below.reduce((sum, twig) => sum + totalCount(twig), count) : count;
}

/** A rule alone, under its whole path. */
export function ruleTwig(rule: PathRule, found: FoundByRule): Twig {
  const flagged = isFlagged(rule, found);
  const known = twigOfRule.get(rule);
  if (known?.flagged === flagged) return known;
  const slash = rule.directory && rule.path !== '/' ? '/' : '';
  const twig: Twig = {
    item: { kind: 'rule', rule },
    id: `path ${rule.path}`,
    decidable: true,
    flagged,
    label: `${printable(rule.path)}${slash}`,
    rights: rightsColumn(rule.access),
    count: countOf(rule.uses),
    widening: wideningOf(rule),
    below: [],
  };
  twigOfRule.set(rule, twig);
  return twig;
}

function isFlagged(rule: PathRule | undefined, found: FoundByRule): boolean {
  return rule !== undefined && (rule.guarded !== undefined || found.has(rule.path));
}

/** Most rules stay the same when rows are laid out anew. */
const twigOfRule = new WeakMap<PathRule, Twig>();

/** How many objects a rule opens that nothing used, whatever the right. */
export function wideningOf({ opens }: PathRule): number | undefined {
  if (opens === undefined) return undefined;
  const most = (what: 'files' | 'directories') =>
    Math.max(0, ...opens.filter((opened) => opened.what === what).map(({ count }) => count));
  return most('files') + most('directories');
}

export function portTwig(rule: PortRule): Twig {
  return {
    ...noted({ kind: 'port', rule }, `port ${rule.port}`, portLabel(rule)),
    decidable: true,
    rights: portColumn(rule.access),
    count: countOf(rule.uses),
  };
}

function portLabel({ access, port }: PortRule): string {
  const words = accessNames('net', access).map(
    (right) =>
      `${netRights[right].letter === 'b' ? 'bind' : 'connect'} ${netRights[right].protocol}`,
  );
  return `${words.join(', ')} ${port}`;
}

export function scopeTwigs({ abi, unscoped }: Inference): readonly Twig[] {
  const lifted = unscoped.map((entry) => entry.scope);
  const set = difference(allAccess('scope', abi), scopeSet(...lifted));
  return [
    ...unscoped.map((entry) => ({
      ...scopeTwig({ kind: 'unscoped', unscoped: entry }, entry.scope),
      decidable: true,
      rights: 'needed',
      count: countOf(entry.uses),
    })),
    ...accessNames('scope', set).map((scope) => ({
      ...scopeTwig({ kind: 'scoped', scope }, scope),
      rights: 'kept in',
    })),
  ];
}

function scopeTwig(item: Item, scope: Scope): Twig {
  return noted(item, `scope ${scope}`, scopeWords[scope].label);
}

export function creationTwig(creation: Creation): Twig {
  const slash = creation.kind === 'directory' ? '/' : '';
  return {
    ...noted(
      { kind: 'creation', creation },
      `creation ${creation.path}`,
      `${printable(creation.path)}${slash}`,
    ),
    rights: creation.mode.toString(8).padStart(4, '0'),
  };
}

export function findingTwig(finding: Finding): Twig {
  const text = findingText(finding);
  return noted({ kind: 'finding', finding }, `finding ${text}`, printable(text));
}

/** A decision about what was not seen this time. */
export function decisionTwig(decision: Decision): Twig {
  const label = `${decision.action} ${printable(subjectText(decision))}`;
  return noted({ kind: 'decision', decision }, `decision ${label}`, label);
}

export function factTwig(sentence: string): Twig {
  return noted({ kind: 'fact', sentence }, `fact ${sentence}`, printable(sentence));
}

export function countOf(uses: readonly Use[]): number {
  return uses.reduce((sum, use) => sum + use.count, 0);
}
