import type { Decision } from '../../inference/decisions/decision.js';
import { Globs, type PathGlob } from '../../inference/path-glob.js';
import { fsAccess, intersection, netAccess } from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import { variablesOf } from '../../tracer/variables.js';
import type { BaseProfile } from '../base-profile.js';
import { workingDirectory } from '../written-wishes.js';
import { secretPlaces, wishedPaths } from './probes/forbidden.js';
import type { Forbidden } from './probes/probe.js';
import type { MustDeny, VerifyRequest } from './request.js';

/** What has to be denied. */
export interface ToDeny {
  readonly forbidden: readonly Forbidden[];
  /** Globs that hold more than was looked at. */
  readonly cutShort: readonly string[];
}

/**
 * What a profile must deny: the places of secrets, save those that somebody said are meant, and
 * what the user named. What was allowed in a review is meant.
 */
export function toDeny(
  { mustDeny, mayAllow }: Pick<VerifyRequest, 'mustDeny' | 'mayAllow'>,
  { placed, alone }: Pick<BaseProfile, 'placed' | 'alone'>,
): ToDeny {
  const meant = new Globs(mayAllow);
  const { decisions = [] } = alone;
  const places = secretPlaces(variablesOf(process.env), placed).filter(
    ({ path }) => meant.holding(path) === undefined && !decisions.some((one) => allows(one, path)),
  );
  const wishes = mustDeny.map((wish) => wished(wish, placed));
  return {
    forbidden: [...places, ...wishes.flatMap((wish) => wish.paths)],
    cutShort: mustDeny.flatMap((wish, at) =>
      wish.kind === 'path' && wishes[at]?.complete === false ? [wish.glob.source] : [],
    ),
  };
}

function allows({ action, subject }: Decision, path: string): boolean {
  if (subject.kind !== 'path' || (action !== 'allow' && action !== 'add')) return false;
  if (intersection(subject.access, fsAccess('read_file')) === 0) return false;
  return subject.beneath ? isBeneath(path, subject.path) : path === subject.path;
}

function wished(
  wish: MustDeny,
  profile: PlacedProfile,
): { readonly paths: readonly Forbidden[]; readonly complete: boolean } {
  if (wish.kind === 'path') return wishedPaths(wish.glob, profile, workingDirectory());
  const { port, protocol } = wish;
  const by = { kind: 'must-deny', wish: wish.wish } as const;
  const handlesUdp = intersection(profile.handledNet, netAccess('bind_udp')) !== 0;
  const usual = handlesUdp ? (['tcp', 'udp'] as const) : (['tcp'] as const);
  const protocols = protocol === undefined ? usual : [protocol];
  return {
    paths: protocols.map((each) => ({ kind: 'port', port, protocol: each, by })),
    complete: true,
  };
}

/** What `--fix` adds nothing of. */
export interface Excluded {
  readonly globs: readonly PathGlob[];
  readonly ports: ReadonlySet<number>;
}

/** What has to be denied, as what is not to be added. */
export function asExcluded(
  { forbidden }: ToDeny,
  { mustDeny }: Pick<VerifyRequest, 'mustDeny'>,
): Excluded {
  const globs = mustDeny.flatMap((wish) => (wish.kind === 'path' ? [wish.glob] : []));
  const places = forbidden.flatMap((one) =>
    one.kind === 'path' && one.by.kind === 'secret' ? [literalGlob(one.path)] : [],
  );
  const ports = mustDeny.flatMap((wish) => (wish.kind === 'port' ? [wish.port] : []));
  return { globs: [...globs, ...places], ports: new Set(ports) };
}

function literalGlob(path: string): PathGlob {
  return {
    source: path,
    from: 'a place of secrets',
    pattern: path.replace(/[*?[\]{}()!+@\\]/g, '\\$&'),
  };
}
