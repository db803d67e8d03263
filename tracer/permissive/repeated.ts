import { constants } from 'node:fs';
import { stampAt } from '../../kernel/file-stamp.js';
import { standingAt } from '../disk-view.js';
import { endsInName } from '../final-name.js';
import type { Counted } from '../recording.js';
import type { AskedCall } from './asked-call.js';
import type { Found, Observer } from './observer.js';
import { mayUse, type Wish } from './permissions.js';
import type { Image, NotedCall } from './repetitions.js';
import type { Thread } from './threads.js';
import { ourView } from './view.js';

/**
 * What was noted of a call just like this one, where the same stands there still; undefined where
 * it has to be looked at in whole. Nothing is noted yet: whether the caller still waited, and the
 * path that was read is its own, the answer tells.
 */
export function repeatedCall(
  observer: Observer,
  thread: Thread,
  call: AskedCall,
  name: string,
): NotedCall | undefined {
  const { executable, view, credentials } = thread;
  const index = pathIndex(name);
  if (index === undefined || view !== ourView) return undefined;
  const flags = flagsOf(call, name, index);
  if ((flags & changing) !== 0) return undefined;
  const path = call.unsurePath(index);
  if (path === null) return undefined;
  const noted = observer.repetitions.get(path, { call: name, flags, executable });
  if (noted === undefined) return undefined;
  if (!isAsItWas(noted, call)) {
    observer.repetitions.drop(path);
    return undefined;
  }
  if (noted.standing.type === 'missing') return noted;
  const executes = noted.images.length > 0;
  if (!mayUse(credentials, noted.real, executes ? toExecute : toRead)) return undefined;
  if (executes) observer.threads.forget(thread);
  return noted;
}

/** The call's path is the one that was read last. */
function isAsItWas({ standing, follow, images }: NotedCall, call: AskedCall): boolean {
  const { type, inode, device } = standingAt(call.held, follow);
  if (type !== standing.type || inode !== standing.inode || device !== standing.device)
    return false;
  return images.every(({ path, stamp }) => stampAt(path) === stamp);
}

/** What came of a call. */
interface Outcome {
  /** What its path leads to; undefined where it leads nowhere. */
  readonly found: Pick<Found, 'type' | 'real' | 'path'> | undefined;
  /** Where it was counted; undefined where nothing is noted of it, nor of others like it. */
  readonly counted: Counted | undefined;
  /** The files that it executes. */
  readonly images?: readonly Image[];
}

/** Keeps in mind what came of an open for reading, or of an execution, for others just like it. */
export function keepInMind(
  observer: Observer,
  { executable, view }: Thread,
  call: AskedCall,
  name: string,
  { found, counted, images = [] }: Outcome,
): void {
  const index = pathIndex(name);
  // What is found through /proc may be another for each thread.
  if (index === undefined || view !== ourView || observer.foundForOneThread) return;
  const flags = flagsOf(call, name, index);
  if ((flags & changing) !== 0) return;
  const named = call.unsurePath(index);
  if (named === null || !named.startsWith('/') || !endsInName(named) || named.endsWith('/')) return;
  const { type, real, path } = found ?? nowhere;
  const follow = standingAt(call.held, false).type === 'symlink';
  const standing = standingAt(call.held, follow);
  if (standing.type !== type) return;
  const asking = { call: name, flags, executable };
  observer.repetitions.add(named, { ...asking, standing, follow, real, path, counted, images });
}

const nowhere = { type: 'missing', real: '', path: '' } as const;
const toRead: readonly Wish[] = ['read'];
const toExecute: readonly Wish[] = ['execute'];

/** Which argument is the path, of the calls that are kept in mind. */
function pathIndex(name: string): number | undefined {
  switch (name) {
    case 'openat':
      return 1;
    case 'open':
    case 'execve':
      return 0;
    default:
      return undefined;
  }
}

/** Those of an open stand behind its path. */
function flagsOf(call: AskedCall, name: string, pathAt: number): number {
  return name === 'execve' ? 0 : call.unsigned(pathAt + 1);
}

const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC } = constants;
const O_PATH = 0o10000000;
const O_TMPFILE_ALONE = 0o20000000;
/** With any of these an open does not read alone. */
const changing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_TMPFILE_ALONE | O_PATH;
