import type { Folding } from './folding.js';
import type { Finding, PathRule } from './inference.js';
import type { PathNode } from './path-tree.js';

/**
 * Where folding did not come to what was asked for, in sentences.
 *
 * @param leftOut - what was foreseen, and is not granted so that there are few rules.
 */
export function foldFindings(
  paths: readonly PathRule[],
  { dearness, maxRules, extents }: Folding,
  leftOut: readonly PathNode[],
): readonly Finding[] {
  const findings: Finding[] = [];
  if (maxRules !== undefined && paths.length > maxRules) {
    findings.push({
      severity: 'warning',
      sentence: `there are ${paths.length} rules, and not ${maxRules} as asked: fewer would lie on guarded places, or on what could not be counted`,
    });
  }
  if (leftOut.length > 0) {
    const named = leftOut.slice(0, 3).map(({ path }) => path);
    const others = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : '';
    findings.push({
      severity: 'warning',
      sentence: `for no more than ${maxRules} rules, what no run used and the next one may is left out: ${named.join(', ')}${others}`,
    });
  }
  if (dearness < Number.POSITIVE_INFINITY && extents.cut.length > 0) {
    const others = extents.cut.length === 1 ? '' : ` and ${extents.cut.length - 1} more`;
    findings.push({
      severity: 'warning',
      sentence: `nothing was folded onto ${extents.cut[0]}${others}: there lies more than is counted`,
    });
  }
  return findings;
}
