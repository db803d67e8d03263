import { findingsByRule, findingText } from '../inference/finding-text.js';
import type { Inference } from '../inference/inference.js';
import { rulesetOf } from '../inference/ruleset.js';
import { pathRulesOf } from './path-rules.js';
import type { Learned, Profile } from './profile.js';
import { portReasons, scopeReasons } from './reasons.js';
import { escapeTemplate } from './templates.js';

/** The profile that says what an inference found. */
export function profileOf(inference: Inference, learned: Omit<Learned, 'findings'>): Profile {
  const { handledFs, handledNet, scoped } = rulesetOf(inference);
  const findings = inference.findings.map(findingText);
  return {
    abi: inference.abi,
    variables: [],
    handledFs,
    handledNet,
    scoped,
    paths: pathRulesOf(inference, findingsByRule(inference.findings)),
    ports: inference.ports.map((rule) => ({
      ports: [rule.port],
      access: rule.access,
      reasons: portReasons(rule),
    })),
    creations: inference.creations.map((creation) => ({
      ...creation,
      path: escapeTemplate(creation.path),
    })),
    learned: { ...learned, findings: [...findings, ...inference.unscoped.map(scopeReasons)] },
  };
}
