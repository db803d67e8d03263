import {
  allAccess,
  type FsAccess,
  type NetAccess,
  type Scopes,
} from '../../landlock/access-set.js';

/** What a tool, or a version of the ABI, can restrict. */
export interface Known {
  readonly fs: FsAccess;
  readonly net: NetAccess;
  readonly scoped: Scopes;
}

/** All that a version of the ABI knows. */
export function knownOf(abi: number): Known {
  return {
    fs: allAccess('fs', abi),
    net: allAccess('net', abi),
    scoped: allAccess('scope', abi),
  };
}
