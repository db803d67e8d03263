import { basename } from 'node:path';
import type { CountedDenial } from '../../tracer/audit/read-denials.js';
import { contestants } from './contestants.js';
import type { Result } from './evaluate.js';
import { markdown } from './markdown.js';
import type { Widening } from './widening.js';

/** What an evaluation found, as Markdown. */
export function report(results: readonly Result[]): string {
  return [
    '## All programs\n\n',
    'Sums of denials, and medians of rules and of files opened beyond the training.\n\n',
    summary(results),
    '\n## One against one\n\n',
    'Numbers of programs; and what is opened there, as medians: readable/writable/executable/personal.\n\n',
    duels(results),
    '\n## By program\n\n',
    'Denials (✗), then rules: files opened for reading/writing/executing.\n\n',
    byProgram(results),
    '\n## What `balanced` denied\n\n',
    denied(results),
  ].join('');
}

function summary(results: readonly Result[]): string {
  const head = [
    '',
    'passed',
    'denials that broke it',
    'shrugged off',
    'rules',
    'readable',
    'personal',
    'writable',
    'executable',
  ];
  const rows = contestants.map(({ name }) => {
    const own = results.filter(({ contestant }) => contestant === name);
    const passed = own.filter((result) => result.passed);
    const middle = (figure: (result: Result) => number) => figureText(median(own.map(figure)));
    return [
      name,
      `${passed.length} of ${own.length}`,
      String(denialsIn(own.filter((result) => !result.passed))),
      String(denialsIn(passed)),
      middle(({ rules }) => rules),
      middle(({ widening }) => widening.readable),
      middle(({ widening }) => widening.personal),
      middle(({ widening }) => widening.writable),
      middle(({ widening }) => widening.executable),
    ];
  });
  return markdown([head, ...rows]);
}

/** Each rival beside `balanced`, where both deny equally much, and at equally many rules. */
function duels(results: readonly Result[]): string {
  const head = [
    '',
    'denies more than balanced',
    'less',
    'equally',
    'and then opens',
    'where balanced opens',
    'ours can have as few rules',
    'then it opens',
    'and ours',
  ];
  const rivals = contestants.filter(({ ours }) => !ours);
  const rows = rivals.map(({ name }) => {
    const pairs = results
      .filter(({ contestant }) => contestant === name)
      .map((rival) => ({ rival, ours: balancedOf(results, rival) }));
    const asFew = pairs.filter(({ rival }) => (rival.asFewRules?.rules ?? 0) <= rival.rules);
    const equal = pairs.filter(({ rival, ours }) => compareDenials(rival, ours) === 0);
    return [
      name,
      String(pairs.filter(({ rival, ours }) => compareDenials(rival, ours) > 0).length),
      String(pairs.filter(({ rival, ours }) => compareDenials(rival, ours) < 0).length),
      String(equal.length),
      openedText(equal.map(({ rival }) => rival.widening)),
      openedText(equal.map(({ ours }) => ours?.widening)),
      String(asFew.length),
      openedText(asFew.map(({ rival }) => rival.widening)),
      openedText(asFew.map(({ rival }) => rival.asFewRules?.widening)),
    ];
  });
  return markdown([head, ...rows]);
}

function balancedOf(results: readonly Result[], { program }: Result): Result | undefined {
  return results.find((one) => one.program === program && one.contestant === 'balanced');
}

/** To fail is worse than any number of denials that are shrugged off. */
function compareDenials(one: Result, other: Result | undefined): number {
  if (other === undefined) return 0;
  if (one.passed !== other.passed) return one.passed ? -1 : 1;
  return one.passed ? one.denials.length - other.denials.length : 0;
}

/** The median of the files readable, writable, executable and personal. */
function openedText(widenings: readonly (Widening | undefined)[]): string {
  const all = widenings.filter((widening) => widening !== undefined);
  const kinds = ['readable', 'writable', 'executable', 'personal'] as const;
  return kinds.map((kind) => figureText(median(all.map((each) => each[kind])))).join('/');
}

/** `rules, files opened for reading`, and the denials where there are any. */
function byProgram(results: readonly Result[]): string {
  const programs = [...new Set(results.map(({ program }) => program))];
  const rows = programs.map((program) => [
    program,
    ...contestants.map(({ name }) => {
      const result = results.find((one) => one.program === program && one.contestant === name);
      return result === undefined ? '' : cell(result);
    }),
  ]);
  return markdown([['', ...contestants.map(({ name }) => name)], ...rows]);
}

function cell({ passed, denials, rules, widening }: Result): string {
  const sign = passed ? '' : '**fails** ';
  const number = denials.length === 0 ? '' : `${denials.length}✗ `;
  const { readable, writable, executable } = widening;
  return `${sign}${number}${rules}: ${[readable, writable, executable].map(figureText).join('/')}`;
}

/** What `balanced` denied, the first of each program. */
function denied(results: readonly Result[]): string {
  const rows = results
    .filter(({ contestant }) => contestant === 'balanced')
    .flatMap(({ program, passed, denials, further }) => {
      const own = distinct(denials);
      const more = distinct(further).filter((text) => !own.includes(text));
      return [
        ...shortened(own).map((text) => [program, passed ? 'shrugged off' : 'breaks it', text]),
        ...shortened(more).map((text) => [program, 'would follow', text]),
      ];
    });
  return markdown([['program', '', 'denial'], ...rows]);
}

function distinct(denials: readonly CountedDenial[]): readonly string[] {
  return [...new Set(denials.map(textOf))];
}

function shortened(texts: readonly string[]): readonly string[] {
  const shown = texts.slice(0, mostShown);
  const more = texts.length - shown.length;
  return more === 0 ? shown : [...shown, `and ${more} more`];
}

const mostShown = 6;

function textOf({ blockers, object, asker }: CountedDenial): string {
  const rights = blockers.join(', ').replaceAll('fs.', '');
  if (object.kind !== 'path') return `\`${rights}\` on ${JSON.stringify(object)}`;
  const path = object.path.replace(/^.*\/ll-evaluate-\w+/, '…');
  return `\`${rights}\` on \`${path}\` (${basename(asker.executable ?? '')}, ${asker.call})`;
}

function denialsIn(results: readonly Result[]): number {
  return results.reduce((sum, { denials }) => sum + denials.length, 0);
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function figureText(figure: number): string {
  return figure.toLocaleString('en');
}
