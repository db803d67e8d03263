import type { Verb } from './verb.js';

export interface KnownVerb {
  /** Loaded when it is called, so that none waits for what another needs. */
  readonly load: () => Promise<Verb>;
  /** It runs a command under a tracer. */
  readonly watches?: boolean;
}

/** Every verb there is, in the order of the help. */
export const verbs: Readonly<Record<string, KnownVerb>> = {
  learn: { load: async () => (await import('./verbs/learn.js')).learn, watches: true },
  record: { load: async () => (await import('./verbs/record.js')).record, watches: true },
  check: { load: async () => (await import('./verbs/check.js')).check, watches: true },
  run: { load: async () => (await import('./verbs/run.js')).run },
  verify: { load: async () => (await import('./verbs/verify.js')).verify, watches: true },
  infer: { load: async () => (await import('./verbs/infer.js')).inferVerb },
  review: { load: async () => (await import('./verbs/review.js')).review },
  export: { load: async () => (await import('./verbs/export.js')).exportVerb },
  explain: { load: async () => (await import('./verbs/explain.js')).explainVerb },
  diff: { load: async () => (await import('./verbs/diff.js')).diff },
  doctor: { load: async () => (await import('./verbs/doctor.js')).doctor },
};

/** The verb that a command line means, and the words that are the verb's. */
export function verbOf(words: readonly string[]): {
  readonly name: string;
  readonly rest: readonly string[];
} {
  const [first = '', ...rest] = words;
  return Object.hasOwn(verbs, first) ? { name: first, rest } : { name: 'learn', rest: words };
}
