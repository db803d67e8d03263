import { readFileSync } from 'node:fs';
import type { TraceOptions } from '../tracer.js';
import type { StraceInterpreter } from './interpreter.js';

/**
 * The processes that a target leaves behind when it ends. A shell would not wait for them, but what
 * they ask for belongs to the profile: they are given some time, and then ended, so that nothing
 * of the run is left.
 */
export class Entourage {
  readonly #interpreter: StraceInterpreter;
  readonly #options: TraceOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(interpreter: StraceInterpreter, options: TraceOptions) {
    this.#interpreter = interpreter;
    this.#options = options;
  }

  /** Called whenever the log has told more. */
  look(): void {
    const { leader } = this.#interpreter;
    if (this.#timer !== undefined || leader === undefined) return;
    const left = this.#interpreter.alive();
    if (left.length === 0 || left.includes(leader)) return;
    this.#timer = setTimeout(() => this.#end(), this.#options.patience * 1000);
    // What ends within a moment is not worth a word.
    const word = setTimeout(() => this.#tell(), Math.min(500, this.#options.patience * 500));
    word.unref();
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell(): void {
    const left = this.#interpreter.alive().length;
    if (this.#timer !== undefined && left > 0) this.#options.onLeftBehind(left);
  }

  #end(): void {
    for (const id of this.#interpreter.alive()) {
      const name = nameOf(id);
      if (name === undefined) continue;
      this.#interpreter.gap('outlived', name);
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  }
}

function nameOf(id: number): string | undefined {
  try {
    return readFileSync(`/proc/${id}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
