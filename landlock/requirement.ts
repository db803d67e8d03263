import type { FsRight, NetRight, Scope } from './abi.js';
import { type FsAccess, type NetAccess, netAccess } from './access-set.js';
import type { FileType } from './operation.js';

/** One thing that the kernel checks of an operation. */
export type Requirement =
  | PathRequirement
  /** `to`'s directory may grant the object no right of `among` that it lacks at `from`. */
  | {
      readonly kind: 'no-gain';
      readonly from: string;
      readonly to: string;
      readonly among: FsAccess;
    }
  | { readonly kind: 'port'; readonly port: number; readonly access: NetAccess }
  /** Refused where the scope is set; no rule makes an exception. */
  | { readonly kind: 'scope'; readonly scope: Scope }
  /** Refused in any domain, whatever it handles, that the other process is not in as well. */
  | { readonly kind: 'tracing' }
  /** Refused where any file-system right is handled. */
  | { readonly kind: 'topology' };

/** All of `access` must be granted at `path` or above it. */
export interface PathRequirement {
  readonly kind: 'path';
  readonly path: string;
  readonly access: FsAccess;
  /** What `path` is. */
  readonly directory: boolean;
  /** Whether the operation itself makes what is at `path`, so that no rule can be tied to it. */
  readonly made?: boolean;
}

/**
 * The rights that a whiteout asks its directory for when mknod(2) makes it: of a device, until
 * erratum 4 was corrected, and of a file since.
 */
export function whiteoutRights(abi: number, errata: number | undefined): FsRight[] {
  if (whiteoutsAreFiles(abi, errata)) return ['make_reg'];
  // Updates of older kernels have corrected it (6.1.192): who holds for all asks for both.
  return errata === undefined ? ['make_char', 'make_reg'] : ['make_char'];
}

/** Whether RENAME_WHITEOUT asks for making a file: of kernels that are not known, it may. */
export function renamingMakesWhiteout(abi: number, errata: number | undefined): boolean {
  return errata === undefined || whiteoutsAreFiles(abi, errata);
}

/** Erratum 4, as LANDLOCK_CREATE_RULESET_ERRATA tells of it. Every kernel of ABI 11 has it. */
function whiteoutsAreFiles(abi: number, errata = 0): boolean {
  return abi >= 11 || (errata & (1 << 3)) !== 0;
}

export function makeRight(type: FileType): FsRight {
  switch (type) {
    case 'regular':
      return 'make_reg';
    case 'directory':
      return 'make_dir';
    case 'symlink':
      return 'make_sym';
    case 'fifo':
      return 'make_fifo';
    case 'socket':
      return 'make_sock';
    case 'char-device':
      return 'make_char';
    case 'block-device':
      return 'make_block';
  }
}

export function removeRight(type: FileType): FsRight {
  return type === 'directory' ? 'remove_dir' : 'remove_file';
}

export function onFile(path: string, access: FsAccess): PathRequirement {
  return { kind: 'path', path, access, directory: false };
}

export function onDirectory(path: string, access: FsAccess): PathRequirement {
  return { kind: 'path', path, access, directory: true };
}

export function onPort(port: number, ...rights: readonly NetRight[]): Requirement {
  return { kind: 'port', port, access: netAccess(...rights) };
}
