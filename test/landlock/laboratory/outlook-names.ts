import type { FileType, Operation } from '../../../landlock/operation.js';
import { modelPath, type Outlook, objectsOf, unasked } from './outlook.js';
import type { NodeKind } from './scenario.js';
import { type Found, type Node, node, split, type Tree } from './tree.js';

/** mkdir(2), mknod(2), symlink(2), and bind(2) to a path, where a taken name has its own error. */
export function makeOutlook(tree: Tree, path: string, made: Made): Outlook {
  const found = tree.find(path, false);
  if (typeof found === 'string') return unasked(found);
  if (found.node !== undefined) return unasked(made.taken ?? 'EEXIST');
  const holder = tree.at(split(found.path).parent);
  if (holder?.type !== 'directory') return unasked(holder === undefined ? 'ENOENT' : 'ENOTDIR');
  const { type, target, whiteout = false } = made;
  return {
    operations: [{ kind: 'make', path: modelPath(found.path), type, whiteout }],
    end: 'ok',
    effect: () => tree.put(found.path, node(type, target === undefined ? {} : { target })),
  };
}

/** What mknod(2) makes. */
export function madeByMknod(kind: NodeKind): Made {
  return kind === 'whiteout' ? { type: 'char-device', whiteout: true } : { type: kind };
}

interface Made {
  readonly type: FileType;
  readonly taken?: string;
  readonly target?: string;
  readonly whiteout?: boolean;
}

/** unlink(2) and rmdir(2): which of them it is decides what Landlock is asked. */
export function removeOutlook(tree: Tree, path: string, call: 'unlink' | 'rmdir'): Outlook {
  if (path === '.') return unasked(call === 'rmdir' ? 'EINVAL' : 'EISDIR');
  const found = tree.find(path, false);
  if (typeof found === 'string') return unasked(found);
  if (found.node === undefined) return unasked('ENOENT');
  const isDirectory = found.node.type === 'directory';
  const type = call === 'rmdir' ? 'directory' : isDirectory ? 'regular' : found.node.type;
  return {
    operations: [{ kind: 'remove', path: modelPath(found.path), type }],
    end: removalEnd(tree, found.path, found.node, call),
    effect: () => tree.remove(found.path),
  };
}

function removalEnd(tree: Tree, path: string, there: Node, call: 'unlink' | 'rmdir'): string {
  if (call === 'unlink') return there.type === 'directory' ? 'EISDIR' : 'ok';
  if (there.type !== 'directory') return 'ENOTDIR';
  if (tree.mountOf(path) === path) return 'EBUSY';
  return there.children.size > 0 ? 'ENOTEMPTY' : 'ok';
}

/** renameat2(2), of names: what is mounted over one of them is not looked at. */
export function renameOutlook(tree: Tree, from: string, to: string, flags: string): Outlook {
  const old = findName(tree, from);
  const target = findName(tree, to);
  if (typeof old === 'string') return unasked(old);
  if (typeof target === 'string') return unasked(target);
  if (mountOfName(tree, old) !== mountOfName(tree, target)) return unasked('EXDEV');
  const exchange = flags.includes('RENAME_EXCHANGE');
  if (old.node === undefined || (exchange && target.node === undefined)) return unasked('ENOENT');
  if (flags.includes('RENAME_NOREPLACE') && target.node !== undefined) return unasked('EEXIST');
  const nested = nestingError(old.path, target.path, exchange);
  if (nested !== undefined) return unasked(nested);
  const { type } = old.node;
  const replaced = target.node?.type ?? null;
  const whiteout = flags.includes('RENAME_WHITEOUT');
  const names = { from: modelPath(old.path), to: modelPath(target.path) };
  const objectOfName = (path: string) =>
    path === names.from ? old.node?.id : path === names.to ? target.node?.id : undefined;
  return {
    operations: [{ kind: 'rename', ...names, type, replaced, exchange, whiteout }],
    end: renameEnd(tree, old, target, exchange),
    circumstances: { objectOf: (path) => objectOfName(path) ?? objectsOf(tree)(path) },
    effect: () => move(tree, old, target, exchange),
  };
}

/** link(2). */
export function linkOutlook(tree: Tree, from: string, to: string, follow: boolean): Outlook {
  const old = tree.find(from, follow);
  if (typeof old === 'string') return unasked(old);
  if (old.node === undefined) return unasked('ENOENT');
  const target = tree.find(to, false);
  if (typeof target === 'string') return unasked(target);
  if (target.node !== undefined) return unasked('EEXIST');
  if (tree.mountOf(old.path) !== mountOfName(tree, target)) return unasked('EXDEV');
  const { node: linked } = old;
  const names = { from: modelPath(old.path), to: modelPath(target.path) };
  return {
    operations: [{ kind: 'link', ...names, type: linked.type }],
    end: linked.type === 'directory' ? 'EPERM' : 'ok',
    effect: () => tree.put(target.path, linked),
  };
}

/** linkat(2) of a file without a name, which was opened in `directory` before the domain. */
export function linkUnnamedOutlook(tree: Tree, directory: string, to: string): Outlook {
  const holder = tree.find(directory, true);
  const target = tree.find(to, false);
  if (typeof holder === 'string') return unasked(holder);
  if (typeof target === 'string') return unasked(target);
  if (target.node !== undefined) return unasked('EEXIST');
  if (tree.mountOf(holder.path) !== mountOfName(tree, target)) return unasked('EXDEV');
  const from = `${modelPath(holder.path)}/#unnamed`.replace('//', '/');
  const operation: Operation = { kind: 'link', from, to: modelPath(target.path), type: 'regular' };
  return { operations: [operation], end: 'ok', circumstances: { objectOf: objectsOf(tree) } };
}

function findName(tree: Tree, path: string): Found | string {
  const found = tree.find(path, false);
  return typeof found === 'string' ? found : { ...found, node: tree.named(found.path) };
}

function mountOfName(tree: Tree, { path }: Found): string {
  return path === '.' ? '.' : tree.mountOf(split(path).parent);
}

/** A directory cannot be moved into itself, nor be put in the place of what holds it. */
function nestingError(from: string, to: string, exchange: boolean): string | undefined {
  if (`${to}/`.startsWith(`${from}/`) && from !== to) return 'EINVAL';
  if (`${from}/`.startsWith(`${to}/`) && from !== to) return exchange ? 'EINVAL' : 'ENOTEMPTY';
  return undefined;
}

function renameEnd(tree: Tree, old: Found, target: Found, exchange: boolean): string {
  const [moved, replaced] = [old.node, target.node];
  if (replaced === moved) return 'ok';
  const directory = moved?.type === 'directory';
  if (replaced !== undefined && !exchange) {
    if (directory && replaced.type !== 'directory') return 'ENOTDIR';
    if (!directory && replaced.type === 'directory') return 'EISDIR';
  }
  const busy = [old.path, target.path].some((path) => path !== '.' && tree.mountOf(path) === path);
  if (busy) return 'EBUSY';
  return !exchange && directory && (replaced?.children.size ?? 0) > 0 ? 'ENOTEMPTY' : 'ok';
}

function move(tree: Tree, old: Found, target: Found, exchange: boolean): void {
  if (old.node === undefined || old.node === target.node) return;
  tree.remove(old.path);
  tree.put(target.path, old.node);
  if (exchange && target.node !== undefined) tree.put(old.path, target.node);
}
