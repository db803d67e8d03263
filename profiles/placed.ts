import {
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  type NetAccess,
  type Scopes,
  union,
} from '../landlock/access-set.js';
import type { ObjectId } from '../landlock/layer.js';
import type { Ruleset } from '../landlock/ruleset.js';
import { type Place, placeAt } from './place.js';
import type { Profile, ProfileCreation, RuleSource, Variable } from './profile.js';
import { resolveProfile } from './resolve.js';

/** A profile as it would lie on this machine's disk, were it enforced now. */
export interface PlacedProfile {
  readonly file: string;
  readonly abi: number;
  /** What the file states, where that is newer than all that we know. */
  readonly newerAbi: number | undefined;
  readonly handledFs: FsAccess;
  readonly handledNet: NetAccess;
  readonly scoped: Scopes;
  readonly paths: readonly PlacedPath[];
  readonly ports: readonly PlacedPort[];
  readonly creations: readonly ProfileCreation[];
  readonly variables: readonly Variable[];
}

export interface PlacedPath {
  /** As the profile names it, its variables put in. */
  readonly named: string;
  /** As the profile spells it. */
  readonly template: string;
  /** Where that leads, and what is there. */
  readonly place: Place;
  /** Undefined when nothing is there: enforcing leaves the rule out. */
  readonly identity: ObjectId | undefined;
  /** What the kernel would take of it: on what is no directory, the rights of files alone. */
  readonly access: FsAccess;
  readonly reasons: readonly string[];
  readonly source: RuleSource | undefined;
}

export interface PlacedPort {
  readonly port: number;
  readonly access: NetAccess;
  readonly reasons: readonly string[];
  readonly source: RuleSource | undefined;
}

/**
 * Looks where a profile's rules lie.
 *
 * @param file - the profile's name, for messages.
 * @throws ProfileError for a variable that the profile does not define.
 */
export function placeProfile(profile: Profile, file: string): PlacedProfile {
  const { abi, handledFs, handledNet, scoped } = profile;
  const { paths, creations } = resolveProfile(profile, file);
  return {
    file,
    abi,
    newerAbi: profile.newerAbi,
    // What handles anything of files refuses crossing directories unless a rule allows that.
    handledFs: handledFs === 0 ? handledFs : union(handledFs, fsAccess('refer')),
    handledNet,
    scoped,
    creations,
    variables: profile.variables,
    paths: paths.map(({ path, access, rule, template }) => {
      const place = placeAt(path, creations);
      const { type, hierarchies } = place;
      return {
        named: path,
        template,
        place,
        identity: hierarchies[0]?.identity,
        access: type === 'directory' ? access : intersection(access, fileAccess),
        reasons: rule.reasons,
        source: rule.source,
      };
    }),
    ports: profile.ports.flatMap(({ ports, access, reasons, source }) =>
      ports.map((port) => ({ port, access, reasons, source })),
    ),
  };
}

/** A placed profile's ruleset by the real names of what the kernel would take. */
export function rulesetOfPlaced({
  handledFs,
  handledNet,
  scoped,
  paths,
  ports,
}: PlacedProfile): Ruleset {
  return {
    handledFs,
    handledNet,
    scoped,
    paths: paths
      .filter(({ identity, access }) => identity !== undefined && access !== 0)
      .map(({ place, access }) => ({ path: place.path, access })),
    ports: ports.map(({ port, access }) => ({ port, access })),
  };
}
