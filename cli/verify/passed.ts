import { describeOutcome } from '../result.js';
import type { FindingRule } from './finding.js';
import type { Verification } from './verification.js';

/** Something that was looked for, and is as it has to be. */
export interface Passed {
  /** What it would have been a finding of. */
  readonly rule: FindingRule;
  readonly what: string;
}

/** All that is well. */
export function passedIn(verification: Verification): readonly Passed[] {
  const { name, trace, expected, denials, probes, needless } = verification;
  const { outcome } = trace;
  const ended = outcome.kind === 'exited' && outcome.status === expected;
  return [
    ...passed(denials.length === 0, 'denied-access', 'nothing was denied'),
    ...passed(ended, 'command-failed', `${name} ${describeOutcome(outcome)}`),
    ...passed(needless?.length === 0, 'needless-right', 'each right was needed'),
    ...probes
      .filter(({ allowed }) => allowed.length === 0)
      .flatMap(({ forbidden }) =>
        forbidden.kind === 'path'
          ? passed(true, ruleOf(forbidden.by.kind), `${forbidden.path} is denied`)
          : passed(
              true,
              'must-deny-allowed',
              `${forbidden.protocol} port ${forbidden.port} is denied`,
            ),
      ),
  ];
}

function ruleOf(by: 'secret' | 'must-deny'): FindingRule {
  return by === 'secret' ? 'secret-allowed' : 'must-deny-allowed';
}

function passed(is: boolean, rule: FindingRule, what: string): readonly Passed[] {
  return is ? [{ rule, what }] : [];
}
