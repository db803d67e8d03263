import type { Use } from '../inference/inference.js';
import type { Block, Detail } from './detail.js';
import { type Line, line } from './line.js';
import type { Item, Row, Section } from './outline.js';
import { printable } from './printable.js';
import { legend } from './rights.js';
import { standingLines } from './rule-evidence.js';
import { nameLines } from './rule-notes.js';
import type { RowState } from './standing.js';
import type { Names } from './subject.js';
import { programName } from './uses.js';
import { breakHard, wrap } from './width.js';

/** Programs with how often they used something, the most frequent first. */
export type Programs = readonly (readonly [string, number])[];

/** What lies beneath a heading. */
export interface Beneath {
  readonly programs: Programs;
  readonly counts: { readonly decidable: number; readonly denied: number };
  readonly state: RowState;
  readonly facts: readonly string[];
  /** Of a directory, where it was looked. */
  readonly names: Names | undefined;
}

/** The evidence for a directory or a section: what it holds, who uses it, and what it is. */
export function aboutHeading(
  item: Extract<Item, { kind: 'directory' | 'section' | 'group' }>,
  { programs, counts, state, facts, names }: Beneath,
  detail: Detail,
): readonly Block[] {
  const isFiles = item.kind === 'section' && item.section === 'files';
  return [
    {
      title: undefined,
      lines: [...headingTitle(item, detail), ...countLines(counts, state, detail)],
    },
    {
      title: undefined,
      lines:
        item.kind === 'section'
          ? wrapped(sectionSentences[item.section], detail)
          : item.kind === 'group'
            ? wrapped(item.about, detail)
            : [],
    },
    { title: 'A rule here instead (f) would open', lines: nameLines(names, detail) },
    {
      title: 'The run',
      lines: isFiles ? facts.flatMap((fact) => wrapped(printable(fact), detail)) : [],
    },
    { title: 'Used by', lines: programLines(programs, detail) },
    {
      title: 'Rights',
      lines:
        isFiles && detail.roomy ? legend.map(([letter, what]) => line(`${letter} ${what}`)) : [],
    },
  ];
}

const sectionSentences: Readonly<Record<Section, string>> = {
  files:
    'Each row is a rule: what the program may do to a file, or to a directory and all beneath it.',
  network: 'The ports that the program may bind or connect to.',
  scopes: 'What the sandbox keeps in. A scope that the program needs to be without is not set.',
  creations:
    'Made before the rules are enforced, so that a rule can lie on the thing itself and not on the directory above it.',
  decisions:
    'What was decided in earlier reviews about things that did not occur this time. It is kept.',
  findings: 'What no rule can allow, and what is worth a second look.',
  run: 'How the run went, and what the trace could not see.',
};

function headingTitle(
  item: Extract<Item, { kind: 'directory' | 'section' | 'group' }>,
  detail: Detail,
): readonly Line[] {
  if (item.kind === 'section') return [];
  if (item.kind === 'group') return [line(item.title, 'title')];
  return breakHard(`${printable(item.path)}/`, detail.columns).map((text) => line(text, 'title'));
}

function countLines(counts: Beneath['counts'], state: RowState, detail: Detail): readonly Line[] {
  if (counts.decidable === 0) return [];
  const rules = counts.decidable === 1 ? '1 decision' : `${counts.decidable} decisions`;
  const denied = counts.denied === 0 ? '' : `, ${counts.denied} denied`;
  return standingLines(state, `${rules} beneath${denied}`, detail);
}

function programLines(programs: Programs, detail: Detail): readonly Line[] {
  const shown = programs.slice(0, detail.uses);
  const hidden = programs.length - shown.length;
  return [
    ...shown.map(([executable, count]) => line(`${count}x ${programName(executable)}`)),
    ...(hidden > 0 ? [line(`+${hidden} more`, 'faint')] : []),
  ];
}

/** Who used what lies beneath a heading. There may be very many uses: they are counted once. */
export function programsBeneath(outline: readonly Row[], at: number): Programs {
  const heading = outline[at];
  if (heading === undefined) return [];
  const known = programsOf.get(heading);
  if (known !== undefined) return known;
  const counts = new Map<string, number>();
  for (const row of outline.slice(at + 1, at + 1 + heading.descendants)) {
    for (const { executable, count } of usesOf(row)) {
      counts.set(executable, (counts.get(executable) ?? 0) + count);
    }
  }
  const programs = [...counts].sort(([, one], [, other]) => other - one);
  programsOf.set(heading, programs);
  return programs;
}

/** A row is another one where anything beneath it is. */
const programsOf = new WeakMap<Row, Programs>();

function usesOf({ item }: Row): readonly Use[] {
  if (item.kind === 'rule' || item.kind === 'port') return item.rule.uses;
  return item.kind === 'unscoped' ? item.unscoped.uses : [];
}

function wrapped(text: string, detail: Detail): readonly Line[] {
  return wrap(text, detail.columns).map((piece) => line(piece));
}
