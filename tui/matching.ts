import type { PathRule, Use } from '../inference/inference.js';
import { accessNames } from '../landlock/access-set.js';
import { printable } from './printable.js';
import type { Twig } from './row.js';

/**
 * Whether a row holds every word of a filter: in its path, its programs, its rights. A word with a
 * capital is looked for as it is written, any other however it is. Undefined where there is no word.
 */
export function matcherFor(filter: string): ((twig: Twig) => boolean) | undefined {
  const words = filter.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return (twig) => {
    const text = textOf(twig);
    return words.every((word) =>
      word === word.toLowerCase() ? text.folded.includes(word) : text.exact.includes(word),
    );
  };
}

interface SearchText {
  readonly exact: string;
  readonly folded: string;
}

/** Rules stay the same while a person types, and have many uses. */
const textOfRule = new WeakMap<PathRule, SearchText>();

function textOf({ item, label }: Twig): SearchText {
  switch (item.kind) {
    case 'rule': {
      const known = textOfRule.get(item.rule) ?? searchText(wordsOfRule(item.rule));
      textOfRule.set(item.rule, known);
      return known;
    }
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

function searchText(words: readonly string[]): SearchText {
  const exact = words.join('\n');
  return { exact, folded: exact.toLowerCase() };
}
