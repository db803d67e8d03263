import { accessNames, fsAccess, isSubset } from './access-set.js';
import type { Requirement } from './requirement.js';

/** A refused access, or one that a permissive domain would refuse: what an audit record says. */
export interface Denial {
  /** The domain's id, in the kernel's hexadecimal digits. */
  readonly domain: string;
  /** What was missing, as the kernel's audit records spell it: `fs.read_file`, `scope.signal`. */
  readonly blockers: readonly string[];
  readonly object: DeniedObject;
  /** What the same call will ask of the same object once the blockers are granted. */
  readonly next?: readonly string[];
  readonly asker: Asker;
  /** Where a move from one directory to another was refused: both, of which `object` is one. */
  readonly move?: { readonly from: string; readonly to: string };
}

export type DeniedObject =
  | {
      readonly kind: 'path';
      /** What makes or removes is refused at the directory that holds it. */
      readonly path: string;
      /** The device's name, or its numbers. */
      readonly device: string | undefined;
      readonly inode: string | undefined;
    }
  /** 0: whichever port is free. */
  | { readonly kind: 'port'; readonly port: number }
  /** Without the zero byte that it begins with. */
  | { readonly kind: 'abstract-socket'; readonly name: string }
  | { readonly kind: 'process'; readonly id: number; readonly name: string };

/** Who asked, as far as that is known. */
export interface Asker {
  readonly process: number | undefined;
  readonly executable: string | undefined;
  /** The system call's name. */
  readonly call: string | undefined;
  /** How it failed. */
  readonly result: string | undefined;
}

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
