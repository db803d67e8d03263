import type { PathBeneath, Ruleset } from '../landlock/ruleset.js';
import type { Profile, ProfileCreation } from './profile.js';
import { ProfileError } from './profile-error.js';
import { expandTemplate, TemplateError } from './templates.js';

/** A profile with its variables put in: what can be enforced. */
export interface ResolvedProfile {
  readonly abi: number;
  readonly ruleset: Ruleset;
  readonly creations: readonly ProfileCreation[];
}

/**
 * Puts the variables' values into the paths.
 *
 * @param file - the profile's name, for messages.
 * @throws ProfileError for a variable that the profile does not define.
 */
export function resolveProfile(profile: Profile, file: string): ResolvedProfile {
  const variables = new Map(profile.variables.map(({ name, values }) => [name, values]));
  const expand = (template: string) => {
    try {
      return expandTemplate(template, variables);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new ProfileError(file, undefined, `in the path "${template}", ${error.message}`);
    }
  };
  return {
    abi: profile.abi,
    ruleset: {
      handledFs: profile.handledFs,
      handledNet: profile.handledNet,
      scoped: profile.scoped,
      paths: profile.paths.flatMap(({ parents, access }) =>
        parents.flatMap(expand).map((path): PathBeneath => ({ path, access })),
      ),
      ports: profile.ports.flatMap(({ ports, access }) => ports.map((port) => ({ port, access }))),
    },
    creations: profile.creations.flatMap((creation) =>
      expand(creation.path).map((path) => ({ ...creation, path })),
    ),
  };
}
