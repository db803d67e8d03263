import { findingsByRule, findingText } from '../inference/finding-text.js';
import type { Inference } from '../inference/inference.js';
import { rulesetOf } from '../inference/ruleset.js';
import type { Learned, Profile } from './profile.js';
import { pathReasons, portReasons, scopeReasons } from './reasons.js';
import { escapeTemplate } from './templates.js';

/** The profile that says what an inference found. */
export function profileOf(inference: Inference, learned: Omit<Learned, 'findings'>): Profile {
  const { handledFs, handledNet, scoped } = rulesetOf(inference);
  const findings = inference.findings.map(findingText);
  const byRule = findingsByRule(inference.findings);
  return {
    abi: inference.abi,
    variables: [],
    handledFs,
    handledNet,
    scoped,
    paths: inference.paths.map((rule) => ({
      parents: [escapeTemplate(rule.path)],
      access: rule.access,
      reasons: pathReasons(rule, byRule.get(rule.path)),
    })),
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
