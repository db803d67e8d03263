import { readdirSync } from 'node:fs';
import { pathForNode } from '../../../kernel/path-bytes.js';
import type { FileType } from '../../../landlock/operation.js';
import { isWhiteout, makingOf, nodeTypes } from '../../making.js';
import type { AskedCall } from '../asked-call.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';

/** mkdir(2), mknod(2), symlink(2) and their relatives: what gives a new object a name. */
export function askedMake(observer: Observer, thread: Thread, call: AskedCall, name: string): void {
  const { makes, device, ...where } = makingOf(name);
  const type = typeof makes === 'string' ? makes : nodeType(call.unsigned(makes.mode));
  if (type === undefined) return; // EPERM, EINVAL
  const found = observer.find(thread, call, { ...where, ...itself });
  if (found?.type !== 'missing') return; // EEXIST
  if (found.asDirectory && type !== 'directory') return; // ENOENT
  if (type === 'symlink' && !isTarget(call.path(0))) return;
  if (!observer.mayChangeNames(thread, found)) return;
  observer.nameAppears(type);
  observer.recording.disk.made(found.path, type);
  const numbers = device === undefined ? undefined : call.unsigned(device);
  const whiteout = isWhiteout(type, numbers) ? { whiteout: true } : {};
  observer.record(thread, name, { kind: 'make', path: found.path, type, ...whiteout });
}

/** What a symlink can hold: else EFAULT, ENAMETOOLONG or ENOENT. */
function isTarget(target: string | null): boolean {
  return target !== null && target !== '';
}

/** unlink(2), rmdir(2), unlinkat(2). */
export function askedRemove(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): void {
  const at = name === 'unlinkat';
  const where = at ? { directory: 0, path: 1 } : { path: 0 };
  const found = observer.find(thread, call, { ...where, ...itself });
  if (found === undefined || !observer.mayChangeNames(thread, found)) return;
  const { path, type } = found;
  // The kind of removal is what Landlock is asked for, also where it is the wrong one.
  const flags = at ? call.unsigned(2) : 0;
  if ((flags & ~AT_REMOVEDIR) !== 0) return; // EINVAL
  const directory = name === 'rmdir' || flags !== 0;
  if (type === 'missing') {
    const what = directory ? 'directory' : 'other';
    return observer.recording.sought(path, what, thread.executable, name);
  }
  if (found.asDirectory && !directory) return; // ENOTDIR, EISDIR
  observer.nameChanges(type);
  if (directory === (type === 'directory') && !(directory && isFull(found.real))) {
    observer.recording.disk.removed(path, type);
  } else {
    observer.recording.disk.found(path, type);
  }
  const removed: FileType = directory ? 'directory' : type === 'directory' ? 'regular' : type;
  observer.record(thread, name, { kind: 'remove', path, type: removed });
}

const AT_REMOVEDIR = 0x200;

/** Whether a directory holds anything, as far as it may be looked into. */
export function isFull(directory: string): boolean {
  try {
    return readdirSync(pathForNode(directory)).length > 0;
  } catch {
    return false;
  }
}

/** The name is what the call is about. */
export const itself = { followLast: false, asName: true } as const;

function nodeType(mode: number): FileType | undefined {
  const bits = mode & S_IFMT;
  return bits === 0 ? 'regular' : nodeTypes.find((node) => node.bits === bits)?.type;
}

const S_IFMT = 0o170000;
