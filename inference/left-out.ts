import { domainOf, judge } from '../landlock/domain.js';
import type { Finding, Inference } from './inference.js';
import { basename } from './names.js';
import { rulesetOf } from './ruleset.js';
import type { LeftOut } from './selection.js';

/**
 * Tells what was not granted although it was seen: what fails now, and what other rules allow all
 * the same, so that leaving it out was in vain.
 */
export function leftOutFindings(
  leftOut: readonly LeftOut[],
  inference: Inference,
): readonly Finding[] {
  const domain = domainOf(inference.abi, rulesetOf(inference));
  const groups = new Map<string, Group>();
  for (const { record, path, glob } of leftOut) {
    const by = glob === undefined ? '--include' : `${glob.from} ${glob.source}`;
    const { allowed } = judge(domain, record.operation);
    const key = `${by} ${allowed}`;
    const group = groups.get(key) ?? { by, allowed, paths: new Set(), programs: new Set() };
    group.paths.add(path);
    group.programs.add(basename(record.executable));
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ severity: 'warning', sentence: sentence(group) }));
}

interface Group {
  readonly by: string;
  readonly allowed: boolean;
  readonly paths: Set<string>;
  readonly programs: Set<string>;
}

function sentence({ by, allowed, paths, programs }: Group): string {
  const who = named([...programs].sort());
  const what = named([...paths].sort());
  return allowed
    ? `${by} is in vain for ${what}: rules that are needed otherwise grant it to ${who} all the same`
    : `${by} leaves out what ${who} did to ${what}: that fails under the profile`;
}

function named(names: readonly string[]): string {
  const more = names.length - 2;
  return more > 0 ? `${names.slice(0, 2).join(', ')} and ${more} more` : names.join(' and ');
}
