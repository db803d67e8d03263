import { fsAccess, intersection } from '../../../landlock/access-set.js';
import { depthOf, type Rule, Rules } from './rule.js';

/**
 * After the fashion of gradm's full learning: a directory's entries have points, more where they
 * are used alike, and the deeper it lies the fewer points are enough to have one rule for all;
 * changing takes more points than looking, and some places are never reduced.
 */
export function scores(rules: readonly Rule[]): readonly Rule[] {
  const folded = new Rules(rules);
  for (;;) {
    const ripe = folded
      .byDirectory()
      .find(([path, entries]) => !spared.has(path) && pointsOf(entries) >= enough(path, entries));
    if (ripe === undefined) return folded.needed();
    folded.replace(ripe[1], ripe[0]);
  }
}

const spared: ReadonlySet<string> = new Set([
  '/',
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/lib',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/tmp',
  '/usr',
  '/usr/bin',
  '/var',
]);

function pointsOf(entries: readonly Rule[]): number {
  const alike = new Set(entries.map(({ access }) => access)).size === 1;
  return alike ? entries.length * 1.5 : entries.length;
}

function enough(path: string, entries: readonly Rule[]): number {
  const changes = entries.some(({ access }) => intersection(access, changing) !== 0);
  return Math.max(2, 9 - 2 * depthOf(path)) + (changes ? 2 : 0);
}

const changing = fsAccess(
  ...(['write_file', 'truncate', 'make_reg', 'make_dir', 'remove_file', 'remove_dir'] as const),
);
