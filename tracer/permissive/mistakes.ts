import type { Gap } from '../trace.js';

/**
 * Keeps us alive while a target depends on us: what nobody catches would end us, and the target
 * would have no supervisor. It is told in the trace instead.
 */
export class Mistakes {
  readonly #made = new Set<string>();
  readonly #note = (mistake: unknown) => {
    this.#made.add(mistake instanceof Error ? mistake.message : String(mistake));
  };

  /** Begins to note them. Rejections that nobody handles come here as well. */
  constructor() {
    process.on('uncaughtException', this.#note);
  }

  stopNoting(): void {
    process.off('uncaughtException', this.#note);
  }

  gaps(): readonly Gap[] {
    return [...this.#made].map((detail) => ({ kind: 'mistake', detail }));
  }
}
