import type { Folding } from './folding.js';
import type { Finding, PathRule } from './inference.js';

/** Where folding did not come to what was asked for, in sentences. */
export function foldFindings(
  paths: readonly PathRule[],
  { dearness, maxRules, extents }: Folding,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (maxRules !== undefined && paths.length > maxRules) {
    findings.push({
      severity: 'warning',
      sentence: `there are ${paths.length} rules, and not ${maxRules} as asked: fewer would lie on guarded places, or on what could not be counted`,
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
