import { fsAccess, intersection } from '../landlock/access-set.js';
import { isBeneath } from '../landlock/hierarchy.js';
import type { Finding, PathRule } from './inference.js';

/**
 * What may be both written and executed: a finding for each hierarchy that makes it so.
 *
 * @param rules - in the order of their paths.
 */
export function writableProgramFindings(rules: readonly PathRule[]): readonly Finding[] {
  const programs = new Map<string, string[]>();
  const above: Given[] = [];
  for (const { path, access } of rules) {
    for (let last = above.at(-1); last !== undefined && !isBeneath(path, last.path); ) {
      above.pop();
      last = above.at(-1);
    }
    const writer = above.at(-1)?.writer ?? (intersection(access, plant) === 0 ? undefined : path);
    const starter =
      above.at(-1)?.starter ?? (intersection(access, execute) === 0 ? undefined : path);
    if (writer !== undefined || starter !== undefined) above.push({ path, writer, starter });
    if (writer === undefined || starter === undefined) continue;
    // Told once, at the first rule from the top that both come together in.
    const meeting = writer.length > starter.length ? writer : starter;
    if (path === meeting) programs.set(writer, [...(programs.get(writer) ?? []), path]);
  }
  return [...programs].map(([, paths]) => ({
    severity: 'medium',
    sentence: `${counted(paths)} may be both written and executed: the program can run what it has written itself`,
    rules: paths,
    used: false,
  }));
}

const plant = fsAccess('write_file', 'make_reg');
const execute = fsAccess('execute');

/** The highest rules at or above a path that let one write, and execute. */
interface Given {
  readonly path: string;
  readonly writer: string | undefined;
  readonly starter: string | undefined;
}

function counted(paths: readonly string[]): string {
  const [first = '', ...more] = paths;
  return more.length === 0 ? first : `${first} and ${more.length} more paths`;
}
