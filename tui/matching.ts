import type { PathRule, Use } from '../inference/inference.js';
import { accessNames } from '../landlock/access-set.js';
import { printable } from './printable.js';
import type { Twig } from './row.js';

/** Which rows a filter shows. */
export interface Matcher {
  readonly shows: (twig: Twig) => boolean;
  /** The paths for which a rule is shown, from the rule on; none where its own row says why. */
  readonly beneath: (rule: PathRule) => readonly string[];
}

/**
 * Rows hold every word of a filter: in their path, their programs, their rights, or in one of the
 * paths that were used beneath a rule, since a fold has swallowed these. A word with a capital is
 * looked for as it is written, any other however it is. Undefined where there is no word.
 */
export function matcherFor(filter: string): Matcher | undefined {
  const words = filter.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  const missingIn = (text: SearchText) => words.filter((word) => !holds(text, word));
  const beneath = (rule: PathRule): readonly string[] => {
    const missing = missingIn(textOfRule(rule));
    if (missing.length === 0) return [];
    const { paths, text } = usedBeneath(rule);
    if (paths.length === 0 || !missing.every((word) => holds(text, word))) return [];
    const above = rule.path === '/' ? 1 : printable(rule.path).length + 1;
    return paths
      .filter((path) => missing.every((word) => holds(searchText([path]), word)))
      .map((path) => path.slice(above));
  };
  return {
    beneath,
    shows: (twig) =>
      missingIn(textOf(twig)).length === 0 ||
      (twig.item.kind === 'rule' && beneath(twig.item.rule).length > 0),
  };
}

interface SearchText {
  readonly exact: string;
  readonly folded: string;
}

function holds({ exact, folded }: SearchText, word: string): boolean {
  return word === word.toLowerCase() ? folded.includes(word) : exact.includes(word);
}

function textOf({ item, label }: Twig): SearchText {
  switch (item.kind) {
    case 'rule':
      return textOfRule(item.rule);
    case 'port':
      return searchText([label, ...accessNames('net', item.rule.access), ...programs(item.rule)]);
    case 'unscoped':
      return searchText([label, ...programs(item.unscoped)]);
    // Headings are there for what matches beneath them.
    case 'section':
    case 'directory':
    case 'group':
      return searchText([]);
    default:
      return searchText([label]);
  }
}

function textOfRule(rule: PathRule): SearchText {
  const known = textsOfRules.get(rule) ?? searchText(wordsOfRule(rule));
  textsOfRules.set(rule, known);
  return known;
}

/** Rules stay the same while a person types, and have many uses. */
const textsOfRules = new WeakMap<PathRule, SearchText>();

function wordsOfRule(rule: PathRule): readonly string[] {
  return [
    rule.directory ? `${printable(rule.path)}/` : printable(rule.path),
    ...accessNames('fs', rule.access),
    ...programs(rule),
    ...(rule.guarded === undefined ? [] : [rule.guarded]),
  ];
}

function programs({ uses }: { readonly uses: readonly Use[] }): readonly string[] {
  return [...new Set(uses.map(({ executable }) => executable))].map(printable);
}

/** The paths that were used beneath a rule, and all of them as one text. */
interface Used {
  readonly paths: readonly string[];
  readonly text: SearchText;
}

function usedBeneath(rule: PathRule): Used {
  const known = usedOfRules.get(rule);
  if (known !== undefined) return known;
  const distinct = new Set(rule.uses.map(({ path }) => path));
  distinct.delete(rule.path);
  const paths = [...distinct].map(printable);
  const used = { paths, text: searchText(paths) };
  usedOfRules.set(rule, used);
  return used;
}

const usedOfRules = new WeakMap<PathRule, Used>();

function searchText(words: readonly string[]): SearchText {
  const exact = words.join('\n');
  return { exact, folded: exact.toLowerCase() };
}
