import type { Profile, Variable } from '../profile.js';
import { escapeTemplate } from '../templates.js';

/**
 * Profiles whose variables of one name have the same values, and those variables. Where they have
 * others, the profiles' paths are written out: with all the values together, each would get rights
 * that only another has. What the surroundings define stays theirs.
 */
export function withAgreedVariables(profiles: readonly Profile[]): {
  readonly variables: readonly Variable[];
  readonly profiles: readonly Profile[];
} {
  const own = new Map<string, Set<string>>();
  const all = new Map<string, Variable>();
  for (const variable of profiles.flatMap(({ variables }) => variables)) {
    const { name, values, ambient } = variable;
    if (ambient === undefined)
      own.set(name, (own.get(name) ?? new Set()).add(JSON.stringify(values)));
    if (ambient !== undefined || !all.has(name)) all.set(name, variable);
  }
  const kept = ({ name, ambient }: Variable) =>
    ambient !== undefined || (own.get(name)?.size === 1 && all.get(name)?.ambient === undefined);
  return {
    variables: [...all.values()]
      .filter(kept)
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    profiles: profiles.map((profile) =>
      profile.variables.every(kept) ? profile : writtenOut(profile, kept),
    ),
  };
}

function writtenOut(profile: Profile, kept: (variable: Variable) => boolean): Profile {
  const values = new Map(
    profile.variables.map((variable) => [
      variable.name,
      kept(variable) ? undefined : variable.values,
    ]),
  );
  const written = (template: string) => expandedIn(template, values);
  return {
    ...profile,
    paths: profile.paths.map((rule) => ({ ...rule, parents: rule.parents.flatMap(written) })),
    creations: profile.creations.flatMap((creation) =>
      written(creation.path).map((path) => ({ ...creation, path })),
    ),
  };
}

/** With some variables put in; those without values stay as they are. */
function expandedIn(
  template: string,
  values: ReadonlyMap<string, readonly string[] | undefined>,
): readonly string[] {
  const parts = template.split(/(\$\{[A-Za-z][A-Za-z0-9_]*\}|\$\$)/);
  let texts = [''];
  for (const part of parts) {
    const name = /^\$\{(.*)\}$/.exec(part)?.[1];
    const own = name === undefined ? undefined : values.get(name);
    const written = own === undefined ? [part] : own.map(escapeTemplate);
    texts = texts.flatMap((text) => written.map((more) => text + more));
  }
  return texts;
}
