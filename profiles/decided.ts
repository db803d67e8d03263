import type { Decision } from '../inference/decisions/decision.js';
import { isBeneath } from '../landlock/hierarchy.js';
import type { Profile, Variable } from './profile.js';
import { escapeTemplate } from './templates.js';

/** A profile that carries the decisions it came about by, and writes paths by their variables. */
export function decidedProfile(profile: Profile, decisions: readonly Decision[]): Profile {
  const variables = new Map(profile.variables.map((variable) => [variable.name, variable]));
  const replacements: Replacement[] = [];
  for (const { action, subject } of decisions) {
    if (action !== 'variable' || subject.kind !== 'variable') continue;
    const { name, path } = subject;
    variables.set(name, { name, values: [path] });
    replacements.push({ template: escapeTemplate(path), by: `\${${name}}` });
  }
  // The longest first: what lies in a home's cache is in the cache before it is in the home.
  replacements.sort((one, other) => other.template.length - one.template.length);
  const written = (template: string) => withVariable(template, replacements);
  return {
    ...profile,
    variables: [...variables.values()].sort(byName),
    paths: profile.paths.map((rule) => ({ ...rule, parents: rule.parents.map(written) })),
    creations: profile.creations.map((creation) => ({ ...creation, path: written(creation.path) })),
    decisions,
  };
}

interface Replacement {
  readonly template: string;
  readonly by: string;
}

function withVariable(template: string, replacements: readonly Replacement[]): string {
  const found = replacements.find((replacement) => isBeneath(template, replacement.template));
  return found === undefined ? template : found.by + template.slice(found.template.length);
}

function byName(one: Variable, other: Variable): number {
  return one.name < other.name ? -1 : 1;
}
