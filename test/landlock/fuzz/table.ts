import type { Tally } from './fuzz.js';

/** A run's cases by call: how many were allowed, denied, or ended for other reasons. */
export function tableOf({ ends }: Pick<Tally, 'ends'>): string {
  const rows = [...ends]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([call, of]) => [call, ...splitOf(of)] as const);
  const sums = [0, 1, 2, 3].map((column) =>
    rows.reduce((sum, row) => sum + Number(row[column + 1]), 0),
  );
  const lines = [
    ['call', 'cases', 'allowed', 'denied', 'other errors'],
    ['---', '---:', '---:', '---:', '---:'],
    ...rows,
    ['all', ...sums],
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** EACCES, EXDEV and EPERM are counted as denials: few of them have another reason here. */
function splitOf(ends: ReadonlyMap<string, number>): readonly number[] {
  const sum = (wanted: (end: string) => boolean) =>
    [...ends].reduce((all, [end, count]) => (wanted(end) ? all + count : all), 0);
  const denied = sum((end) => denials.has(end));
  const allowed = sum((end) => passed.has(end));
  const all = sum(() => true);
  return [all, allowed, denied, all - allowed - denied];
}

const denials = new Set(['EACCES', 'EXDEV', 'EPERM']);
/** A refused connection and a request that a device does not know have passed Landlock. */
const passed = new Set(['ok', 'ECONNREFUSED', 'ENOTTY', 'EOPNOTSUPP']);
