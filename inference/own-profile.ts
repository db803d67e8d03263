import { fsAccess, intersection, isSubset, union } from '../landlock/access-set.js';
import { isBeneath, parentOf } from '../landlock/hierarchy.js';
import { findingsInOrder } from './findings.js';
import type { Inference, PathRule } from './inference.js';

/**
 * Tells where the rules of a profile let the program write the profile: whoever takes the program
 * over could grant himself more for the next time.
 *
 * @param file - the profile's, absolute and without symlinks.
 */
export function withOwnProfile(inference: Inference, file: string): Inference {
  const above = inference.paths.filter(({ path }) => isBeneath(file, path));
  const access = above.reduce((granted, rule) => union(granted, rule.access), fsAccess());
  const replaces = isSubset(replacing, access);
  if (intersection(access, writing) === 0 && !replaces) return inference;
  const rules = above.filter((rule) => grants(rule, replaces)).map(({ path }) => path);
  const sentence = `the profile itself, ${file}, may be written under it: the program can grant itself more for the next time; keep it outside of ${parentOf(file)}`;
  return {
    ...inference,
    findings: findingsInOrder([
      ...inference.findings,
      { severity: 'high', sentence, rules, used: false },
    ]),
  };
}

function grants({ access }: PathRule, replaces: boolean): boolean {
  return intersection(access, replaces ? union(writing, replacing) : writing) !== 0;
}

const writing = fsAccess('write_file');
/** A file is put in its place. */
const replacing = fsAccess('remove_file', 'make_reg');
