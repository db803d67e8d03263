import { type Rule, Rules } from './rule.js';

/**
 * Four observed entries make a directory: where as many have a rule, one on the directory takes
 * their place, and is itself an entry of the one above. This is how sandlock shortens what it has
 * learned.
 */
export function fourEntries(rules: readonly Rule[]): readonly Rule[] {
  const folded = new Rules(rules);
  for (;;) {
    const crowd = folded
      .byDirectory()
      .find(([path, entries]) => path !== '/' && entries.length >= 4);
    if (crowd === undefined) return folded.needed();
    folded.replace(crowd[1], crowd[0]);
  }
}
