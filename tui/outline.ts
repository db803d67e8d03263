import { findingsByRule, findingText } from '../inference/finding-text.js';
import type {
  Creation,
  Finding,
  Inference,
  PathRule,
  PortRule,
  Unscoped,
  Use,
} from '../inference/inference.js';
import type { Scope } from '../landlock/abi.js';
import {
  accessNames,
  allAccess,
  difference,
  type FsAccess,
  fsAccess,
  scopeSet,
  union,
} from '../landlock/access-set.js';
import { printable } from './printable.js';
import { allLetters, netRights, portColumn, rightsColumn, scopeWords } from './rights.js';
import { type Branch, pathTree } from './tree.js';

/** What a row of the review stands for. */
export type Item =
  | { readonly kind: 'section'; readonly section: Section }
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'rule'; readonly rule: PathRule }
  | { readonly kind: 'port'; readonly rule: PortRule }
  | { readonly kind: 'unscoped'; readonly unscoped: Unscoped }
  | { readonly kind: 'scoped'; readonly scope: Scope }
  | { readonly kind: 'creation'; readonly creation: Creation }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'fact'; readonly sentence: string };

export type Section = 'files' | 'network' | 'scopes' | 'creations' | 'findings' | 'run';

/** One row. The rows beneath it are the `descendants` that follow it in the outline. */
export interface Row {
  readonly item: Item;
  /** The same for the same thing, whatever else there is. */
  readonly id: string;
  /** Whether it is a thing that is granted or not, and no heading. */
  readonly decidable: boolean;
  /** Whether something is found about it, or it lies on a guarded place. */
  readonly flagged: boolean;
  readonly label: string;
  readonly rights: string;
  readonly count: number;
  readonly depth: number;
  readonly descendants: number;
  /** The place in the outline of the row above it in the tree; -1 for none. */
  readonly parent: number;
}

/** Everything there is to review, in the order of the screen. */
export function outlineOf(inference: Inference, facts: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  for (const twig of sections(inference, facts)) lay(rows, twig, 0, -1);
  return rows;
}

type Twig = Omit<Row, 'depth' | 'descendants' | 'parent'> & { readonly below: readonly Twig[] };

function sections(inference: Inference, facts: readonly string[]): readonly Twig[] {
  const found = findingsByRule(inference.findings);
  const all = [
    section(
      'files',
      pathTree(inference.paths).map((branch) => pathTwig(branch, found)),
    ),
    section('network', inference.ports.map(portTwig)),
    section('scopes', scopeTwigs(inference)),
    section('creations', inference.creations.map(creationTwig)),
    section('findings', inference.findings.map(findingTwig)),
    section('run', facts.map(factTwig)),
  ];
  return all.filter(
    (twig) =>
      twig.below.length > 0 || (twig.item.kind === 'section' && twig.item.section === 'files'),
  );
}

const sectionTitles: Readonly<Record<Section, string>> = {
  files: 'Files and directories',
  network: 'Network ports',
  scopes: 'Scopes',
  creations: 'Made before enforcing',
  findings: 'Findings',
  run: 'The run',
};

function section(name: Section, below: readonly Twig[]): Twig {
  return {
    ...noted({ kind: 'section', section: name }, `section ${name}`, sectionTitles[name]),
    rights: name === 'files' ? allLetters : '',
    count: below.reduce((sum, twig) => sum + twig.count, 0),
    below,
  };
}

/** A row that is there to be read. */
function noted(item: Item, id: string, label: string): Twig {
  const nothing = { decidable: false, flagged: false, rights: '', count: 0, below: [] };
  return { ...nothing, item, id, label };
}

type FoundByRule = ReturnType<typeof findingsByRule>;

function pathTwig(branch: Branch, found: FoundByRule): Twig {
  const { rule } = branch;
  const below = branch.below.map((one) => pathTwig(one, found));
  const label = printable(branch.label);
  if (rule === undefined) {
    return {
      ...noted({ kind: 'directory', path: branch.path }, `path ${branch.path}`, label),
      rights: rightsColumn(accessBelow(branch)),
      count: below.reduce((sum, twig) => sum + twig.count, 0),
      below,
    };
  }
  return {
    item: { kind: 'rule', rule },
    id: `path ${rule.path}`,
    decidable: true,
    flagged: rule.guarded !== undefined || found.has(rule.path),
    label,
    rights: rightsColumn(rule.access),
    count: countOf(rule.uses),
    below,
  };
}

function accessBelow(branch: Branch): FsAccess {
  return branch.below.reduce(
    (access, child) => union(access, accessBelow(child)),
    branch.rule?.access ?? fsAccess(),
  );
}

function portTwig(rule: PortRule): Twig {
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

function scopeTwigs({ abi, unscoped }: Inference): readonly Twig[] {
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

function creationTwig(creation: Creation): Twig {
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

function findingTwig(finding: Finding): Twig {
  const text = findingText(finding);
  return noted({ kind: 'finding', finding }, `finding ${text}`, printable(text));
}

function factTwig(sentence: string): Twig {
  return noted({ kind: 'fact', sentence }, `fact ${sentence}`, printable(sentence));
}

function countOf(uses: readonly Use[]): number {
  return uses.reduce((sum, use) => sum + use.count, 0);
}

/** Appends a twig and all below it; a row learns its `descendants` once they are laid. */
function lay(rows: Row[], twig: Twig, depth: number, parent: number): void {
  const { below, ...row } = twig;
  const at = rows.length;
  const laid: Row = { ...row, depth, parent, descendants: 0 };
  rows.push(laid);
  for (const child of below) lay(rows, child, depth + 1, at);
  rows[at] = { ...laid, descendants: rows.length - at - 1 };
}
