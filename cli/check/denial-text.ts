import type { Inference } from '../../inference/inference.js';
import { basename } from '../../inference/names.js';
import { formatAccess } from '../../landlock/access-set.js';
import type { Denial, DeniedObject } from '../../landlock/denial.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import { nearestRule, type Remedy, remedyFor } from './remedy.js';
import type { WouldBeDenial } from './would-be-denials.js';

/** The same asked by several programs. */
export interface Told {
  readonly denial: Denial;
  readonly askers: readonly string[];
  readonly count: number;
}

/** The same denials as one, whoever asked. */
export function deniedTogether(denials: readonly WouldBeDenial[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const { denial, count } of denials) {
    const { blockers, object, asker } = denial;
    const name = object.kind === 'path' ? object.path : object;
    const key = JSON.stringify([blockers, name, asker.result]);
    const before = told.get(key) ?? { denial, askers: [], count: 0 };
    const who = `${basename(asker.executable ?? 'a program')} (${asker.call ?? 'a call'})`;
    told.set(key, { ...before, askers: [...before.askers, who], count: before.count + count });
  }
  return [...told.values()];
}

/** `2 accesses (5 calls)`. */
export function times(told: readonly Told[]): string {
  const count = told.reduce((sum, one) => sum + one.count, 0);
  const what = told.length === 1 ? '1 access' : `${told.length} accesses`;
  return count === told.length ? what : `${what} (${count} calls)`;
}

/** What was denied to whom, which rule came nearest, and the smallest change that would allow it. */
export function denialLines(
  { denial, askers, count }: Told,
  profile: PlacedProfile,
  lack: Inference,
): readonly string[] {
  const often = count === 1 ? 'once' : `${count} times`;
  const who = askers.join(', ');
  return [
    `${denial.blockers.join(', ')} ${whereOf(denial.object)}: ${who}, ${often}, ${denial.asker.result}`,
    ...(denial.object.kind === 'path' ? [`  nearest: ${nearestText(denial, profile)}`] : []),
    `  change: ${remedyText(remedyFor(denial, lack))}`,
  ];
}

function whereOf(object: DeniedObject): string {
  switch (object.kind) {
    case 'path':
      return `on ${object.path}`;
    case 'port':
      return `on port ${object.port}`;
    case 'abstract-socket':
      return `to the abstract socket ${object.name}`;
    case 'process':
      return 'to a process outside';
  }
}

function nearestText(denial: Denial, profile: PlacedProfile): string {
  const nearest = nearestRule(denial, profile);
  if (nearest === undefined) return 'no rule lies on it or above';
  const { named, access, source } = nearest.rule;
  const at = source === undefined ? '' : ` (${source.file}:${source.line})`;
  return `the rule on ${named} ${formatAccess('fs', access)}${at}`;
}

function remedyText(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'path':
      return `allow ${remedy.access.join(', ')} on ${remedy.path}`;
    case 'port':
      return `allow ${remedy.access.join(', ')} on port ${remedy.port}`;
    case 'unscope':
      return `leave ${remedy.scope} out of "scoped": no rule makes an exception`;
    case 'none':
      return 'none: no rule can allow it';
  }
}
