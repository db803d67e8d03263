import { resolve } from 'node:path';
import { rawArguments } from '../../kernel/initial-process.js';
import { pathFromBytes } from '../../kernel/path-bytes.js';
import { type AccessClass, accessRights, type FsRight, type NetRight } from '../../landlock/abi.js';
import { isRightOf } from '../../landlock/access-set.js';
import type { FileType } from '../../landlock/operation.js';
import { UsageError } from '../errors.js';

/** What a person wants to know of a profile. No rights: all that make sense for the thing. */
export type Question =
  | { readonly kind: 'path'; readonly path: string; readonly rights: readonly FsRight[] }
  | {
      readonly kind: 'port';
      readonly port: number;
      readonly protocol: 'tcp' | 'udp' | undefined;
      readonly rights: readonly NetRight[];
    };

/**
 * Reads `PATH|PORT [RIGHT...]`. A number, or `tcp:` or `udp:` and a number, is a port; `./443` is
 * a file.
 *
 * @throws UsageError for a right or a port that there is not.
 */
export function questionOf(thing: string, rights: readonly string[]): Question {
  const [, protocol, digits] = /^(?:(tcp|udp):)?(\d+)$/.exec(thing) ?? [];
  if (digits === undefined) {
    return {
      kind: 'path',
      path: asTyped(thing),
      rights: rights.map((word) => rightOf('fs', word)),
    };
  }
  const port = Number(digits);
  if (port > 65535) throw new UsageError(`${thing}: a port is from 0 to 65535`, 'explain');
  const named = protocol === 'tcp' || protocol === 'udp' ? protocol : undefined;
  return {
    kind: 'port',
    port,
    protocol: named,
    rights: rights.flatMap((word) => portRights(word, named)),
  };
}

/** The rights that the kernel may ask for at a thing of this type, or for it in its directory. */
export function usualRights(type: FileType | 'missing'): readonly FsRight[] {
  switch (type) {
    case 'regular':
      return ['read_file', 'write_file', 'truncate', 'execute', 'remove_file'];
    case 'directory':
      return ['read_dir', ...directoryRights.filter((right) => right !== 'read_dir')];
    case 'char-device':
    case 'block-device':
      return ['read_file', 'write_file', 'ioctl_dev', 'remove_file'];
    case 'socket':
      return ['resolve_unix', 'remove_file'];
    case 'missing':
      return ['make_reg', 'make_dir', 'read_file', 'write_file', 'truncate', 'execute'];
    case 'fifo':
    case 'symlink':
      return ['read_file', 'write_file', 'remove_file'];
  }
}

/** Rights that the kernel asks for in a directory, of what is in it or is to be. */
export const directoryRights: readonly FsRight[] = accessRights.flatMap((right) =>
  right.class === 'fs' && !right.onFiles ? [right.name] : [],
);

/** The rights of both protocols, or of one. */
export function usualPortRights(
  protocol: 'tcp' | 'udp' | undefined,
  udpIsHandled: boolean,
): readonly NetRight[] {
  const tcp: readonly NetRight[] = protocol === 'udp' ? [] : ['bind_tcp', 'connect_tcp'];
  const withUdp = protocol === 'udp' || (protocol === undefined && udpIsHandled);
  return withUdp ? [...tcp, 'bind_udp', 'connect_send_udp'] : tcp;
}

/** The path as its bytes were typed, absolute. Node's own text of it is lossy. */
function asTyped(word: string): string {
  if (word === '') throw new UsageError('an empty path names nothing', 'explain');
  if (!word.includes('\ufffd')) return resolve(word);
  const [bytes = Buffer.from(word)] = rawArguments(process.argv.lastIndexOf(word));
  return resolve(pathFromBytes(bytes));
}

function rightOf(accessClass: 'fs', word: string): FsRight {
  const name = word.replace(/^fs\./, '');
  if (isRightOf(accessClass, name)) return name;
  throw new UsageError(
    `${word} is no right on files: expected one of ${namesOf(accessClass)}`,
    'explain',
  );
}

function portRights(word: string, protocol: 'tcp' | 'udp' | undefined): readonly NetRight[] {
  const name = word.replace(/^net\./, '');
  if (isRightOf('net', name)) return [name];
  const of = protocol ?? 'tcp';
  if (name === 'bind') return [`bind_${of}`];
  if (name === 'connect') return [of === 'tcp' ? 'connect_tcp' : 'connect_send_udp'];
  throw new UsageError(
    `${word} is no right on ports: expected bind, connect or one of ${namesOf('net')}`,
    'explain',
  );
}

function namesOf(accessClass: AccessClass): string {
  return accessRights
    .filter((right) => right.class === accessClass)
    .map(({ name }) => name)
    .join(', ');
}
