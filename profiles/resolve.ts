import type { PathBeneath, Ruleset } from '../landlock/ruleset.js';
import type { Profile, ProfileCreation, ProfilePathRule, RuleSource } from './profile.js';
import { ProfileError } from './profile-error.js';
import { expandTemplate, TemplateError } from './templates.js';
import { onThisMachine } from './usr-merge.js';

/** A profile with its variables put in, where this machine has its paths: what can be enforced. */
export interface ResolvedProfile {
  readonly abi: number;
  readonly ruleset: Ruleset;
  /** The ruleset's paths, each with the rule that names it. */
  readonly paths: readonly ResolvedPath[];
  readonly creations: readonly ProfileCreation[];
}

export interface ResolvedPath extends PathBeneath {
  readonly rule: ProfilePathRule;
  /** The path as the rule spells it. */
  readonly template: string;
}

/**
 * Puts the variables' values into the paths.
 *
 * @param file - the profile's name, for messages.
 * @throws ProfileError for a variable that nothing defines.
 */
export function resolveProfile(profile: Profile, file: string): ResolvedProfile {
  const variables = new Map(profile.variables.map(({ name, values }) => [name, values]));
  const expand = (template: string, source?: RuleSource) => {
    try {
      return expandTemplate(template, variables).map(absolute);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const position = source === undefined ? undefined : { line: source.line, column: 1 };
      const what = `in the path "${template}", ${error.message}`;
      throw new ProfileError(source?.file ?? file, position, what);
    }
  };
  const paths = profile.paths.flatMap((rule) =>
    rule.parents.flatMap((template) =>
      expand(template, rule.source)
        .flatMap(onThisMachine)
        .map((path) => ({ path, access: rule.access, rule, template })),
    ),
  );
  return {
    abi: profile.abi,
    paths,
    ruleset: {
      handledFs: profile.handledFs,
      handledNet: profile.handledNet,
      scoped: profile.scoped,
      paths: paths.map(({ path, access }) => ({ path, access })),
      ports: profile.ports.flatMap(({ ports, access }) => ports.map((port) => ({ port, access }))),
    },
    creations: profile.creations.flatMap((creation) =>
      expand(creation.path).map((path) => ({ ...creation, path })),
    ),
  };
}

/** A variable may stand for anything. */
function absolute(path: string): string {
  if (path.startsWith('/')) return path;
  throw new TemplateError(`which stands for "${path}": that is no absolute path`);
}
