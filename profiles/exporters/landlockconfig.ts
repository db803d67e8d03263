import type { AccessClass } from '../../landlock/abi.js';
import { type AccessSet, accessNames, allAccess } from '../../landlock/access-set.js';
import type { Profile } from '../profile.js';
import { resolveProfile } from '../resolve.js';
import { namesIn } from '../templates.js';
import { writeToml } from '../write-toml.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { creationLosses } from './fit.js';
import { knownOf } from './known.js';
import type { Loss } from './loss.js';
import { unlessUtf8 } from './unwritable.js';
import { profileWithin } from './within.js';

/** landlockconfig's TOML. Source: landlock-lsm/landlockconfig, schema/landlockconfig.json. */
export const landlockconfigToml: Exporter = {
  format: 'landlockconfig-toml',
  summary: 'landlockconfig, TOML (llconfig run --toml)',
  write: (request) => {
    const { carried, losses } = carriedBy(request, newestKnown);
    return exportedText(writeToml(carried, { extras: false }), losses);
  },
};

/** landlockconfig's JSON: the same in camelCase. */
export const landlockconfigJson: Exporter = {
  format: 'landlockconfig-json',
  summary: 'landlockconfig, JSON (llconfig run --json)',
  write: (request) => {
    const { carried, losses } = carriedBy(request, newestKnown);
    return exportedText(`${JSON.stringify(documentOf(carried), null, 2)}\n`, losses);
  },
};

/** The last version of the ABI whose rights its schema names. */
const newestKnown = 7;

/** The part of a profile that landlockconfig can carry, variables and all, and what is lost. */
export function carriedBy(
  { profile, file }: ExportRequest,
  newest: number,
): { readonly carried: Profile; readonly losses: readonly Loss[] } {
  const limit = `it knows rights up to ABI ${newest}`;
  const narrowed = profileWithin(profile, knownOf(newest), limit);
  const resolved = resolveProfile(profile, file);
  const empty = new Set(
    profile.variables.filter(({ values }) => values.length === 0).map(({ name }) => name),
  );
  const says = (template: string) => !namesIn(template).some((name) => empty.has(name));
  const carried: Profile = {
    ...narrowed.profile,
    abi: Math.min(profile.abi, newest),
    variables: profile.variables.filter(({ name }) => !empty.has(name)),
    paths: narrowed.profile.paths
      .map((rule) => ({
        ...rule,
        parents: rule.parents.filter((path) => unlessUtf8(path) === undefined && says(path)),
      }))
      .filter(({ parents }) => parents.length > 0),
  };
  return {
    carried,
    losses: [
      ...narrowed.losses,
      ...narrowed.profile.paths.flatMap(({ parents }) => parents.flatMap(unwritable)),
      ...creationLosses(resolved),
    ],
  };
}

function unwritable(template: string): readonly Loss[] {
  const why = unlessUtf8(template);
  const path = template.replaceAll('$$', '$');
  return why === undefined ? [] : [{ kind: 'unwritable', path, why }];
}

/** Its arrays may not be empty, so that what would be empty is left out. */
function documentOf(profile: Profile) {
  const { abi } = profile;
  const ruleset = {
    ...nonEmpty('handledAccessFs', handled('fs', profile.handledFs, abi)),
    ...nonEmpty('handledAccessNet', handled('net', profile.handledNet, abi)),
    ...nonEmpty('scoped', handled('scope', profile.scoped, abi)),
  };
  return {
    abi,
    ...nonEmpty(
      'variable',
      profile.variables.map(({ name, values }) => ({ name, literal: values })),
    ),
    ...nonEmpty('ruleset', Object.keys(ruleset).length === 0 ? [] : [ruleset]),
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
