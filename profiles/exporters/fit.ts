import { accessNames, difference, intersection } from '../../landlock/access-set.js';
import { type ResolvedProfile, resolveProfile } from '../resolve.js';
import type { ExportRequest } from './exporter.js';
import type { Known } from './known.js';
import type { AnyRight, Loss } from './loss.js';
import { profileWithin } from './within.js';

/** What a tool can be told. */
export interface Tool {
  /** What it can restrict. */
  readonly known: Known;
  /** Why it restricts no more, as half a sentence. */
  readonly limit: string;
  /** Why it cannot be told of a path; undefined for one that it can. */
  readonly whyUnwritable: (path: string) => string | undefined;
  /** Whether it makes what the profile wants to exist beforehand. */
  readonly creates?: boolean;
}

export interface Fitted {
  readonly resolved: ResolvedProfile;
  readonly losses: readonly Loss[];
}

/** The part of a profile that a tool can be told, its variables put in. */
export function fit({ profile, file }: ExportRequest, tool: Tool): Fitted {
  const narrowed = profileWithin(profile, tool.known, tool.limit);
  const resolved = resolveProfile(narrowed.profile, file);
  const unwritable = new Map<string, string>();
  for (const { path } of resolved.paths) {
    const why = tool.whyUnwritable(path);
    if (why !== undefined) unwritable.set(path, why);
  }
  const { handledFs, handledNet } = resolved.ruleset;
  // The kernel refuses rules with rights that are not handled, and nobody needs them.
  const paths = resolved.paths
    .filter(({ path }) => !unwritable.has(path))
    .map((rule) => ({ ...rule, access: intersection(rule.access, handledFs) }))
    .filter(({ access }) => access !== 0);
  const ports = resolved.ruleset.ports
    .map((rule) => ({ ...rule, access: intersection(rule.access, handledNet) }))
    .filter(({ access }) => access !== 0);
  return {
    resolved: { ...resolved, paths, ruleset: { ...resolved.ruleset, paths, ports } },
    losses: [
      ...narrowed.losses,
      ...[...unwritable].map(([path, why]) => ({ kind: 'unwritable', path, why }) as const),
      ...(tool.creates === true ? [] : creationLosses(resolved)),
    ],
  };
}

/** For tools that make nothing beforehand. */
export function creationLosses({ creations }: ResolvedProfile): readonly Loss[] {
  return creations.map((creation) => ({ kind: 'creation', creation }));
}

/** For tools that restrict all that they know, whatever the profile restricts. */
export function restrictedBesides({ ruleset }: ResolvedProfile, always: Known): readonly Loss[] {
  const rights: readonly AnyRight[] = [
    ...accessNames('fs', difference(always.fs, ruleset.handledFs)),
    ...accessNames('net', difference(always.net, ruleset.handledNet)),
    ...accessNames('scope', difference(always.scoped, ruleset.scoped)),
  ];
  return rights.length === 0 ? [] : [{ kind: 'restricted', rights }];
}
