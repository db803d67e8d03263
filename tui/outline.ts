import type { Decision } from '../inference/decisions/decision.js';
import { findingsByRule } from '../inference/finding-text.js';
import type { Inference } from '../inference/inference.js';
import { type Arrangement, asTree } from './arrangement.js';
import { groupTwigs } from './groups.js';
import { matcherFor } from './matching.js';
import { allLetters } from './rights.js';
import type { Row, Section, Twig } from './row.js';
import { pathTree } from './tree.js';
import {
  creationTwig,
  decisionTwig,
  type FoundByRule,
  factTwig,
  findingTwig,
  noted,
  pathTwig,
  portTwig,
  scopeTwigs,
  totalCount,
} from './twigs.js';

export type { Item, Row, Section } from './row.js';

/** What there is to review besides the inference. */
export interface Beside {
  readonly facts: readonly string[];
  /** Decisions about what does not occur. */
  readonly idle: readonly Decision[];
}

/** Everything there is to review, in the order of the screen. */
export function outlineOf(
  inference: Inference,
  beside: Beside,
  arrangement: Arrangement = asTree,
): readonly Row[] {
  const rows: Row[] = [];
  const matches = matcherFor(arrangement.filter);
  for (const twig of sections(inference, beside, arrangement)) {
    const left = matches === undefined ? twig : pruned(twig, matches);
    if (left !== undefined) lay(rows, left, 0, -1);
  }
  return rows;
}

function sections(
  inference: Inference,
  { facts, idle }: Beside,
  arrangement: Arrangement,
): readonly Twig[] {
  const found = findingsByRule(inference.findings);
  const paths =
    arrangement.order === 'path'
      ? treeOf(inference, found)
      : groupTwigs(inference, arrangement.order, found);
  const all = [
    section('files', paths),
    section('network', inference.ports.map(portTwig)),
    section('scopes', scopeTwigs(inference)),
    section('creations', inference.creations.map(creationTwig)),
    section('findings', inference.findings.map(findingTwig)),
    section('decisions', idle.map(decisionTwig)),
    section('run', facts.map(factTwig)),
  ];
  return all.filter((twig) => twig.below.length > 0 || isFiles(twig));
}

/** The tree stays the same while a filter is typed. */
function treeOf({ paths, findings }: Inference, found: FoundByRule): readonly Twig[] {
  const known = trees.get(paths);
  if (known?.findings === findings) return known.twigs;
  const twigs = pathTree(paths).map((branch) => pathTwig(branch, found));
  trees.set(paths, { findings, twigs });
  return twigs;
}

const trees = new WeakMap<
  Inference['paths'],
  { readonly findings: Inference['findings']; readonly twigs: readonly Twig[] }
>();

function isFiles({ item }: Twig): boolean {
  return item.kind === 'section' && item.section === 'files';
}

const sectionTitles: Readonly<Record<Section, string>> = {
  files: 'Files and directories',
  network: 'Network ports',
  scopes: 'Scopes',
  creations: 'Made before enforcing',
  findings: 'Findings',
  decisions: 'Decisions about what was not seen',
  run: 'The run',
};

function section(name: Section, below: readonly Twig[]): Twig {
  return {
    ...noted({ kind: 'section', section: name }, `section ${name}`, sectionTitles[name]),
    rights: name === 'files' ? allLetters : '',
    count: below.reduce((sum, twig) => sum + totalCount(twig), 0),
    below,
  };
}

/** What of a twig matches, with the headings above it; the files' heading is never left out. */
function pruned(twig: Twig, matches: (twig: Twig) => boolean): Twig | undefined {
  if (twig.below.length === 0) return isFiles(twig) || matches(twig) ? twig : undefined;
  const below: Twig[] = [];
  for (const one of twig.below) {
    const left = pruned(one, matches);
    if (left !== undefined) below.push(left);
  }
  if (below.length === 0 && !isFiles(twig) && !matches(twig)) return undefined;
  const isWhole =
    below.length === twig.below.length && below.every((one, at) => one === twig.below[at]);
  return isWhole ? twig : { ...twig, below };
}

/** Appends a twig and all below it; a row learns its `descendants` once they are laid. */
function lay(rows: Row[], twig: Twig, depth: number, parent: number): void {
  const { item, id, decidable, flagged, label, rights, count, widening, below } = twig;
  const at = rows.length;
  // Written out: spreading thousands of them takes longer than all the rest.
  const row = {
    item,
    id,
    decidable,
    flagged,
    label,
    rights,
    count,
    widening,
    depth,
    parent,
    descendants: 0,
  };
  rows.push(row);
  for (const child of below) lay(rows, child, depth + 1, at);
  row.descendants = rows.length - at - 1;
}
