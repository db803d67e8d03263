import type { Call, Value } from 'strace-parser';
import type { FileType } from '../../../landlock/operation.js';
import { endsInName } from '../../final-name.js';
import { isWhiteout, makingOf, nodeTypes } from '../../making.js';
import { argument, fieldOf, flagNames, numberOf, pathArgument } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** mkdir(2), mknod(2), symlink(2) and their relatives: what gives a new object a name. */
export function readMake(scene: Scene, thread: TracedThread, call: Call): void {
  const { makes, device, ...where } = makingOf(call.name);
  const type = typeof makes === 'string' ? makes : nodeType(argument(call, makes.mode));
  const path = scene.path(thread, call, { ...where, followLast: false });
  if (path === undefined) return;
  const numbers = device === undefined ? undefined : deviceNumbers(argument(call, device));
  make(scene, thread, call, path, type, isWhiteout(type, numbers));
}

/** bind(2) of a UNIX socket to a path, which makes the socket's file. */
export function readBindToPath(
  scene: Scene,
  thread: TracedThread,
  call: Call,
  address: Value,
): void {
  const name = pathArgument(fieldOf(address, 'sun_path'));
  const path = name === undefined ? undefined : scene.pathFrom(thread, name, false);
  if (path !== undefined) make(scene, thread, call, path, 'socket');
}

/** unlink(2), rmdir(2), unlinkat(2). */
export function readRemove(scene: Scene, thread: TracedThread, call: Call): void {
  const path = removedPath(scene, thread, call);
  if (path === undefined) return;
  const directory = removesDirectory(call);
  const type = directory ? 'directory' : notDirectory(scene.disk.typeOf(path));
  if (call.result.kind === 'error') scene.disk.found(path, scene.typeOf(path, type));
  else scene.disk.removed(path, type);
  scene.record(thread, call, { kind: 'remove', path, type });
}

/** The same, of a name at which nothing stands. */
export function readSought(scene: Scene, thread: TracedThread, call: Call): void {
  const path = removedPath(scene, thread, call);
  if (path === undefined) return;
  const what = removesDirectory(call) ? 'directory' : 'other';
  scene.recording.sought(path, what, thread.image.executable, call.name);
}

function removedPath(scene: Scene, thread: TracedThread, call: Call): string | undefined {
  const at = call.name === 'unlinkat';
  const where = { path: at ? 1 : 0, followLast: false };
  if (!endsInName(pathArgument(argument(call, where.path)) ?? '')) return undefined;
  return scene.path(thread, call, at ? { ...where, directory: 0 } : where);
}

function removesDirectory(call: Call): boolean {
  if (call.name === 'rmdir') return true;
  return call.name === 'unlinkat' && flagNames(argument(call, 2)).has('AT_REMOVEDIR');
}

function nodeType(mode: Value | undefined): FileType {
  const names = flagNames(mode);
  return nodeTypes.find(({ name }) => names.has(name))?.type ?? 'regular';
}

/** `makedev(0x1, 0x3)`; of no use but to tell 0 from all others. */
function deviceNumbers(value: Value | undefined): number | undefined {
  if (value?.kind !== 'macro') return numberOf(value);
  return Math.max(...value.args.map((one) => numberOf(one) ?? Number.POSITIVE_INFINITY));
}

function make(
  scene: Scene,
  thread: TracedThread,
  call: Call,
  path: string,
  type: FileType,
  whiteout = false,
): void {
  if (call.result.kind !== 'error') scene.disk.made(path, type);
  scene.record(thread, call, { kind: 'make', path, type, ...(whiteout ? { whiteout } : {}) });
}

/** Unlinking never removes a directory: where one stands there now, it came later. */
function notDirectory(type: FileType): FileType {
  return type === 'directory' ? 'regular' : type;
}
