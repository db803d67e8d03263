import {
  allAccess,
  type FsAccess,
  intersection,
  type NetAccess,
  type Scopes,
} from './access-set.js';

/** Rights on a file hierarchy: the file or directory at `path`, and all beneath it. */
export interface PathBeneath {
  readonly path: string;
  readonly access: FsAccess;
}

/** Rights on a port, whatever the address. Port 0 stands for "any free port" of a bind. */
export interface NetPort {
  readonly port: number;
  readonly access: NetAccess;
}

/** What a ruleset handles (and so denies unless a rule allows it), and its rules. */
export interface Ruleset {
  readonly handledFs: FsAccess;
  readonly handledNet: NetAccess;
  readonly scoped: Scopes;
  readonly paths: readonly PathBeneath[];
  readonly ports: readonly NetPort[];
}

/** The ruleset that denies all that a version of the ABI can deny: where learning starts. */
export function emptyRuleset(abi: number): Ruleset {
  return {
    handledFs: allAccess('fs', abi),
    handledNet: allAccess('net', abi),
    scoped: allAccess('scope', abi),
    paths: [],
    ports: [],
  };
}

/** Whether a kernel of this ABI would restrict nothing by it, and so takes it for none (ENOMSG). */
export function restrictsNothing({ handledFs, handledNet, scoped }: Ruleset, abi: number): boolean {
  const known = [
    intersection(handledFs, allAccess('fs', abi)),
    intersection(handledNet, allAccess('net', abi)),
    intersection(scoped, allAccess('scope', abi)),
  ];
  return known.every((set) => set === 0);
}
