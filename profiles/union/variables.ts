import type { Profile, Variable } from '../profile.js';
import { escapeTemplate } from '../templates.js';

/**
 * Profiles whose variables of one name have the same values, and those variables. Where they have
 * others, the profiles' paths are written out: with all the values together, each would get rights
 * that only another has.
 */
export function withAgreedVariables(profiles: readonly Profile[]): {
  readonly variables: readonly Variable[];
  readonly profiles: readonly Profile[];
} {
  const values = new Map<string, Set<string>>();
  for (const variable of profiles.flatMap(({ variables }) => variables)) {
    const { name } = variable;
    values.set(name, (values.get(name) ?? new Set()).add(JSON.stringify(variable.values)));
  }
  const agreed = (name: string) => values.get(name)?.size === 1;
  const all = new Map(
    profiles.flatMap(({ variables }) =>
      variables.filter(({ name }) => agreed(name)).map((variable) => [variable.name, variable]),
    ),
  );
  return {
    variables: [...all.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    profiles: profiles.map((profile) =>
      profile.variables.every(({ name }) => agreed(name)) ? profile : writtenOut(profile, agreed),
    ),
  };
}

function writtenOut(profile: Profile, agreed: (name: string) => boolean): Profile {
  const values = new Map(
    profile.variables.map(({ name, values: own }) => [name, agreed(name) ? undefined : own]),
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
