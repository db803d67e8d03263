import { constants } from 'node:fs';
import type { FileType } from '../../../landlock/operation.js';
import type { Counted } from '../../recording.js';
import { unnamedIn } from '../../volatile-names.js';
import type { AskedCall } from '../asked-call.js';
import { findScoped } from '../find-scoped.js';
import { isLostName, onceNamed } from '../lost-name.js';
import type { Found, Observer, PathArgument } from '../observer.js';
import type { Wish } from '../permissions.js';
import { keepInMind } from '../repeated.js';
import type { Thread } from '../threads.js';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_TRUNC, O_DIRECTORY, O_RDWR, O_WRONLY } = constants;
const O_ACCMODE = 3;
const O_PATH = 0o10000000;
/** Without O_DIRECTORY, which it holds as well. */
const O_TMPFILE_ALONE = 0o20000000;

/** open(2), openat(2), openat2(2), creat(2). */
export function askedOpen(observer: Observer, thread: Thread, call: AskedCall, name: string): void {
  const how = howOf(call, name);
  if (how === undefined) return; // EFAULT
  const { flags, resolve } = how;
  if ((flags & O_PATH) !== 0 || areRefused(flags)) return;
  const made = (flags & O_CREAT) !== 0;
  const followLast = (flags & O_NOFOLLOW) === 0 && !(made && (flags & O_EXCL) !== 0);
  const place = placeOf(name, followLast);
  const found =
    resolve === 0
      ? observer.find(thread, call, place)
      : findScoped(observer, thread, call, place, resolve);
  if (found === undefined) {
    if (resolve === 0) keepInMind(observer, thread, call, name, { found, counted: undefined });
  } else if (found.type === 'missing') {
    if (made) openNew(observer, thread, name, found, flags);
    else if (isLostName(found.real)) openNameless(observer, thread, name, found, flags);
    else {
      const counted = lookFor(observer, thread, name, found, flags);
      keepInMind(observer, thread, call, name, { found, counted });
    }
  } else {
    const counted = openExisting(observer, thread, name, found, found.type, flags);
    // Most programs open most of what they open once.
    if (counted !== undefined && counted.count > 1) {
      keepInMind(observer, thread, call, name, { found, counted });
    }
  }
}

function placeOf(name: string, followLast: boolean): PathArgument {
  return name === 'open' || name === 'creat'
    ? { path: 0, followLast }
    : { directory: 0, path: 1, followLast };
}

interface How {
  readonly flags: number;
  /** RESOLVE_* of openat2(2). */
  readonly resolve: number;
}

/** openat2(2) has both in memory: struct open_how. */
function howOf(call: AskedCall, name: string): How | undefined {
  switch (name) {
    case 'creat':
      return { flags: O_CREAT | O_WRONLY | O_TRUNC, resolve: 0 };
    case 'open':
      return { flags: call.unsigned(1), resolve: 0 };
    case 'openat':
      return { flags: call.unsigned(2), resolve: 0 };
    default: {
      const how = call.bytes(2, 24);
      return how === null
        ? undefined
        : { flags: how.readUInt32LE(0), resolve: how.readUInt32LE(16) };
    }
  }
}

/** Flags that contradict each other fail (EINVAL) before anyone is asked: build_open_flags. */
function areRefused(flags: number): boolean {
  if ((flags & O_TMPFILE_ALONE) !== 0) {
    return (flags & (O_DIRECTORY | O_CREAT)) !== O_DIRECTORY || !accessMode(flags).write;
  }
  return (flags & O_CREAT) !== 0 && (flags & O_DIRECTORY) !== 0;
}

function openNew(
  observer: Observer,
  thread: Thread,
  call: string,
  found: Found,
  flags: number,
): void {
  if (found.asDirectory) return; // EISDIR
  if (!observer.mayChangeNames(thread, found)) return;
  const { path } = found;
  const create = (flags & O_EXCL) === 0 ? 'new' : 'exclusive';
  observer.recording.disk.made(path, 'regular');
  noteOpen(observer, thread, call, path, 'regular', flags, create);
}

/** What would have been read if it had been there. */
function lookFor(
  { recording }: Observer,
  { executable }: Thread,
  call: string,
  { path, asDirectory }: Found,
  flags: number,
): Counted | undefined {
  if ((flags & (O_ACCMODE | O_TRUNC | O_TMPFILE_ALONE)) !== 0) return undefined;
  const directory = asDirectory || (flags & O_DIRECTORY) !== 0;
  return recording.lookups.add({ path, directory, executable, call });
}

/** What was removed but is still open, or is where the thread works, by the link that leads to it. */
function openNameless(
  observer: Observer,
  thread: Thread,
  call: string,
  found: Found,
  flags: number,
): void {
  const path = onceNamed(found.path);
  const { disk } = observer.recording;
  disk.vanished(path);
  noteOpen(observer, thread, call, path, disk.typeOf(path), flags, 'no');
}

function openExisting(
  observer: Observer,
  thread: Thread,
  call: string,
  { path, real, asDirectory }: Found,
  type: FileType,
  flags: number,
): Counted | undefined {
  const { read, write } = accessMode(flags);
  if ((flags & O_TMPFILE_ALONE) !== 0) {
    if (type !== 'directory') return undefined; // ENOTDIR
    if (!observer.may(thread, real, 'write', 'execute')) return undefined;
    observer.recording.opened.add(unnamedIn(path));
    return observer.record(thread, call, { kind: 'open-unnamed', directory: path, read, write });
  }
  if (type === 'symlink') return undefined; // ELOOP; a socket's ENXIO comes after Landlock is asked.
  if ((flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) return undefined; // EEXIST
  const wantsDirectory = asDirectory || (flags & O_DIRECTORY) !== 0;
  if (type === 'directory' ? write || (flags & O_CREAT) !== 0 : wantsDirectory) {
    return undefined; // EISDIR, ENOTDIR
  }
  if (!observer.may(thread, real, ...wishesOf({ read, write: write || (flags & O_TRUNC) !== 0 })))
    return undefined;
  observer.recording.disk.found(path, type);
  return noteOpen(
    observer,
    thread,
    call,
    path,
    type,
    flags,
    (flags & O_CREAT) === 0 ? 'no' : 'existing',
  );
}

function noteOpen(
  observer: Observer,
  thread: Thread,
  call: string,
  path: string,
  type: FileType,
  flags: number,
  create: 'no' | 'new' | 'exclusive' | 'existing',
): Counted | undefined {
  observer.recording.opened.add(path);
  const truncate = (flags & O_TRUNC) !== 0;
  return observer.record(thread, call, {
    kind: 'open',
    path,
    type,
    ...accessMode(flags),
    truncate,
    create,
  });
}

/** open_by_handle_at(2): only the opened file would tell where the handle leads. */
export function askedOpenByHandle(observer: Observer, thread: Thread): void {
  observer.gap('unresolved', `a file that ${thread.executable} opened by its handle`);
}

/** The access mode 3 asks Landlock for neither (see open(2), "O_ACCMODE"). */
export function accessMode(flags: number): Access {
  const mode = flags & O_ACCMODE;
  return { read: mode === 0 || mode === O_RDWR, write: mode === O_WRONLY || mode === O_RDWR };
}

interface Access {
  readonly read: boolean;
  readonly write: boolean;
}

/** What plain permissions are asked for. */
export function wishesOf({ read, write }: Access): readonly Wish[] {
  if (read) return write ? readAndWrite : toRead;
  return write ? toWrite : nothing;
}

const nothing: readonly Wish[] = [];
const toRead: readonly Wish[] = ['read'];
const toWrite: readonly Wish[] = ['write'];
const readAndWrite: readonly Wish[] = ['read', 'write'];
