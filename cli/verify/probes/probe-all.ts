import type { FsRight, NetRight } from '../../../landlock/abi.js';
import { allAccess, fsAccess, netAccess } from '../../../landlock/access-set.js';
import type { Ruleset } from '../../../landlock/ruleset.js';
import { explainPath, explainPort } from '../../../profiles/explain.js';
import { holderOf, type Place, placeAt } from '../../../profiles/place.js';
import type { PlacedProfile } from '../../../profiles/placed.js';
import { directoryRights, usualRights } from '../../explain/question.js';
import type { Attempt } from './attempt.js';
import { tryUnder } from './attempts.js';
import type { Allowed, Forbidden, Probe } from './probe.js';

/** What things are tried under. */
export interface ProbedDomain {
  readonly profile: PlacedProfile;
  /** The same, for the kernel. */
  readonly ruleset: Ruleset;
  /** The kernel's. */
  readonly abi: number;
}

/**
 * Tries what is to be denied under the ruleset, as far as that can be done without changing or
 * disturbing anything; of the rest, and of what fails for another reason, the rules are asked.
 */
export async function probeAll(
  domain: ProbedDomain,
  forbidden: readonly Forbidden[],
): Promise<readonly Probe[]> {
  const asked = forbidden.map((one) => askedOf(one, domain));
  const attempts = asked.flatMap((one) => one.attempts);
  const outcomes = await tryUnder(domain.ruleset, domain.abi, attempts);
  let done = 0;
  return asked.map((one) => {
    const tried = one.attempts.map((attempt) => ({
      attempt,
      outcome: outcomes[done++] ?? { kind: 'unclear', code: 'not tried' },
    }));
    return concluded(one, tried);
  });
}

interface Asked {
  readonly forbidden: Forbidden;
  readonly attempts: readonly Attempt[];
  /** What the rules allow of it. */
  readonly allowed: readonly Omit<Allowed, 'seen'>[];
  readonly there: boolean;
}

type Tried = Probe['tried'];

function askedOf(forbidden: Forbidden, domain: ProbedDomain): Asked {
  if (forbidden.kind === 'port') return portAsked(forbidden, domain);
  const { path, rights } = forbidden;
  const place = placeAt(path, domain.profile.creations);
  const wanted = rights ?? rightsAt(place);
  const allowed = wanted.flatMap((right) => rulesFor(domain, place, right));
  // Whoever may remove or rename a thing has more than nothing of it.
  const removal = place.type === 'directory' ? 'remove_dir' : 'remove_file';
  const removing = rights === undefined ? rulesFor(domain, holderOf(place), removal) : [];
  return {
    forbidden,
    attempts: openings(place, wanted),
    allowed: place.type === 'missing' ? allowed : [...allowed, ...removing],
    there: place.type !== 'missing',
  };
}

/** What can be done to a thing, or beneath it. */
function rightsAt({ type }: Place): readonly FsRight[] {
  const there = usualRights(type).filter((right) => right !== 'remove_file');
  if (type !== 'directory' && type !== 'missing') return there;
  return [...new Set<FsRight>([...there, ...directoryRights, ...usualRights('regular')])];
}

function rulesFor(
  { profile, abi }: ProbedDomain,
  place: Place,
  right: FsRight,
): readonly Omit<Allowed, 'seen'>[] {
  const { granted, layers } = explainPath([profile], place, right);
  const unknown = (fsAccess(right) & allAccess('fs', abi)) === 0;
  if (!granted && !unknown) return [];
  const [grant] = unknown ? [] : (layers[0]?.grants ?? []);
  return [{ right, rule: grant?.rule }];
}

/** Only what stands there for good can be opened without anybody noticing. */
function openings({ path, type }: Place, rights: readonly FsRight[]): readonly Attempt[] {
  if (type === 'directory' && rights.includes('read_dir')) {
    return [{ kind: 'open', how: 'list', path }];
  }
  if (type !== 'regular') return [];
  const hows = [
    ...(rights.includes('read_file') ? (['read'] as const) : []),
    ...(rights.includes('write_file') ? (['write'] as const) : []),
  ];
  return hows.map((how) => ({ kind: 'open', how, path }));
}

function portAsked(forbidden: Forbidden & { kind: 'port' }, { profile, abi }: ProbedDomain): Asked {
  const { port, protocol } = forbidden;
  const hows = ['bind', 'connect'] as const;
  const allowed = hows.flatMap((how) => {
    const right = portRights[protocol][how];
    const { granted, layers } = explainPort([profile], port, right);
    const unknown = (netAccess(right) & allAccess('net', abi)) === 0;
    if (!granted && !unknown) return [];
    return [{ right, rule: unknown ? undefined : layers[0]?.grants[0] }];
  });
  const attempts = hows.map((how): Attempt => ({ kind: 'port', how, protocol, port }));
  return { forbidden, attempts, allowed, there: true };
}

const portRights = {
  tcp: { bind: 'bind_tcp', connect: 'connect_tcp' },
  udp: { bind: 'bind_udp', connect: 'connect_send_udp' },
} as const;

/** The kernel's word counts before that of the rules. */
function concluded({ forbidden, allowed, there }: Asked, tried: Tried): Probe {
  const outcomes = new Map(
    tried.map(({ attempt, outcome }) => [rightOf(attempt), outcome.kind] as const),
  );
  const byRules = allowed
    .filter(({ right }) => outcomes.get(right) !== 'denied')
    .map((one) => ({ ...one, seen: outcomes.get(one.right) === 'allowed' }));
  const unforeseen = [...outcomes]
    .filter(
      ([right, outcome]) => outcome === 'allowed' && !allowed.some((one) => one.right === right),
    )
    .map(([right]) => ({ right, rule: undefined, seen: true }));
  return {
    forbidden,
    tried,
    allowed: [...byRules, ...unforeseen],
    proven: tried.some(({ outcome }) => outcome.kind === 'denied'),
    there,
  };
}

function rightOf(attempt: Attempt): FsRight | NetRight {
  if (attempt.kind === 'port') return portRights[attempt.protocol][attempt.how];
  switch (attempt.how) {
    case 'read':
      return 'read_file';
    case 'write':
      return 'write_file';
    case 'list':
      return 'read_dir';
  }
}
