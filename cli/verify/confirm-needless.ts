import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessNames, type FsAccess, type NetAccess } from '../../landlock/access-set.js';
import type { Denial } from '../../landlock/denial.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import { loadProfile } from '../../profiles/load.js';
import { writeToml } from '../../profiles/write-toml.js';
import { BaseProfile } from '../base-profile.js';
import { judgedDomain } from '../check/judged-domain.js';
import type { WatchedCommand } from '../watched-command.js';
import { type EnforcedRun, enforcedRun } from './enforced-run.js';
import { grantsOf } from './grants.js';
import { type Needless, needlessIn } from './minimise.js';
import { withoutNeedless } from './without.js';

/**
 * The rights of a profile that its command does without, by the model of one run, and confirmed by
 * another under the profile without them. What is denied then was needed after all, since the first
 * run has left the disk as it is; it stays, and the rest is tried again.
 *
 * @returns undefined where the command ends otherwise, though nothing is denied.
 */
export async function confirmedNeedless(
  { base, allowed, trace }: EnforcedRun,
  watched: WatchedCommand,
  descriptors: readonly number[],
): Promise<readonly Needless[] | undefined> {
  const added = base.alone.decisions?.filter(({ action }) => action === 'add') ?? [];
  const byHand = new Set(
    added.flatMap(({ subject }) => (subject.kind === 'path' ? [subject.path] : [])),
  );
  let needless = needlessIn(grantsOf(base.placed), judgedDomain(base), allowed).filter(
    ({ grant }) =>
      grant.kind !== 'path' || !grant.places.some(({ place }) => byHand.has(place.path)),
  );
  while (needless.length > 0) {
    const { denials, trace: again } = await underLess(base, needless, watched, descriptors);
    if (denials.length === 0) {
      const same = JSON.stringify(again.outcome) === JSON.stringify(trace.outcome);
      return same ? needless : undefined;
    }
    const left = needless.filter((one) => !denials.some(({ denial }) => serves(one, denial)));
    if (left.length === needless.length) return undefined;
    needless = left;
  }
  return needless;
}

/** Runs it under the profile without them, which lies elsewhere for as long. */
async function underLess(
  { file }: BaseProfile,
  needless: readonly Needless[],
  watched: WatchedCommand,
  descriptors: readonly number[],
): Promise<EnforcedRun> {
  const directory = mkdtempSync(join(tmpdir(), 'll-learn-'));
  try {
    const narrower = join(directory, 'narrower.toml');
    writeFileSync(narrower, writeToml(withoutNeedless(loadProfile(file), needless)));
    return await enforcedRun(new BaseProfile(narrower), watched, descriptors);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function serves({ grant, access }: Needless, { object, blockers }: Denial): boolean {
  if (grant.kind === 'port') {
    const names = accessNames('net', access as NetAccess);
    const isThere = object.kind === 'port' && object.port === grant.port;
    return isThere && names.some((name) => blockers.includes(`net.${name}`));
  }
  const names = accessNames('fs', access as FsAccess);
  if (object.kind !== 'path' || !names.some((name) => blockers.includes(`fs.${name}`)))
    return false;
  return grant.places.some(({ place }) => isBeneath(object.path, place.path));
}
