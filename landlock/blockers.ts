import { accessNames, fsAccess, isSubset } from './access-set.js';
import type { Requirement } from './requirement.js';

/** What the kernel answers where Landlock denies. */
export type Errno = 'EACCES' | 'EXDEV' | 'EPERM';

/** What blocks, as the kernel's audit records spell it. */
export function blockersOf(requirement: Requirement): readonly string[] {
  switch (requirement.kind) {
    case 'path':
      return accessNames('fs', requirement.access).map((name) => `fs.${name}`);
    case 'no-gain':
      return ['fs.refer'];
    case 'port':
      return accessNames('net', requirement.access).map((name) => `net.${name}`);
    case 'scope':
      return [`scope.${requirement.scope}`];
    case 'tracing':
      return ['ptrace'];
    case 'topology':
      return ['fs.change_topology'];
  }
}

/** A missing right to make or remove wins over a refused crossing; what no rule allows is EPERM. */
export function errnoOf(missing: readonly Requirement[]): Errno {
  if (missing.some(({ kind }) => kind === 'scope' || kind === 'topology' || kind === 'tracing')) {
    return 'EPERM';
  }
  const refer = fsAccess('refer');
  const onlyCrossing = missing.every(
    (requirement) =>
      requirement.kind === 'no-gain' ||
      (requirement.kind === 'path' && isSubset(requirement.access, refer)),
  );
  return onlyCrossing ? 'EXDEV' : 'EACCES';
}
