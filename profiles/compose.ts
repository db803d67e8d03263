import { union } from '../landlock/access-set.js';
import type { Profile } from './profile.js';

/** A profile with additions: the rules of both, and everything handled that either handles. */
export function composeProfiles(profile: Profile, additions: Profile): Profile {
  const decisions = [...(profile.decisions ?? []), ...(additions.decisions ?? [])];
  return {
    ...profile,
    handledFs: union(profile.handledFs, additions.handledFs),
    handledNet: union(profile.handledNet, additions.handledNet),
    scoped: union(profile.scoped, additions.scoped),
    variables: [...profile.variables, ...additions.variables],
    paths: [...profile.paths, ...additions.paths],
    ports: [...profile.ports, ...additions.ports],
    creations: [...profile.creations, ...additions.creations],
    ...(decisions.length === 0 ? {} : { decisions }),
  };
}
