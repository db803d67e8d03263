/** What every verb is given. */
export interface Invocation {
  /** The words after the verb. */
  readonly words: readonly string[];
  /** Descriptors above 2 that our caller handed us, for the target. */
  readonly descriptors: readonly number[];
}

/** Does what the verb says. @returns the exit status. */
export type Verb = (invocation: Invocation) => Promise<number>;
