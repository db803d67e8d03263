import type { Decision } from '../inference/decisions/decision.js';
import { findingsByRule } from '../inference/finding-text.js';
import type { Inference } from '../inference/inference.js';
import { type Arrangement, asTree, type Order } from './arrangement.js';
import { groupTwigs } from './groups.js';
import { type Matcher, matcherFor } from './matching.js';
import { allLetters } from './rights.js';
import type { Row, Section, Twig } from './row.js';
import { pathTree } from './tree.js';
import {
  creationTwig,
  decisionTwig,
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
  const matcher = matcherFor(arrangement.filter);
  return sections(inference, beside, arrangement).flatMap((twig) => {
    const left = matcher === undefined ? twig : pruned(twig, matcher);
    return left === undefined ? [] : rowsOf(left, 0);
  });
}

function sections(
  inference: Inference,
  { facts, idle }: Beside,
  arrangement: Arrangement,
): readonly Twig[] {
  const paths = pathTwigs(inference, arrangement.order);
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

/** They stay the same while a filter is typed, and when an order comes round again. */
function pathTwigs(inference: Inference, order: Order): readonly Twig[] {
  const { paths, findings } = inference;
  const known = twigsOf.get(paths) ?? new Map<Order, Known>();
  twigsOf.set(paths, known);
  const last = known.get(order);
  if (last?.findings === findings) return last.twigs;
  const found = findingsByRule(findings);
  const twigs =
    order === 'path'
      ? pathTree(paths).map((branch) => pathTwig(branch, found))
      : groupTwigs(inference, order, found);
  known.set(order, { findings, twigs });
  return twigs;
}

interface Known {
  readonly findings: Inference['findings'];
  readonly twigs: readonly Twig[];
}

const twigsOf = new WeakMap<Inference['paths'], Map<Order, Known>>();

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
function pruned(twig: Twig, matcher: Matcher): Twig | undefined {
  if (twig.below.length === 0) {
    return isFiles(twig) || matcher.shows(twig) ? explained(twig, matcher) : undefined;
  }
  const below: Twig[] = [];
  for (const one of twig.below) {
    const left = pruned(one, matcher);
    if (left !== undefined) below.push(left);
  }
  if (below.length === 0 && !isFiles(twig) && !matcher.shows(twig)) return undefined;
  const isWhole =
    below.length === twig.below.length && below.every((one, at) => one === twig.below[at]);
  return explained(isWhole ? twig : { ...twig, below }, matcher);
}

/** With what was found beneath it, where it is there for that alone. */
function explained(twig: Twig, { beneath }: Matcher): Twig {
  const [first, ...others] = twig.item.kind === 'rule' ? beneath(twig.item.rule) : [];
  if (first === undefined) return twig;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return { ...twig, label: `${twig.label} (${first}${more})` };
}

/**
 * A twig and all below it as rows. Where the twig is the same, so are its rows: making thousands of
 * them anew takes longer than all the rest.
 */
function rowsOf(twig: Twig, depth: number): readonly Row[] {
  const known = rowsOfTwig.get(twig);
  if (known?.[0]?.depth === depth) return known;
  const { item, id, decidable, flagged, label, rights, count, widening, below } = twig;
  const parts = below.map((child) => rowsOf(child, depth + 1));
  const descendants = parts.reduce((sum, { length }) => sum + length, 0);
  const row = {
    ...{ item, id, decidable, flagged, label, rights, count, widening },
    depth,
    descendants,
  };
  const rows = new Array<Row>(1 + descendants);
  rows[0] = row;
  let end = 1;
  for (const part of parts) for (let at = 0; at < part.length; at++) rows[end++] = part[at] as Row;
  rowsOfTwig.set(twig, rows);
  return rows;
}

const rowsOfTwig = new WeakMap<Twig, readonly Row[]>();

/** The place of the row above another in the tree; -1 where there is none. */
export function placeAbove(outline: readonly Row[], at: number): number {
  const depth = outline[at]?.depth ?? 0;
  let above = at - 1;
  while (above >= 0 && (outline[above]?.depth ?? 0) >= depth) above -= 1;
  return above;
}
