import { constants } from 'node:fs';
import type { Operation } from '../../../landlock/operation.js';
import { openFlags, requestNamed } from './flags.js';
import { modelPath, type Outlook, objectsOf, unasked } from './outlook.js';
import { type Found, type Node, node, split, type Tree } from './tree.js';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDWR, O_TRUNC, O_WRONLY } = constants;
const O_ACCMODE = 3;
const O_PATH = 0o10000000;
const O_TMPFILE_ALONE = 0o20000000;

/** open(2), by a path from the root. */
export function openOutlook(tree: Tree, path: string, words: string): Outlook {
  const flags = openFlags(words);
  const exclusive = (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0;
  const found = tree.find(path, (flags & O_NOFOLLOW) === 0 && !exclusive);
  if (typeof found === 'string') return unasked(found);
  if ((flags & O_PATH) !== 0) return onPathOutlook(found, flags);
  return foundOutlook(tree, found, flags);
}

/** Opening what is open already once more, by its link in /proc: by no name of it. */
export function openAgainOutlook(tree: Tree, path: string, words: string): Outlook {
  const found = tree.find(path, true);
  if (typeof found === 'string') return unasked(found);
  return existingOutlook(found.path, found.node ?? node('regular'), openFlags(words));
}

/** The same, of what was removed since: it lies where it did, under the rules that it had. */
export function openRemovedOutlook(tree: Tree, path: string, words: string): Outlook {
  const removed = tree.at(path) ?? node('regular');
  tree.remove(path);
  const outlook = existingOutlook(path, removed, openFlags(words));
  const objects = objectsOf(tree);
  const objectOf = (name: string) => (name === modelPath(path) ? removed.id : objects(name));
  return { ...outlook, circumstances: { objectOf } };
}

/** truncate(2). */
export function truncateOutlook(tree: Tree, path: string): Outlook {
  const found = tree.find(path, true);
  if (typeof found === 'string') return unasked(found);
  if (found.node === undefined) return unasked('ENOENT');
  if (found.node.type === 'directory') return unasked('EISDIR');
  if (found.node.type !== 'regular') return unasked('EINVAL');
  return { operations: [{ kind: 'truncate', path: modelPath(found.path) }], end: 'ok' };
}

/** ftruncate(2) of a file that was opened in the domain. */
export function ftruncateOutlook(tree: Tree, path: string, words: string): Outlook {
  const opened = openOutlook(tree, path, words);
  if (opened.end !== 'ok') return opened;
  const flags = openFlags(words);
  const mode = flags & O_ACCMODE;
  if (mode !== O_WRONLY && mode !== O_RDWR) return { ...opened, end: 'EINVAL' };
  const [first] = opened.operations;
  if (first?.kind === 'open' && first.type !== 'regular') return { ...opened, end: 'EINVAL' };
  // What has no name yet, or none before, is cut by the right of its directory.
  const place =
    first?.kind === 'open-unnamed' ? `${first.directory}/unnamed` : modelPath(pathOf(tree, path));
  return { ...opened, operations: [...opened.operations, { kind: 'truncate', path: place }] };
}

/** ioctl(2) of a device that was opened in the domain. */
export function ioctlOutlook(tree: Tree, path: string, name: string): Outlook {
  const request = requestNamed(name);
  const opened = openOutlook(tree, path, 'O_RDONLY');
  const [first] = opened.operations;
  if (opened.end !== 'ok' || first?.kind !== 'open') return opened;
  const asked: Operation = { kind: 'device-ioctl', path: first.path, type: first.type };
  const operations = request.exempt ? opened.operations : [...opened.operations, asked];
  return { operations, end: request.end };
}

function pathOf(tree: Tree, path: string): string {
  const found = tree.find(path, true);
  return typeof found === 'string' ? path : found.path;
}

function onPathOutlook({ node: there }: Found, flags: number): Outlook {
  if (there === undefined) return unasked('ENOENT');
  const wrong = (flags & O_DIRECTORY) !== 0 && there.type !== 'directory';
  return unasked(wrong ? 'ENOTDIR' : 'ok');
}

function foundOutlook(tree: Tree, found: Found, flags: number): Outlook {
  if (found.node !== undefined) return existingOutlook(found.path, found.node, flags);
  if ((flags & O_CREAT) === 0) return unasked('ENOENT');
  if (tree.at(split(found.path).parent)?.type !== 'directory') return unasked('ENOTDIR');
  const create = (flags & O_EXCL) === 0 ? 'new' : 'exclusive';
  return {
    operations: [opening(found.path, 'regular', flags, create)],
    end: 'ok',
    effect: () => tree.put(found.path, node('regular')),
  };
}

function existingOutlook(path: string, there: Node, flags: number): Outlook {
  const { type } = there;
  const { read, write } = accessMode(flags);
  if ((flags & O_TMPFILE_ALONE) !== 0) {
    if (!write) return unasked('EINVAL');
    if (type !== 'directory') return unasked('ENOTDIR');
    const directory = modelPath(path);
    return { operations: [{ kind: 'open-unnamed', directory, read, write }], end: 'ok' };
  }
  if ((flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) return unasked('EEXIST');
  if (type === 'symlink') return unasked((flags & O_DIRECTORY) !== 0 ? 'ENOTDIR' : 'ELOOP');
  if (type === 'directory' ? (flags & O_CREAT) !== 0 : (flags & O_DIRECTORY) !== 0) {
    return unasked(type === 'directory' ? 'EISDIR' : 'ENOTDIR');
  }
  const changes = write || (flags & O_TRUNC) !== 0 || (flags & O_ACCMODE) === O_ACCMODE;
  if (type === 'directory' && changes) return unasked('EISDIR');
  const create = (flags & O_CREAT) === 0 ? 'no' : 'existing';
  return { operations: [opening(path, type, flags, create)], end: endOf(there, flags) };
}

function opening(
  path: string,
  type: Node['type'],
  flags: number,
  create: 'no' | 'new' | 'exclusive' | 'existing',
): Operation {
  const truncate = (flags & O_TRUNC) !== 0;
  return { kind: 'open', path: modelPath(path), type, ...accessMode(flags), truncate, create };
}

function accessMode(flags: number): { readonly read: boolean; readonly write: boolean } {
  const mode = flags & O_ACCMODE;
  return { read: mode === 0 || mode === O_RDWR, write: mode === O_WRONLY || mode === O_RDWR };
}

/** What the driver says: nobody listens, nobody reads, no access mode that a fifo knows. */
function endOf({ type, dead }: Node, flags: number): string {
  if (dead) return 'ENXIO';
  if (type !== 'fifo') return 'ok';
  const mode = flags & O_ACCMODE;
  if (mode === O_ACCMODE) return 'EINVAL';
  return mode === O_WRONLY ? 'ENXIO' : 'ok';
}
