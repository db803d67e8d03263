import { type Rule, Rules } from './rule.js';

/** Every path is cut to its first three names. */
export function threeNames(rules: readonly Rule[]): readonly Rule[] {
  return new Rules(rules.map(cut)).needed();
}

function cut(rule: Rule): Rule {
  const names = rule.path.split('/').slice(1);
  if (names.length <= 3) return rule;
  return { ...rule, path: `/${names.slice(0, 3).join('/')}`, directory: true };
}
