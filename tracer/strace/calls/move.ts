import type { Call } from 'strace-parser';
import { isBeneath } from '../../../landlock/hierarchy.js';
import type { FileType } from '../../../landlock/operation.js';
import { isOneObject } from '../../disk-view.js';
import { isUnnamed } from '../../volatile-names.js';
import { argument, flagNames, pathArgument } from '../arguments.js';
import type { TracedThread } from '../process-table.js';
import type { Scene } from '../scene.js';

/** rename(2), renameat(2), renameat2(2). */
export function readRename(scene: Scene, thread: TracedThread, call: Call): void {
  const names = bothNames(scene, thread, call, false);
  if (names === undefined) return;
  const { from, to } = names;
  const nested = from !== to && (isBeneath(from, to) || isBeneath(to, from));
  if (nested) return; // Refused before anyone is asked.
  const flags = flagNames(call.name === 'renameat2' ? argument(call, 4) : undefined);
  const exchange = flags.has('RENAME_EXCHANGE');
  const failed = call.result.kind === 'error';
  // What was moved stands at its new name by now, unless it went on from there.
  const type = scene.typeOf(failed || exchange ? from : to, scene.disk.typeOf(from));
  const replaced = whatWasReplaced(scene, to, type, flags);
  const whiteout = flags.has('RENAME_WHITEOUT') ? { whiteout: true } : {};
  scene.record(thread, call, { kind: 'rename', from, to, type, replaced, exchange, ...whiteout });
  // Asked all the same where nothing is done: both are names of one file still.
  if (failed || isOneObject(from, to)) return;
  if (exchange) {
    scene.disk.renamed(from, to, type, replaced);
    scene.disk.made(from, replaced ?? 'regular');
  } else {
    scene.disk.renamed(from, to, type, replaced);
  }
}

/** link(2), linkat(2). */
export function readLink(scene: Scene, thread: TracedThread, call: Call): void {
  const names = linkedNames(scene, thread, call);
  if (names === undefined) return;
  const type = scene.typeOf(names.to, scene.disk.typeOf(names.from));
  // A file that has no name gets one: there is none to find.
  if (isUnnamed(names.from)) scene.disk.vanished(names.from);
  else scene.disk.found(names.from, type);
  if (call.result.kind !== 'error') scene.disk.made(names.to, type);
  scene.record(thread, call, { kind: 'link', ...names, type });
}

/** With AT_EMPTY_PATH and no name, the file is named by its descriptor. */
function linkedNames(scene: Scene, thread: TracedThread, call: Call): Names | undefined {
  const flags = flagNames(call.name === 'linkat' ? argument(call, 4) : undefined);
  if (!flags.has('AT_EMPTY_PATH') || pathArgument(argument(call, 1)) !== '') {
    return bothNames(scene, thread, call, flags.has('AT_SYMLINK_FOLLOW'));
  }
  const from = scene.pathOfDescriptor(argument(call, 0));
  const to = scene.path(thread, call, { directory: 2, path: 3, followLast: false });
  return from === undefined || to === undefined ? undefined : { from, to };
}

/**
 * What the rename took the name from. The result does not tell; but whatever this run did, the
 * next one will find the name taken, so that only a name that the run had freed counts as free.
 */
function whatWasReplaced(
  scene: Scene,
  to: string,
  moved: FileType,
  flags: ReadonlySet<string>,
): FileType | null {
  if (flags.has('RENAME_NOREPLACE')) return null;
  if (scene.disk.removedByRun(to)) return null;
  if (scene.disk.knows(to)) return scene.disk.typeOf(to);
  // A directory replaces an empty directory alone, which next to no program does.
  return moved === 'directory' ? null : 'regular';
}

interface Names {
  readonly from: string;
  readonly to: string;
}

function bothNames(
  scene: Scene,
  thread: TracedThread,
  call: Call,
  followFrom: boolean,
): Names | undefined {
  const at = call.name.startsWith('renameat') || call.name === 'linkat';
  const from = scene.path(thread, call, {
    ...(at ? { directory: 0, path: 1 } : { path: 0 }),
    followLast: followFrom,
  });
  const to = scene.path(thread, call, {
    ...(at ? { directory: 2, path: 3 } : { path: 1 }),
    followLast: false,
  });
  return from === undefined || to === undefined ? undefined : { from, to };
}
