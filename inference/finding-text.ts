import type { Finding } from './inference.js';
import { severities } from './severity.js';

/** A finding on one line, its severity first where it has one. */
export function findingText({ severity, sentence }: Finding): string {
  return severities.some((each) => each === severity) ? `${severity}: ${sentence}` : sentence;
}

/** The findings that are about each path's rule; for the same findings the same answer. */
export function findingsByRule(
  findings: readonly Finding[],
): ReadonlyMap<string, readonly Finding[]> {
  const known = byRuleOf.get(findings) ?? sortedByRule(findings);
  byRuleOf.set(findings, known);
  return known;
}

const byRuleOf = new WeakMap<readonly Finding[], ReadonlyMap<string, readonly Finding[]>>();

function sortedByRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    for (const path of finding.rules ?? []) {
      byRule.set(path, [...(byRule.get(path) ?? []), finding]);
    }
  }
  return byRule;
}

/** The findings that still hold when only these rules remain. */
export function findingsWith(
  findings: readonly Finding[],
  remains: (path: string) => boolean,
): readonly Finding[] {
  return findings.filter(
    ({ rules }) => rules === undefined || rules.length === 0 || rules.some(remains),
  );
}
