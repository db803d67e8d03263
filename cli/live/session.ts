import type { Recorded } from '../../tracer/recorded.js';
import type { Trace } from '../../tracer/trace.js';
import type { Running, TraceOptions } from '../../tracer/tracer.js';
import type { Target } from '../../tui/target.js';
import { describeOutcome } from '../result.js';
import { type WatchedCommand, watch } from '../watched-command.js';

/** What is told of a session. */
export interface SessionHearer {
  /** More was seen. */
  readonly onGrown: () => void;
  readonly onChanged: (target: Target) => void;
}

/** A target that runs, is stopped, and may run again; and what was seen of all its runs. */
export class Session {
  readonly #watched: WatchedCommand;
  readonly #how: Pick<TraceOptions, 'abi' | 'descriptors' | 'apart'>;
  readonly #ended: Trace[] = [];
  #hearer: SessionHearer | undefined;
  #running: Running | undefined;
  #soFar: () => Recorded = nothingYet;
  #target: Target = { kind: 'ended', run: 0, how: 'did not run', known: false };
  #over: Promise<void> = Promise.resolve();
  #restart = false;
  #closed = false;
  #killing: NodeJS.Timeout | undefined;

  constructor(watched: WatchedCommand, how: Pick<TraceOptions, 'abi' | 'descriptors' | 'apart'>) {
    this.#watched = watched;
    this.#how = how;
  }

  get target(): Target {
    return this.#target;
  }

  get isRunning(): boolean {
    return this.#target.kind !== 'ended';
  }

  /** How the last run ended, or that it goes on. */
  get how(): string {
    return this.#target.kind === 'ended' ? this.#target.how : 'runs on';
  }

  /** Of all runs; that of the one that goes on as if it had ended now. */
  traces(): readonly Trace[] {
    if (this.#running === undefined) return this.#ended;
    const { gaps, ...seen } = this.#soFar();
    const { header } = this.#running;
    const outcome = { kind: 'unknown' } as const;
    return [...this.#ended, { header, ...seen, outcome, integrity: gaps }];
  }

  follow(hearer: SessionHearer | undefined): void {
    this.#hearer = hearer;
  }

  /** Resolves when the target runs. @throws CommandError when it cannot be run. */
  start(): Promise<void> {
    const run = this.#target.run + 1;
    return new Promise((resolve, reject) => {
      const traced = watch(this.#watched, {
        ...this.#how,
        onStarted: (running) => {
          this.#running = running;
          this.#become({ kind: 'running', run });
          resolve();
          if (this.#closed) this.stop();
        },
        onGrown: (soFar) => {
          this.#soFar = soFar;
          this.#hearer?.onGrown();
        },
        onLeftBehind: () => {}, // It stands on the screen that the target still runs.
      });
      this.#over = traced.then(
        (trace) => this.#end(trace, describeOutcome(trace.outcome)),
        (error: Error) => {
          reject(error);
          this.#end(this.#broken(error), error.message);
        },
      );
    });
  }

  /** Asks all of the target to end, and ends it after a while; asked again, at once. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): void {
    const { kind, run } = this.#target;
    if (kind === 'ended') return;
    if (kind === 'stopping') return this.#kill();
    this.#running?.signal(signal);
    this.#killing = setTimeout(() => this.#kill(), grace);
    this.#become({ kind: 'stopping', run });
  }

  restart(): void {
    if (this.#target.kind === 'ended') {
      this.start().catch(() => {}); // How it failed is told as how it ended.
      return;
    }
    this.#restart = true;
    if (this.#target.kind === 'running') this.stop();
  }

  /** Stops what runs, and runs nothing more. Resolves when nothing does. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#restart = false;
    this.stop();
    await this.#over;
  }

  /** Resolves when the run has ended. */
  over(): Promise<void> {
    return this.#over;
  }

  #kill(): void {
    clearTimeout(this.#killing);
    this.#running?.signal('SIGKILL');
    // What was forked meanwhile is found by the next time.
    this.#killing = setTimeout(() => this.#kill(), pause);
  }

  #end(trace: Trace | undefined, how: string): void {
    clearTimeout(this.#killing);
    if (trace !== undefined) this.#ended.push(trace);
    this.#running = undefined;
    this.#soFar = nothingYet;
    const again = this.#restart;
    this.#restart = false;
    const known = trace !== undefined && trace.outcome.kind !== 'unknown';
    this.#become({ kind: 'ended', run: this.#target.run, how, known });
    if (again) this.restart();
  }

  /** What was seen of a run whose tracer failed; undefined when it never ran. */
  #broken({ message }: Error): Trace | undefined {
    const [last] = this.traces().slice(this.#ended.length);
    const gap = { kind: 'interrupted', detail: message } as const;
    return last === undefined ? undefined : { ...last, integrity: [...last.integrity, gap] };
  }

  #become(target: Target): void {
    this.#target = target;
    this.#hearer?.onChanged(target);
  }
}

function nothingYet(): Recorded {
  return { operations: [], objects: [], lookups: [], gaps: [] };
}

/** Milliseconds that a target has to end when it is asked to. */
const grace = 5000;
const pause = 100;
