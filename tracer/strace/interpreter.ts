import type { Call, Event, FdValue } from 'strace-parser';
import {
  architecture,
  isKnownArchitecture,
  type SyscallName,
} from '../../kernel/syscall-numbers.js';
import { type Grown, Growth } from '../growth.js';
import type { LiveOperation } from '../live-operations.js';
import type { Recorded } from '../recorded.js';
import type { Gap, Outcome } from '../trace.js';
import { onceNamed } from './arguments.js';
import { readings, spawning } from './calls/index.js';
import { readSpawn } from './calls/processes.js';
import type { TracedThread } from './process-table.js';
import { Scene } from './scene.js';

/** What a log says, without who made it and when. */
export interface Interpretation extends Recorded {
  readonly outcome: Outcome;
}

export interface LogOrigin {
  /** Where the first process started; undefined when that is not known. */
  readonly directory: string | undefined;
  /** When, in milliseconds since 1970; undefined for a log made elsewhere. */
  readonly start: number | undefined;
  /** Told of operations as the log tells of them. */
  readonly onOperation?: ((operation: LiveOperation) => void) | undefined;
}

/** Reads strace's events, in order, as operations. */
export class StraceInterpreter {
  readonly #scene: Scene;
  readonly #origin: LogOrigin;
  /** Events of threads whose parent's clone has not returned yet, so that who they are is open. */
  readonly #unborn = new Map<number, Event[]>();
  /** Processes that a thread other than the first has taken over with an execve still to resume. */
  readonly #executing = new Set<number>();
  #outcome: Outcome = { kind: 'unknown' };

  constructor(origin: LogOrigin) {
    this.#origin = origin;
    this.#scene = new Scene(origin.start, origin.onOperation);
  }

  /** The first process's id, once the log has named it. */
  get leader(): number | undefined {
    return this.#scene.leader < 0 ? undefined : this.#scene.leader;
  }

  /** The threads that the log has seen start and not end. */
  alive(): readonly number[] {
    return [...this.#scene.processes.alive(), ...this.#unborn.keys()];
  }

  /** Tells what was noted while the log goes on, when it is asked whether that is due. */
  growth(tell: (grown: Grown) => void): Growth {
    return new Growth(this.#scene.recording, tell);
  }

  accept(event: Event): void {
    switch (event.kind) {
      case 'call':
      case 'exit':
      case 'killed':
      case 'superseded':
        return this.#ofThread(event, event.pid ?? 0);
      case 'unparsed':
        return this.#unparsed(event);
      case 'notice':
        if (event.text.includes('bit mode')) this.#scene.gap('foreign-architecture', event.text);
        return;
      case 'signal':
      case 'stop':
      case 'frame':
      case 'dump':
        return;
    }
  }

  /** Something that whoever ran the tracer knows and the log does not. */
  gap(kind: Gap['kind'], detail: string): void {
    this.#scene.gap(kind, detail);
  }

  /** Everything that was learned; what is still open is read as well as it can be. */
  finish(): Interpretation {
    for (const [id, events] of this.#unborn) {
      this.#scene.processes.begin(id, undefined);
      this.#scene.gap('unresolved', `the start of process ${id}`);
      this.#unborn.delete(id);
      for (const event of events) this.accept(event);
    }
    return { ...this.#scene.recording.finish(), outcome: this.#outcome };
  }

  #unparsed(event: Event & { kind: 'unparsed' }): void {
    if (event.text.includes('bit mode')) {
      this.#scene.gap('foreign-architecture', event.text.trim());
    } else {
      this.#scene.gap('unparsed', `line ${event.line}`);
    }
  }

  #ofThread(event: Event, id: number): void {
    const thread = this.#threadFor(event, id);
    if (thread === undefined) {
      const waiting = this.#unborn.get(id) ?? [];
      waiting.push(event);
      this.#unborn.set(id, waiting);
      return;
    }
    if (event.kind === 'call') this.#call(thread, event);
    else this.#end(event, id);
  }

  #threadFor(event: Event, id: number): TracedThread | undefined {
    const known = this.#scene.processes.get(id);
    if (known !== undefined) return known;
    if (this.leader === undefined) return this.#scene.lead(id, this.#origin.directory);
    // A process that was waited for is named once more when strace lets it go.
    return event.kind === 'call' || !this.#scene.processes.isOwn(id)
      ? undefined
      : this.#scene.processes.begin(id, undefined);
  }

  #end(event: Event, id: number): void {
    if (event.kind === 'superseded') {
      this.#executing.add(id);
      return this.#scene.processes.end(event.by);
    }
    this.#scene.processes.end(id);
    if (id !== this.leader) return;
    if (event.kind === 'exit') this.#outcome = { kind: 'exited', status: event.code };
    if (event.kind === 'killed') this.#outcome = { kind: 'killed', signal: event.signal };
  }

  #call(thread: TracedThread, line: Call): void {
    const call = this.#executing.delete(thread.id) ? this.#succeeding(line) : interrupted(line);
    this.#noteDescriptors(thread, call);
    if (spawning.has(call.name)) return this.#spawn(thread, call);
    const reading = readings.get(call.name);
    if (reading === undefined) return;
    if (wasAsked(call, reading.checkedThenFailed)) reading.read(this.#scene, thread, call);
    else if (isMissing(call)) reading.readMissing?.(this.#scene, thread, call);
  }

  /** Annotated, descriptors say where the thread is, and what it has open. */
  #noteDescriptors(thread: TracedThread, call: Call): void {
    for (const value of [...call.args, resultOf(call)]) {
      if (value?.kind !== 'fd') continue;
      const path = onceNamed(value);
      if (path === undefined) continue;
      if (value.number === 'AT_FDCWD') thread.place.directory = path;
      else thread.descriptors.set(value.number, path);
    }
  }

  /**
   * An execve that has ended the other threads can no longer fail. What strace takes for its
   * result, with `--seccomp-bpf`, is whatever the register holds: `= ?`, or the number of the
   * program's first call, which is lost by that (see `opening`).
   */
  #succeeding(call: Call): Call {
    const lost = lostCall(call);
    if (lost !== undefined) this.#scene.gap('unresolved', `a program's first call, of ${lost},`);
    const result = { kind: 'value', value: 0, text: '0' } as const;
    return { ...call, result: { ...result, fd: undefined, process: undefined, note: undefined } };
  }

  #spawn(thread: TracedThread, call: Call): void {
    const child = readSpawn(this.#scene, thread, call);
    if (child === undefined) return;
    const waiting = this.#unborn.get(child) ?? [];
    this.#unborn.delete(child);
    for (const event of waiting) this.accept(event);
  }
}

/**
 * Which call strace has lost, in its place saying this number for the result of an execve: as a
 * value, or as the error that it takes a negative one for. 0 is what execve really returns.
 */
function lostCall({ result }: Call): SyscallName | undefined {
  if (!isKnownArchitecture()) return undefined;
  if (result.kind !== 'value' && result.kind !== 'error') return undefined;
  const text = result.kind === 'value' ? result.text : result.errno;
  if (!/^\d+$/.test(text) || text === '0') return undefined;
  const number = BigInt(text);
  const positive = Number(number >> 63n === 0n ? number : (1n << 64n) - number);
  for (const [name, one] of Object.entries(architecture().numbers)) {
    if (one === positive) return name as SyscallName;
  }
  return undefined;
}

function resultOf({ result }: Call): FdValue | undefined {
  return result.kind === 'value' ? result.fd : undefined;
}

/**
 * What the kernel may begin anew after a signal, the program sees fail with EINTR where its handler
 * has no SA_RESTART; the log has no word of which. Restarted, it is seen again.
 */
function interrupted(call: Call): Call {
  if (call.result.kind !== 'restart') return call;
  const result = { kind: 'error', errno: 'EINTR', message: undefined, note: undefined } as const;
  return { ...call, result };
}

function isMissing({ result }: Call): boolean {
  return result.kind === 'error' && result.errno === 'ENOENT';
}

/** Whether the kernel came as far as to ask Landlock. */
function wasAsked(call: Call, checkedThenFailed: ReadonlySet<string> | 'all'): boolean {
  if (call.result.kind === 'value') return true;
  if (call.result.kind !== 'error') return false; // Cut off.
  return checkedThenFailed === 'all' || checkedThenFailed.has(call.result.errno);
}
