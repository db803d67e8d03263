import type { AccessSet } from '../../landlock/access-set.js';
import type { Profile, ProfilePathRule, ProfilePortRule } from '../../profiles/profile.js';
import { grantKey } from './grants.js';
import type { Needless } from './minimise.js';

/**
 * A profile without rights that are not needed. Of a rule on several paths or ports, those that
 * keep the same rights stay together; a rule without rights goes, with its reasons.
 */
export function withoutNeedless(profile: Profile, needless: readonly Needless[]): Profile {
  const dropped = new Map(
    needless.map(({ grant, access }) => [
      grantKey(grant.source, grant.kind === 'path' ? grant.spelt : grant.port),
      access,
    ]),
  );
  const droppedAt: DroppedAt = ({ source }, spelt) => dropped.get(grantKey(source, spelt)) ?? 0;
  return {
    ...profile,
    paths: profile.paths.flatMap((rule) =>
      parted(rule, rule.parents, droppedAt).map(({ access, of }) => ({
        ...rule,
        access,
        parents: of,
      })),
    ),
    ports: profile.ports.flatMap((rule) =>
      parted(rule, rule.ports, droppedAt).map(({ access, of }) => ({ ...rule, access, ports: of })),
    ),
  };
}

type DroppedAt = (rule: ProfilePathRule | ProfilePortRule, spelt: string | number) => number;

/** The places of a rule by the rights that they keep. */
function parted<Access extends AccessSet<'fs'> | AccessSet<'net'>, Place extends string | number>(
  rule: (ProfilePathRule | ProfilePortRule) & { readonly access: Access },
  places: readonly Place[],
  droppedAt: DroppedAt,
): readonly { readonly access: Access; readonly of: readonly Place[] }[] {
  const byAccess = new Map<number, Place[]>();
  for (const place of places) {
    const access = rule.access & ~droppedAt(rule, place);
    if (access !== 0) byAccess.set(access, [...(byAccess.get(access) ?? []), place]);
  }
  return [...byAccess].map(([access, of]) => ({ access: access as Access, of }));
}
