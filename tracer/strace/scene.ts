import { resolve } from 'node:path/posix';
import type { Call, FdValue, Value } from 'strace-parser';
import type { FileType, Operation } from '../../landlock/operation.js';
import type { DiskHistory } from '../disk-history.js';
import { resolvePath, typeAt } from '../disk-view.js';
import type { LiveOperation } from '../live-operations.js';
import { Recording } from '../recording.js';
import type { GapKind } from '../trace.js';
import { stableName } from '../volatile-names.js';
import { argument, descriptorPath, onceNamed, pathArgument } from './arguments.js';
import { ProcessTable, type TracedThread } from './process-table.js';

/** All that is known of a run while its log is read: what the readings of calls act on. */
export class Scene {
  readonly processes = new ProcessTable();
  readonly recording: Recording;
  /** Milliseconds since 1970; undefined for a log made elsewhere. */
  readonly start: number | undefined;
  #leader = -1;

  /** @param onOperation - as `Recording` takes it. */
  constructor(start: number | undefined, onOperation?: (operation: LiveOperation) => void) {
    this.start = start;
    this.recording = new Recording(onOperation);
  }

  /** What the run did to the names on the disk. */
  get disk(): DiskHistory {
    return this.recording.disk;
  }

  /** The process id of the target's first process. */
  get leader(): number {
    return this.#leader;
  }

  lead(id: number, directory: string | undefined): TracedThread {
    this.#leader = id;
    return this.processes.begin(id, directory);
  }

  record(thread: TracedThread, call: Call, operation: Operation): void {
    const result = call.result.kind === 'error' ? call.result.errno : 'ok';
    this.recording.add(operation, thread.image.executable, call.name, result);
  }

  gap(kind: GapKind, detail: string): void {
    this.recording.gap(kind, detail);
  }

  /**
   * The path that an argument names, resolved as the kernel does: from the directory descriptor
   * before it, or the working directory. Undefined, and stamped, when the log does not tell.
   */
  path(
    thread: TracedThread,
    call: Call,
    where: { readonly directory?: number; readonly path: number; readonly followLast: boolean },
  ): string | undefined {
    const directory = where.directory === undefined ? undefined : argument(call, where.directory);
    const named = this.#named(thread, argument(call, where.path), directory);
    if (named === undefined) {
      this.gap('unresolved', `${call.name} by ${thread.image.executable || 'an unknown program'}`);
      return undefined;
    }
    const name = where.followLast ? throughDescriptor(thread, named) : named;
    return isInMemory(name) ? undefined : this.stable(resolvePath(name, where.followLast));
  }

  /** Where a descriptor that is an argument leads; undefined when that is no path. */
  pathOfDescriptor(descriptor: Value | FdValue | undefined): string | undefined {
    const path = onceNamed(descriptor);
    return path === undefined || isInMemory(path) ? undefined : this.stable(path);
  }

  /** A name in a thread's directory, resolved; for what is not an argument of its own. */
  pathFrom(thread: TracedThread, name: string, followLast: boolean): string | undefined {
    const base = name.startsWith('/') ? '/' : thread.place.directory;
    if (base === undefined) return undefined;
    return this.stable(resolvePath(this.#own(thread, joined(base, name)), followLast));
  }

  /** A path with what changes from run to run put as what it stands for. */
  stable(path: string): string {
    return stableName(path, this.#leader);
  }

  /** What stands at a path, or stood there as far as the log tells. */
  typeOf(path: string, otherwise: FileType): FileType {
    const type = typeAt(path);
    return type === 'missing' ? otherwise : type;
  }

  #named(
    thread: TracedThread,
    argument: Value | undefined,
    directory: Value | undefined,
  ): string | undefined {
    const name = pathArgument(argument);
    if (name === undefined) return undefined;
    if (name.startsWith('/')) return this.#own(thread, name);
    const base =
      directory === undefined || isWorkingDirectory(directory)
        ? (descriptorPath(directory) ?? thread.place.directory)
        : descriptorPath(directory);
    return base === undefined ? undefined : this.#own(thread, joined(base, name));
  }

  /** What the links in /proc/self mean to the thread that followed them, and not to us. */
  #own(thread: TracedThread, path: string): string {
    if (!path.startsWith('/proc/')) return path;
    const own = path
      .replace(/^\/proc\/self(?=\/|$)/, `/proc/${thread.process}`)
      .replace(/^\/proc\/thread-self(?=\/|$)/, `/proc/${thread.process}/task/${thread.id}`);
    const executable = thread.image.executable;
    if (own === `/proc/${thread.process}/exe` && executable !== '') return executable;
    const directory = thread.place.directory;
    const cwd = `/proc/${thread.process}/cwd`;
    if (directory === undefined || !(own === cwd || own.startsWith(`${cwd}/`))) return own;
    return resolve(directory, `.${own.slice(cwd.length)}`);
  }
}

/** A file of memfd_create(2) has a path in its link alone, and Landlock never asks about it. */
function isInMemory(path: string): boolean {
  return path.startsWith('/memfd:');
}

/** The link in /proc has changed by now, or is gone with its process. */
function throughDescriptor(thread: TracedThread, path: string): string {
  const descriptor = /^\/proc\/(\d+)\/(?:task\/\d+\/)?fd\/(\d+)$/.exec(path);
  if (descriptor === null || Number(descriptor[1]) !== thread.process) return path;
  return thread.descriptors.get(Number(descriptor[2])) ?? path;
}

function isWorkingDirectory(directory: Value): boolean {
  return (
    (directory.kind === 'fd' && directory.number === 'AT_FDCWD') ||
    (directory.kind === 'flags' && directory.names[0] === 'AT_FDCWD')
  );
}

function joined(base: string, name: string): string {
  if (name.startsWith('/')) return name;
  return base === '/' ? `/${name}` : `${base}/${name}`;
}
