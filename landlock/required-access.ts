import type { FsRight, NetRight, Scope } from './abi.js';
import {
  allAccess,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  type NetAccess,
  netAccess,
  union,
} from './access-set.js';
import { parentOf } from './hierarchy.js';
import type { FileType, Operation } from './operation.js';

/** One thing that the kernel checks of an operation. */
export type Requirement =
  /** All of `access` must be granted at `path` or above it. `directory`: what `path` is. */
  | {
      readonly kind: 'path';
      readonly path: string;
      readonly access: FsAccess;
      readonly directory: boolean;
    }
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
  /** Refused where any file-system right is handled. */
  | { readonly kind: 'topology' };

/**
 * What a kernel of this ABI checks before it allows an operation: the one place where the
 * semantics of security/landlock live. Every answer is measured against the kernel by the tests.
 */
export function requiredAccess(operation: Operation, abi: number): readonly Requirement[] {
  return everyRequirement(operation)
    .map((requirement) => asCheckedBy(abi, requirement))
    .filter((requirement) => requirement !== null);
}

function everyRequirement(operation: Operation): Requirement[] {
  switch (operation.kind) {
    case 'open':
      return openRequirements(operation);
    case 'open-unnamed':
      return [onDirectory(operation.directory, ...readWrite(operation.read, operation.write))];
    case 'execute':
      return [operation.program, ...operation.interpreters].map((path) =>
        onFile(path, 'execute', 'read_file'),
      );
    case 'make':
      return [onDirectory(parentOf(operation.path), makeRight(operation.type))];
    case 'remove':
      return [onDirectory(parentOf(operation.path), removeRight(operation.type))];
    case 'rename':
      return renameRequirements(operation);
    case 'link':
      return linkRequirements(operation);
    case 'truncate':
      return [onFile(operation.path, 'truncate')];
    case 'device-ioctl':
      return [onFile(operation.path, 'ioctl_dev')];
    case 'bind':
      return [onPort(operation.port, operation.protocol === 'tcp' ? 'bind_tcp' : 'bind_udp')];
    case 'connect':
      return connectRequirements(operation);
    case 'connect-unix':
      return [onFile(operation.path, 'resolve_unix')];
    case 'connect-abstract':
      return operation.inside ? [] : [{ kind: 'scope', scope: 'abstract_unix_socket' }];
    case 'signal':
      return operation.inside ? [] : [{ kind: 'scope', scope: 'signal' }];
    case 'change-topology':
      return [{ kind: 'topology' }];
  }
}

/**
 * A new file's rights are looked up from its directory, where its own inode has no rule yet, and
 * truncating nothing needs no right. (get_required_file_open_access, current_check_access_path)
 */
function openRequirements(operation: Operation & { kind: 'open' }): Requirement[] {
  const { path, read, write } = operation;
  if (operation.type === 'directory') {
    return read ? [onDirectory(path, 'read_dir')] : [];
  }
  const rights = readWrite(read, write);
  if (operation.create === 'new' || operation.create === 'exclusive') {
    return [
      onDirectory(parentOf(path), 'make_reg'),
      ...(rights.length > 0 ? [onFile(path, ...rights)] : []),
    ];
  }
  // The kernel truncates regular files alone (do_open in fs/namei.c): `>/dev/null` asks nothing.
  const truncates = operation.truncate && operation.type === 'regular';
  const all: FsRight[] = truncates ? [...rights, 'truncate'] : rights;
  return all.length > 0 ? [onFile(path, ...all)] : [];
}

/** Within one directory a rename makes and removes; REFER is asked only where it crosses. */
function renameRequirements(operation: Operation & { kind: 'rename' }): Requirement[] {
  const { from, to, type, replaced, exchange } = operation;
  const source: FsRight[] = [removeRight(type)];
  const destination: FsRight[] = [makeRight(type)];
  if (replaced !== null) destination.push(removeRight(replaced));
  if (exchange && replaced !== null) source.push(makeRight(replaced));
  const requirements = twoDirectories(from, to, source, destination, type);
  if (exchange && replaced !== null && parentOf(from) !== parentOf(to)) {
    requirements.push(noGain(to, from, replaced));
  }
  return requirements;
}

function linkRequirements(operation: Operation & { kind: 'link' }): Requirement[] {
  const { from, to, type } = operation;
  return twoDirectories(from, to, [], [makeRight(type)], type);
}

function twoDirectories(
  from: string,
  to: string,
  source: readonly FsRight[],
  destination: readonly FsRight[],
  type: FileType,
): Requirement[] {
  if (parentOf(from) === parentOf(to))
    return [onDirectory(parentOf(to), ...source, ...destination)];
  return [
    onDirectory(parentOf(from), ...source, 'refer'),
    onDirectory(parentOf(to), ...destination, 'refer'),
    noGain(from, to, type),
  ];
}

function noGain(from: string, to: string, type: FileType): Requirement {
  // Of something that is no directory, only the rights that a file can carry are compared.
  const among = type === 'directory' ? allAccess('fs', Number.POSITIVE_INFINITY) : fileAccess;
  return { kind: 'no-gain', from, to, among };
}

/** An unbound UDP socket is bound to a free port by its first send or connect. */
function connectRequirements(operation: Operation & { kind: 'connect' }): Requirement[] {
  if (operation.protocol === 'tcp') return [onPort(operation.port, 'connect_tcp')];
  return [onPort(operation.port, 'connect_send_udp'), onPort(0, 'bind_udp')];
}

function readWrite(read: boolean, write: boolean): FsRight[] {
  return [...(read ? (['read_file'] as const) : []), ...(write ? (['write_file'] as const) : [])];
}

function makeRight(type: FileType): FsRight {
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

function removeRight(type: FileType): FsRight {
  return type === 'directory' ? 'remove_dir' : 'remove_file';
}

function onFile(path: string, ...rights: readonly FsRight[]): Requirement {
  return { kind: 'path', path, access: fsAccess(...rights), directory: false };
}

function onDirectory(path: string, ...rights: readonly FsRight[]): Requirement {
  return { kind: 'path', path, access: fsAccess(...rights), directory: true };
}

function onPort(port: number, ...rights: readonly NetRight[]): Requirement {
  return { kind: 'port', port, access: netAccess(...rights) };
}

/** The part of a requirement that this ABI knows of; null when it checks none of it. */
function asCheckedBy(abi: number, requirement: Requirement): Requirement | null {
  switch (requirement.kind) {
    case 'path': {
      const known = union(allAccess('fs', abi), fsAccess('refer'));
      const access = intersection(requirement.access, known);
      return access === 0 ? null : { ...requirement, access };
    }
    case 'no-gain':
      return {
        ...requirement,
        among: intersection(difference(requirement.among, fsAccess('refer')), allAccess('fs', abi)),
      };
    case 'port': {
      const access = intersection(requirement.access, allAccess('net', abi));
      return access === 0 ? null : { ...requirement, access };
    }
    case 'scope':
      return (allAccess('scope', abi) as number) === 0 ? null : requirement;
    case 'topology':
      return requirement;
  }
}
