import type { Inference, PathRule } from '../inference/inference.js';
import { severities } from '../inference/severity.js';
import type { Order } from './arrangement.js';
import { printable } from './printable.js';
import type { Twig } from './row.js';
import { type FoundByRule, noted, ruleTwig, wideningOf } from './twigs.js';
import { programName } from './uses.js';

/** The rules under headings, by what a person wants to see together. */
export function groupTwigs(
  inference: Inference,
  order: Exclude<Order, 'path'>,
  found: FoundByRule,
): readonly Twig[] {
  const groups = grouped(inference, order, found);
  return groups.map(({ title, about, rules }) => {
    const below = rules.map((rule) => ruleTwig(rule, found));
    const count = below.reduce((sum, twig) => sum + twig.count, 0);
    return { ...noted({ kind: 'group', title, about }, `group ${title}`, title), count, below };
  });
}

interface Group {
  readonly title: string;
  readonly about: string;
  readonly rules: readonly PathRule[];
}

function grouped(
  { paths, families = [] }: Inference,
  order: Exclude<Order, 'path'>,
  found: FoundByRule,
): readonly Group[] {
  switch (order) {
    case 'program':
      return byKey(paths, mainProgram)
        .map(([program, rules]) => ({
          title: program === '' ? titleOfUnused(rules) : printable(programName(program)),
          about:
            program === ''
              ? 'Rules that no use was seen of'
              : `What ${printable(program)} used most of all programs`,
          rules,
        }))
        .sort((one, other) => other.rules.length - one.rules.length);
    case 'family': {
      const familyOf = new Map(
        families.flatMap((family) => family.paths.map((at) => [at, family])),
      );
      return byKey(paths, ({ path }) => familyOf.get(path)?.name ?? '')
        .map(([name, rules]) => {
          const family = families.find((one) => one.name === name);
          return {
            title: family === undefined ? "the program's own" : `${name}: ${family.what}`,
            about: family?.reason ?? 'What is of no family that many programs need',
            rules,
          };
        })
        .sort((one, other) => Number(one.title !== own) - Number(other.title !== own));
    }
    case 'severity':
      return [...severities, 'none'].flatMap((severity) => {
        const rules = paths.filter(({ path }) => severityOf(found, path) === severity);
        if (rules.length === 0) return [];
        const about = severity === 'none' ? 'Nothing was found about them' : `Found: ${severity}`;
        return [{ title: severity === 'none' ? 'nothing found' : severity, about, rules }];
      });
    case 'widening':
      return byKey([...paths].sort(widestFirst), wideningClass).map(([title, rules]) => ({
        title,
        about: 'Objects that are there, and that a rule opens although nothing used them',
        rules,
      }));
  }
}

/** What a profile is read from does not tell who used it. */
function titleOfUnused(rules: readonly PathRule[]): string {
  const byHand = rules.every(({ added }) => added !== undefined);
  return byHand ? 'nobody: added by hand' : 'not known: a profile does not tell';
}

const own = "the program's own";

function byKey(
  rules: readonly PathRule[],
  keyOf: (rule: PathRule) => string,
): readonly (readonly [string, readonly PathRule[]])[] {
  const groups = new Map<string, PathRule[]>();
  for (const rule of rules) {
    const key = keyOf(rule);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rule]);
    else group.push(rule);
  }
  return [...groups];
}

/** The program that used a rule most often. */
function mainProgram(rule: PathRule): string {
  const known = mainProgramOf.get(rule);
  if (known !== undefined) return known;
  const found = mostFrequent(rule);
  mainProgramOf.set(rule, found);
  return found;
}

/** A rule may have thousands of uses, and an order comes round again. */
const mainProgramOf = new WeakMap<PathRule, string>();

function mostFrequent({ uses }: PathRule): string {
  const counts = new Map<string, number>();
  let main = '';
  for (const { executable, count } of uses) {
    const total = (counts.get(executable) ?? 0) + count;
    counts.set(executable, total);
    if (total > (counts.get(main) ?? 0)) main = executable;
  }
  return main;
}

/** The findings about a rule have the worst first. */
function severityOf(found: FoundByRule, path: string): string {
  return found.get(path)?.[0]?.severity ?? 'none';
}

function widestFirst(one: PathRule, other: PathRule): number {
  return (wideningOf(other) ?? -1) - (wideningOf(one) ?? -1);
}

function wideningClass(rule: PathRule): string {
  const widening = wideningOf(rule);
  if (widening === undefined) return rule.directory ? 'not counted' : 'single files: nothing else';
  if (widening === 0) return 'nothing else';
  const magnitude = 10 ** Math.floor(Math.log10(widening));
  return magnitude === 1 ? 'a few objects' : `${magnitude} objects and more`;
}
