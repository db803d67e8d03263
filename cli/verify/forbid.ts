import type { Decision } from '../../inference/decisions/decision.js';
import { Globs, type PathGlob } from '../../inference/path-glob.js';
import { fsAccess, intersection } from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import { variablesOf } from '../../tracer/variables.js';
import { secretPlaces, wishedPaths } from './probes/forbidden.js';
import type { Forbidden } from './probes/probe.js';
import type { MustDeny, VerifyRequest } from './request.js';

/**
 * What a profile must deny: the places of secrets, save those that somebody said are meant, and
 * what the user named.
 *
 * @param decisions - the profile's: what was allowed in a review is meant.
 */
export function forbiddenBy(
  { mustDeny, mayAllow }: Pick<VerifyRequest, 'mustDeny' | 'mayAllow'>,
  profile: PlacedProfile,
  decisions: readonly Decision[],
): readonly Forbidden[] {
  const meant = new Globs(mayAllow);
  const places = secretPlaces(variablesOf(process.env), profile).filter(
    ({ path }) => meant.holding(path) === undefined && !decisions.some((one) => allows(one, path)),
  );
  return [...places, ...mustDeny.flatMap((wish) => wished(wish, profile))];
}

function allows({ action, subject }: Decision, path: string): boolean {
  if (subject.kind !== 'path' || (action !== 'allow' && action !== 'add')) return false;
  if (intersection(subject.access, fsAccess('read_file')) === 0) return false;
  return subject.beneath ? isBeneath(path, subject.path) : path === subject.path;
}

function wished(wish: MustDeny, profile: PlacedProfile): readonly Forbidden[] {
  if (wish.kind === 'path') return wishedPaths(wish.glob, profile);
  const by = { kind: 'must-deny', wish: wish.wish } as const;
  return wish.protocols.map((protocol) => ({ kind: 'port', port: wish.port, protocol, by }));
}

/** The same paths as globs, which `--fix` grants nothing of. */
export function asExcluded(
  forbidden: readonly Forbidden[],
  wishes: readonly MustDeny[],
): readonly PathGlob[] {
  const globs = wishes.flatMap((wish) => (wish.kind === 'path' ? [wish.glob] : []));
  const places = forbidden.flatMap((one) =>
    one.kind === 'path' && one.by.kind === 'secret' ? [literalGlob(one.path)] : [],
  );
  return [...globs, ...places];
}

function literalGlob(path: string): PathGlob {
  return {
    source: path,
    from: 'a place of secrets',
    pattern: path.replace(/[*?[\]{}()!+@\\]/g, '\\$&'),
  };
}
