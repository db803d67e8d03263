import type { Decision, VariableSubject } from '../inference/decisions/decision.js';
import { isBeneath } from '../landlock/hierarchy.js';
import type { Profile, Variable } from './profile.js';
import { escapeTemplate, expandTemplate, namesIn } from './templates.js';

/** A profile that carries the decisions it came about by, and writes paths by their variables. */
export function decidedProfile(profile: Profile, decisions: readonly Decision[]): Profile {
  const named = decisions
    .flatMap(({ action, subject }) =>
      action === 'variable' && subject.kind === 'variable' ? [subject] : [],
    )
    // The longest first: what lies in a home's cache is in the cache before it is in the home.
    .sort((one, other) => other.path.length - one.path.length);
  if (named.length === 0) return { ...profile, decisions };
  const written = (template: string) => withVariables(template, named, profile.variables);
  const variables = new Map(profile.variables.map((variable) => [variable.name, variable]));
  for (const { name, path } of named) variables.set(name, { name, values: [path] });
  return {
    ...profile,
    variables: [...variables.values()].sort(byName),
    paths: profile.paths.map((rule) => ({ ...rule, parents: rule.parents.map(written) })),
    creations: profile.creations.map((creation) => ({ ...creation, path: written(creation.path) })),
    decisions,
  };
}

/** By the longest name for where it begins, be it decided or one that it is written by already. */
function withVariables(
  template: string,
  named: readonly VariableSubject[],
  variables: readonly Variable[],
): string {
  const values = new Map(variables.map(({ name, values: own }) => [name, own]));
  const names = namesIn(template);
  if (names.some((name) => values.get(name)?.length !== 1)) return template;
  const [path = ''] = expandTemplate(template, values);
  const found = named.find((subject) => isBeneath(path, subject.path));
  const [own = ''] = template.startsWith('${') ? (values.get(names[0] ?? '') ?? []) : [];
  if (found !== undefined && found.path.length >= own.length) {
    return `\${${found.name}}${escapeTemplate(path.slice(found.path.length))}`;
  }
  const taken = names.some((name) => named.some((subject) => subject.name === name));
  return taken ? escapeTemplate(path) : template;
}

function byName(one: Variable, other: Variable): number {
  return one.name < other.name ? -1 : 1;
}
