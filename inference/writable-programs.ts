import { type FsAccess, fsAccess, intersection } from '../landlock/access-set.js';
import { hierarchiesOf } from '../landlock/hierarchy.js';
import type { Finding, PathRule } from './inference.js';

/** What may be both written and executed: a finding for each hierarchy that makes it so. */
export function writableProgramFindings(rules: readonly PathRule[]): readonly Finding[] {
  const access = new Map(rules.map((rule) => [rule.path, rule.access]));
  const programs = new Map<string, string[]>();
  for (const { path } of rules) {
    const writer = topmost(path, plant, access);
    const starter = topmost(path, execute, access);
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

/** The highest rule above or at a path that grants any of these rights. */
function topmost(
  path: string,
  rights: FsAccess,
  access: ReadonlyMap<string, FsAccess>,
): string | undefined {
  let highest: string | undefined;
  for (const hierarchy of hierarchiesOf(path)) {
    if (intersection(access.get(hierarchy) ?? fsAccess(), rights) !== 0) highest = hierarchy;
  }
  return highest;
}

function counted(paths: readonly string[]): string {
  const [first = '', ...more] = paths;
  return more.length === 0 ? first : `${first} and ${more.length} more paths`;
}
