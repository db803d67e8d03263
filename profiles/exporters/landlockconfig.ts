import { hasEscapedBytes } from '../../kernel/path-bytes.js';
import type { AccessClass } from '../../landlock/abi.js';
import { type AccessSet, accessNames, allAccess, intersection } from '../../landlock/access-set.js';
import type { Profile } from '../profile.js';
import type { ResolvedProfile } from '../resolve.js';
import { writeToml } from '../write-toml.js';
import type { Exporter } from './exporter.js';
import { creationLosses, rawPathLosses } from './losses.js';

/** landlockconfig's TOML. Source: landlock-lsm/landlockconfig, schema/landlockconfig.json. */
export const landlockconfigToml: Exporter = {
  format: 'landlockconfig-toml',
  summary: 'landlockconfig, TOML (llconfig run --toml)',
  write: (profile, resolved) => {
    const { carried, losses } = carriedBy(profile, resolved);
    return { text: writeToml(carried, { extras: false }), losses };
  },
};

/** landlockconfig's JSON: the same in camelCase. */
export const landlockconfigJson: Exporter = {
  format: 'landlockconfig-json',
  summary: 'landlockconfig, JSON (llconfig run --json)',
  write: (profile, resolved) => {
    const { carried, losses } = carriedBy(profile, resolved);
    return { text: `${JSON.stringify(documentOf(carried), null, 2)}\n`, losses };
  },
};

/** The last version of the ABI whose rights its schema names. */
const newestKnown = 7;

/** The part of a profile that landlockconfig can carry, and what is lost. */
function carriedBy(profile: Profile, resolved: ResolvedProfile) {
  const abi = Math.min(profile.abi, newestKnown);
  const losses = [
    ...creationLosses(resolved),
    ...rawPathLosses(profile.paths.flatMap(({ parents }) => parents)),
    ...(abi < profile.abi
      ? [`it knows rights up to ABI ${newestKnown}: what ABI ${profile.abi} adds is not restricted`]
      : []),
  ];
  const known = {
    fs: allAccess('fs', newestKnown),
    net: allAccess('net', newestKnown),
  };
  const carried: Profile = {
    ...profile,
    abi,
    handledFs: intersection(profile.handledFs, known.fs),
    handledNet: intersection(profile.handledNet, known.net),
    paths: profile.paths
      .map((rule) => ({
        ...rule,
        parents: rule.parents.filter((path) => !hasEscapedBytes(path)),
        access: intersection(rule.access, known.fs),
      }))
      .filter(({ parents, access }) => parents.length > 0 && access !== 0),
    ports: profile.ports
      .map((rule) => ({ ...rule, access: intersection(rule.access, known.net) }))
      .filter(({ access }) => access !== 0),
  };
  return { carried, losses };
}

/** Its arrays may not be empty, so that what would be empty is left out. */
function documentOf(profile: Profile) {
  const { abi } = profile;
  return {
    abi,
    ...nonEmpty(
      'variable',
      profile.variables.map(({ name, values }) => ({ name, literal: values })),
    ),
    ruleset: [
      {
        ...nonEmpty('handledAccessFs', handled('fs', profile.handledFs, abi)),
        ...nonEmpty('handledAccessNet', handled('net', profile.handledNet, abi)),
        ...nonEmpty('scoped', handled('scope', profile.scoped, abi)),
      },
    ],
    ...nonEmpty(
      'pathBeneath',
      profile.paths.map(({ parents, access }) => ({
        allowedAccess: accessNames('fs', access),
        parent: parents,
      })),
    ),
    ...nonEmpty(
      'netPort',
      profile.ports.map(({ ports, access }) => ({
        allowedAccess: accessNames('net', access),
        port: ports,
      })),
    ),
  };
}

function handled<Class extends AccessClass>(
  accessClass: Class,
  set: AccessSet<Class>,
  abi: number,
): readonly string[] {
  return set !== 0 && set === allAccess(accessClass, abi)
    ? ['abi.all']
    : accessNames(accessClass, set);
}

function nonEmpty<Key extends string, Item>(key: Key, items: readonly Item[]) {
  return items.length === 0 ? {} : { [key]: items };
}
