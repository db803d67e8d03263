import { findingsByRule, findingText } from '../inference/finding-text.js';
import type { Inference } from '../inference/inference.js';
import { rulesetOf } from '../inference/ruleset.js';
import { comparePaths } from '../landlock/hierarchy.js';
import type { AmbientVariables } from '../tracer/ambient-names.js';
import { inhabited } from './inhabit.js';
import { pathRulesOf } from './path-rules.js';
import { PortableSpelling } from './portable.js';
import type { Learned, Profile } from './profile.js';
import { portReasons, scopeReasons } from './reasons.js';

/**
 * The profile that says what an inference found.
 *
 * @param variables - what these stood for where it was observed: paths are spelled by them.
 */
export function profileOf(
  inference: Inference,
  learned: Omit<Learned, 'findings'>,
  variables: AmbientVariables = {},
): Profile {
  const { handledFs, handledNet, scoped } = rulesetOf(inference);
  const spelling = new PortableSpelling(variables);
  const findings = [
    ...inference.findings.map(findingText),
    ...inference.unscoped.map(scopeReasons),
  ].map((sentence) => spelling.text(sentence));
  const profile: Profile = {
    abi: inference.abi,
    variables: [],
    handledFs,
    handledNet,
    scoped,
    paths: pathRulesOf(inference, findingsByRule(inference.findings), spelling),
    ports: inference.ports.map((rule) => ({
      ports: [rule.port],
      access: rule.access,
      reasons: portReasons(rule),
    })),
    creations: inference.creations
      .map((creation) => ({ ...creation, path: spelling.template(creation.path) }))
      .sort((one, other) => comparePaths(one.path, other.path)),
    learned: { ...learned, findings },
  };
  return inhabited(profile, variables);
}
