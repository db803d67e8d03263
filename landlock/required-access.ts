import type { FsRight } from './abi.js';
import {
  allAccess,
  difference,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from './access-set.js';
import { parentOf } from './hierarchy.js';
import { linkRequirements, renameRequirements } from './moves.js';
import type { Operation } from './operation.js';
import {
  makeRight,
  onDirectory,
  onFile,
  onPort,
  type Requirement,
  removeRight,
  whiteoutRights,
} from './requirement.js';

/**
 * What a kernel of this ABI checks before it allows an operation: the one place where the
 * semantics of security/landlock live. Every answer is measured against the kernel by the tests.
 *
 * @param errata - what of Landlock was corrected in that kernel, where it is known which it is.
 */
export function requiredAccess(
  operation: Operation,
  abi: number,
  errata?: number,
): readonly Requirement[] {
  const required = everyRequirement(operation, abi, errata);
  // As it mostly is, where a million operations are asked for.
  if (required.every((one) => asCheckedBy(abi, one) === one)) return required;
  return required
    .map((requirement) => asCheckedBy(abi, requirement))
    .filter((requirement) => requirement !== null);
}

function everyRequirement(
  operation: Operation,
  abi: number,
  errata: number | undefined,
): Requirement[] {
  switch (operation.kind) {
    case 'open':
      return openRequirements(operation);
    case 'open-unnamed':
      return [onDirectory(operation.directory, readWrite(operation.read, operation.write))];
    case 'execute':
      return [operation.program, ...operation.interpreters].map((path) => onFile(path, executing));
    case 'make':
      return [onDirectory(parentOf(operation.path), fsAccess(...madeBy(operation, abi, errata)))];
    case 'remove':
      return [onDirectory(parentOf(operation.path), fsAccess(removeRight(operation.type)))];
    case 'rename':
      return renameRequirements(operation, abi, errata);
    case 'link':
      return linkRequirements(operation, abi);
    case 'truncate':
      return [onFile(operation.path, truncating)];
    case 'device-ioctl':
      return [onFile(operation.path, fsAccess('ioctl_dev'))];
    case 'bind':
      return [onPort(operation.port, operation.protocol === 'tcp' ? 'bind_tcp' : 'bind_udp')];
    case 'connect':
      return connectRequirements(operation);
    case 'connect-unix':
      return operation.inside ? [] : [onFile(operation.path, fsAccess('resolve_unix'))];
    case 'connect-abstract':
      return operation.inside ? [] : [{ kind: 'scope', scope: 'abstract_unix_socket' }];
    case 'signal':
      return operation.inside ? [] : [{ kind: 'scope', scope: 'signal' }];
    case 'trace-process':
      return operation.inside ? [] : [{ kind: 'tracing' }];
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
    return read ? [onDirectory(path, fsAccess('read_dir'))] : [];
  }
  const access = readWrite(read, write);
  if (operation.create === 'new' || operation.create === 'exclusive') {
    return [
      onDirectory(parentOf(path), fsAccess('make_reg')),
      ...(access === 0 ? [] : [{ ...onFile(path, access), made: true }]),
    ];
  }
  // The kernel truncates regular files alone (do_open in fs/namei.c): `>/dev/null` asks nothing.
  const truncates = operation.truncate && operation.type === 'regular';
  const all = truncates ? union(access, truncating) : access;
  return all === 0 ? [] : [onFile(path, all)];
}

/** An unbound UDP socket is bound to a free port by its first send or connect. */
function connectRequirements(operation: Operation & { kind: 'connect' }): Requirement[] {
  const { protocol, port, bound } = operation;
  if (protocol === 'tcp') return [onPort(port, 'connect_tcp')];
  const reached = onPort(port, 'connect_send_udp');
  return bound ? [reached] : [reached, onPort(0, 'bind_udp')];
}

function madeBy(
  { type, whiteout }: Operation & { kind: 'make' },
  abi: number,
  errata: number | undefined,
): FsRight[] {
  return whiteout ? whiteoutRights(abi, errata) : [makeRight(type)];
}

function readWrite(read: boolean, write: boolean): FsAccess {
  return union(read ? reading : fsAccess(), write ? writing : fsAccess());
}

const executing = fsAccess('execute', 'read_file');
const reading = fsAccess('read_file');
const writing = fsAccess('write_file');
const truncating = fsAccess('truncate');

/** The part of a requirement that this ABI knows of; null when it checks none of it. */
function asCheckedBy(abi: number, requirement: Requirement): Requirement | null {
  switch (requirement.kind) {
    case 'path': {
      const access = intersection(requirement.access, union(allAccess('fs', abi), refer));
      if (access === requirement.access) return requirement;
      return access === 0 ? null : { ...requirement, access };
    }
    case 'no-gain':
      return {
        ...requirement,
        among: intersection(difference(requirement.among, refer), allAccess('fs', abi)),
      };
    case 'port': {
      const access = intersection(requirement.access, allAccess('net', abi));
      return access === 0 ? null : { ...requirement, access };
    }
    case 'scope':
      return (allAccess('scope', abi) as number) === 0 ? null : requirement;
    case 'tracing':
    case 'topology':
      return requirement;
  }
}

const refer = fsAccess('refer');
