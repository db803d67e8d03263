import { lstatSync, readFileSync, statSync } from 'node:fs';
import { pathForNode } from '../../../kernel/path-bytes.js';
import { isLinux } from '../../../kernel/release.js';
import { isBeneath, parentOf } from '../../../landlock/hierarchy.js';
import { isOneObject } from '../../disk-view.js';
import type { AskedCall } from '../asked-call.js';
import { isLostName, onceNamed } from '../lost-name.js';
import type { Found, Observer } from '../observer.js';
import type { Thread } from '../threads.js';
import { isFull, itself } from './names.js';

const RENAME_NOREPLACE = 1;
const RENAME_EXCHANGE = 2;
const RENAME_WHITEOUT = 4;
const AT_SYMLINK_FOLLOW = 0x400;
const AT_EMPTY_PATH = 0x1000;

/** rename(2), renameat(2), renameat2(2). */
export function askedRename(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): void {
  const old = name === 'rename';
  const from = observer.find(thread, call, { ...firstPlace(old), ...itself });
  const to = observer.find(thread, call, { ...secondPlace(old), ...itself });
  if (from === undefined || to === undefined || from.type === 'missing') return;
  if (from.real !== to.real && areNested(from.real, to.real)) return; // EINVAL, ENOTEMPTY
  if (crossesMounts(from, to)) return; // EXDEV
  const flags = name === 'renameat2' ? call.unsigned(4) : 0;
  if (areRefused(flags)) return;
  const exchange = (flags & RENAME_EXCHANGE) !== 0;
  if (
    exchange ? to.type === 'missing' : (flags & RENAME_NOREPLACE) !== 0 && to.type !== 'missing'
  ) {
    return;
  }
  if (!exchange && from.type !== 'directory' && (from.asDirectory || to.asDirectory)) return; // ENOTDIR
  if (!observer.mayChangeNames(thread, from) || !observer.mayChangeNames(thread, to)) return;
  const replaced = to.type === 'missing' ? null : to.type;
  observer.nameChanges(from.type);
  if (replaced !== null) observer.nameChanges(replaced);
  const { disk } = observer.recording;
  if (isMoved(from, to, exchange)) {
    disk.renamed(from.path, to.path, from.type, replaced);
    if (exchange && replaced !== null) disk.made(from.path, replaced);
  } else {
    disk.found(from.path, from.type);
    if (replaced !== null) disk.found(to.path, replaced);
  }
  observer.record(thread, name, {
    kind: 'rename',
    from: from.path,
    to: to.path,
    type: from.type,
    replaced,
    exchange,
    ...((flags & RENAME_WHITEOUT) !== 0 ? { whiteout: true } : {}),
  });
}

/** Flags that are not known, or contradict each other (EINVAL). */
function areRefused(flags: number): boolean {
  if ((flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT)) !== 0) return true;
  return (flags & RENAME_EXCHANGE) !== 0 && flags !== RENAME_EXCHANGE;
}

/** Whether anything is done, once Landlock has let it. */
function isMoved(from: Found, to: Found, exchange: boolean): boolean {
  if (to.type === 'missing') return true;
  // rename(2) does nothing, and succeeds, between two names of one file.
  if (isOneObject(from.real, to.real)) return false;
  if (exchange) return true;
  if ((from.type === 'directory') !== (to.type === 'directory')) return false;
  return from.type !== 'directory' || !isFull(to.real);
}

function areNested(one: string, other: string): boolean {
  return isBeneath(one, other) || isBeneath(other, one);
}

/** link(2), linkat(2). */
export function askedLink(observer: Observer, thread: Thread, call: AskedCall, name: string): void {
  const from = linkedBy(observer, thread, call, name);
  if (from === undefined || from.type === 'directory') return; // EPERM
  const to = observer.find(thread, call, { ...secondPlace(name === 'link'), ...itself });
  if (to?.type !== 'missing' || to.asDirectory) return; // EEXIST, ENOENT
  if (from.type === 'missing' && !isLostName(from.real)) return; // ENOENT
  if (!observer.mayChangeNames(thread, to) || !mayBeLinked(observer, thread, from)) return;
  const { disk } = observer.recording;
  if (from.type === 'missing') {
    linkNameless(observer, thread, name, onceNamed(from.path), to.path);
  } else if (!crossesMounts(from, to)) {
    disk.found(from.path, from.type);
    observer.nameAppears(from.type);
    disk.made(to.path, from.type);
    const { type } = from;
    observer.record(thread, name, { kind: 'link', from: from.path, to: to.path, type });
  }
}

/** Where the first name, or the descriptor in its place, leads. */
function linkedBy(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): Found | undefined {
  const flags = name === 'linkat' ? call.unsigned(4) : 0;
  if ((flags & ~(AT_EMPTY_PATH | AT_SYMLINK_FOLLOW)) !== 0) return undefined; // EINVAL
  if ((flags & AT_EMPTY_PATH) !== 0 && call.path(1) === '') {
    // Linux 6.10 first lets those link by a descriptor alone who may not read everything (ENOENT).
    if (!thread.credentials.reads && !isLinux(6, 10)) return undefined;
    return observer.findDescriptor(thread, call.int(0));
  }
  const followLast = (flags & AT_SYMLINK_FOLLOW) !== 0;
  return observer.find(thread, call, { ...firstPlace(name === 'link'), followLast });
}

/** A file that was made without a name (O_TMPFILE), or has lost it, gets one. */
function linkNameless(
  observer: Observer,
  thread: Thread,
  call: string,
  from: string,
  to: string,
): void {
  const { disk } = observer.recording;
  const type = disk.typeOf(from);
  disk.vanished(from);
  disk.made(to, type);
  observer.record(thread, call, { kind: 'link', from, to, type });
}

/**
 * Whether a file may get one more name by who it belongs to (EPERM), where the system protects
 * from hard links: proc_sys_fs(5), protected_hardlinks.
 */
function mayBeLinked(observer: Observer, thread: Thread, from: Found): boolean {
  const { credentials } = thread;
  if (credentials.user === 0 || from.type === 'missing') return true;
  const stats = lstatSync(pathForNode(from.real), { throwIfNoEntry: false });
  if (stats === undefined || stats.uid === credentials.user || !protectsHardlinks()) return true;
  const privileged =
    (stats.mode & S_ISUID) !== 0 || (stats.mode & S_EXECUTABLE_ISGID) === S_EXECUTABLE_ISGID;
  if (from.type !== 'regular' || privileged) return false;
  return observer.may(thread, from.real, 'read', 'write');
}

const S_ISUID = 0o4000;
const S_EXECUTABLE_ISGID = 0o2010;

function protectsHardlinks(): boolean {
  try {
    return readFileSync('/proc/sys/fs/protected_hardlinks', 'latin1').trim() === '1';
  } catch {
    return false;
  }
}

function firstPlace(old: boolean) {
  return old ? { path: 0 } : { directory: 0, path: 1 };
}

function secondPlace(old: boolean) {
  return old ? { path: 1 } : { directory: 2, path: 3 };
}

/** The kernel answers EXDEV before it asks anyone. */
function crossesMounts(from: Found, to: Found): boolean {
  return deviceOf(from) !== deviceOf(to);
}

function deviceOf({ real }: Found): number | undefined {
  try {
    return statSync(pathForNode(parentOf(real)), { throwIfNoEntry: false })?.dev;
  } catch {
    return undefined; // What holds the name is a symlink to itself, and the call fails.
  }
}
