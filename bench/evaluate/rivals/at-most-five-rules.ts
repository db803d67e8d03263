import { parentOf } from '../../../landlock/hierarchy.js';
import { depthOf, type Rule, Rules } from './rule.js';

/** Until five are left, the rules that lie deepest go to the directories above them. */
export function atMostFiveRules(rules: readonly Rule[]): readonly Rule[] {
  let left = new Rules(rules).needed();
  while (left.length > 5) {
    const deepest = Math.max(...left.map(({ path }) => depthOf(path)));
    const higher = left.map((rule) =>
      depthOf(rule.path) < deepest ? rule : { ...rule, path: parentOf(rule.path), directory: true },
    );
    left = new Rules(higher).needed();
  }
  return left;
}
