import {
  accessNames,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  isSubset,
} from '../../landlock/access-set.js';
import type { Profile } from '../profile.js';
import type { Known } from './known.js';
import type { AnyRight, Loss } from './loss.js';

export interface Narrowed {
  readonly profile: Profile;
  readonly losses: readonly Loss[];
}

/**
 * The part of a profile that something can express which restricts only what it knows.
 *
 * @param why - the reason for what is lost, as half a sentence.
 */
export function profileWithin(profile: Profile, known: Known, why: string): Narrowed {
  const handledFs = intersection(profile.handledFs, known.fs);
  const handledNet = intersection(profile.handledNet, known.net);
  const scoped = intersection(profile.scoped, known.scoped);
  const narrowed: Profile = {
    ...profile,
    handledFs,
    handledNet,
    scoped,
    paths: profile.paths
      .map((rule) => ({ ...rule, access: intersection(rule.access, known.fs) }))
      .filter(({ access }) => access !== 0),
    ports: profile.ports
      .map((rule) => ({ ...rule, access: intersection(rule.access, known.net) }))
      .filter(({ access }) => access !== 0),
  };
  const unrestricted: readonly AnyRight[] = [
    ...accessNames('fs', unhandled(difference(profile.handledFs, handledFs), handledFs)),
    ...accessNames('net', difference(profile.handledNet, handledNet)),
    ...accessNames('scope', difference(profile.scoped, scoped)),
  ];
  return {
    profile: narrowed,
    losses: [
      ...(unrestricted.length > 0
        ? [{ kind: 'unrestricted', rights: unrestricted, why } as const]
        : []),
      ...crossings(profile, handledFs, why),
    ],
  };
}

const refer = fsAccess('refer');

/** What handles anything of files denies crossing directories, whether it knows the right or not. */
function unhandled(lost: FsAccess, handled: FsAccess): FsAccess {
  return handled === 0 ? lost : difference(lost, refer);
}

function crossings({ paths }: Profile, handled: FsAccess, why: string): readonly Loss[] {
  if (handled === 0 || isSubset(refer, handled)) return [];
  const granted = paths.filter(({ access }) => isSubset(refer, access));
  return granted.length === 0
    ? []
    : [
        {
          kind: 'withheld',
          rights: ['refer'],
          paths: granted.flatMap(({ parents }) => parents),
          why,
        },
      ];
}
