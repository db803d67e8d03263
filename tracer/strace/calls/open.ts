import type { Call, Value } from 'strace-parser';
import { parentOf } from '../../../landlock/hierarchy.js';
import type { FileType } from '../../../landlock/operation.js';
import { bornSince } from '../../disk-view.js';
import { unnamedIn } from '../../volatile-names.js';
import { argument, fieldOf, flagNames } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** Where each of the calls that open has its arguments. */
const layouts: Readonly<Record<string, Layout>> = {
  open: { path: 0, flags: 1 },
  openat: { directory: 0, path: 1, flags: 2 },
  openat2: { directory: 0, path: 1, flags: 2 },
  creat: { path: 0 },
  open_by_handle_at: { flags: 2 },
};

interface Layout {
  readonly directory?: number;
  readonly path?: number;
  readonly flags?: number;
}

/** open(2) and its relatives, when they succeeded or failed after Landlock was asked. */
export function readOpen(scene: Scene, thread: TracedThread, call: Call): void {
  const layout = layouts[call.name];
  if (layout === undefined) return;
  const flags = layout.flags === undefined ? creatFlags : flagsOf(argument(call, layout.flags));
  if (flags.has('O_PATH') || areRefused(flags)) return;
  const opened = openedPath(scene, thread, call, layout);
  if (opened === undefined) return;
  if (flags.has('O_TMPFILE')) {
    // What was opened has a number for a name; what could not be, is named by its directory.
    const shown = call.result.kind === 'value' && call.result.fd !== undefined;
    const directory = shown ? parentOf(opened.path) : opened.path;
    scene.recording.opened.add(unnamedIn(directory));
    scene.record(thread, call, { kind: 'open-unnamed', directory, ...accessMode(flags) });
    return;
  }
  recordOpen(scene, thread, call, flags, opened);
}

/** The same, where nothing was there to be read. */
export function readLookup(scene: Scene, thread: TracedThread, call: Call): void {
  const { path: at, flags: flagsAt, directory } = layouts[call.name] ?? {};
  if (at === undefined || flagsAt === undefined) return;
  const flags = flagsOf(argument(call, flagsAt));
  const { read, write } = accessMode(flags);
  const other = ['O_CREAT', 'O_PATH', 'O_TRUNC', 'O_TMPFILE'].some((flag) => flags.has(flag));
  if (other || write || !read) return;
  const where = { path: at, followLast: true };
  const path = scene.path(thread, call, directory === undefined ? where : { ...where, directory });
  if (path === undefined) return;
  const { executable } = thread.image;
  const isDirectory = flags.has('O_DIRECTORY');
  scene.recording.lookups.add({ path, directory: isDirectory, executable, call: call.name });
}

interface Opened {
  readonly path: string;
  readonly type: FileType | undefined;
  readonly deleted: boolean;
}

const creatFlags: ReadonlySet<string> = new Set(['O_CREAT', 'O_WRONLY', 'O_TRUNC']);

/** openat2(2) has them in a structure. */
function flagsOf(value: Value | undefined): ReadonlySet<string> {
  return flagNames(value?.kind === 'struct' ? fieldOf(value, 'flags') : value);
}

/**
 * What the call opened: by the descriptor that it returned where strace says where that leads,
 * since this is the kernel's own resolution, else by its arguments. Undefined for pipes and the
 * like, which Landlock does not restrict.
 */
function openedPath(
  scene: Scene,
  thread: TracedThread,
  call: Call,
  layout: Layout,
): Opened | undefined {
  const descriptor = call.result.kind === 'value' ? call.result.fd : undefined;
  if (descriptor !== undefined) {
    const path = scene.pathOfDescriptor(descriptor);
    if (path === undefined) return undefined;
    const type =
      descriptor.device === undefined
        ? undefined
        : descriptor.device.kind === 'char'
          ? 'char-device'
          : 'block-device';
    return { path, type, deleted: descriptor.deleted };
  }
  if (layout.path === undefined) {
    scene.gap('unresolved', `${call.name} by ${thread.image.executable}`);
    return undefined;
  }
  const where = { path: layout.path, followLast: true };
  const path = scene.path(
    thread,
    call,
    layout.directory === undefined ? where : { ...where, directory: layout.directory },
  );
  return path === undefined ? undefined : { path, type: undefined, deleted: false };
}

function recordOpen(
  scene: Scene,
  thread: TracedThread,
  call: Call,
  flags: ReadonlySet<string>,
  opened: Opened,
): void {
  const { path } = opened;
  const create = flags.has('O_CREAT') ? madeOrFound(scene, flags, path) : 'no';
  if (opened.deleted) scene.disk.vanished(path);
  const made = create === 'new' || create === 'exclusive';
  const type = made ? 'regular' : (opened.type ?? typeFound(scene, flags, path));
  if (made) scene.disk.made(path, type);
  else scene.disk.found(path, type);
  scene.recording.opened.add(path);
  scene.record(thread, call, {
    kind: 'open',
    path,
    type,
    ...accessMode(flags),
    truncate: flags.has('O_TRUNC'),
    create,
  });
}

/** By what stands there now, which is no directory if it could be opened for writing. */
function typeFound(scene: Scene, flags: ReadonlySet<string>, path: string): FileType {
  const known = scene.disk.typeOf(path);
  const type = scene.typeOf(path, flags.has('O_DIRECTORY') ? 'directory' : known);
  return type === 'directory' && accessMode(flags).write ? 'regular' : type;
}

/** Flags that contradict each other fail (EINVAL) before anyone is asked. */
function areRefused(flags: ReadonlySet<string>): boolean {
  if (flags.has('O_TMPFILE')) return !accessMode(flags).write;
  return flags.has('O_CREAT') && flags.has('O_DIRECTORY');
}

/** The access mode 3 gives a descriptor for ioctl(2) alone, of which Landlock asks neither. */
export function accessMode(flags: ReadonlySet<string>): { read: boolean; write: boolean } {
  if (flags.has('O_ACCMODE')) return { read: false, write: false };
  if (flags.has('O_RDWR')) return { read: true, write: true };
  return flags.has('O_WRONLY') ? { read: false, write: true } : { read: true, write: false };
}

/**
 * Whether O_CREAT made the file, which its result does not tell: by what the run did to the name
 * before, and at its first meeting by the file's time of birth.
 */
function madeOrFound(
  scene: Scene,
  flags: ReadonlySet<string>,
  path: string,
): 'new' | 'exclusive' | 'existing' {
  if (flags.has('O_EXCL')) return 'exclusive';
  if (scene.disk.removedByRun(path)) return 'new';
  if (scene.disk.knows(path)) return 'existing';
  if (scene.start === undefined) return 'new';
  return bornSince(path, scene.start) === false ? 'existing' : 'new';
}
