import type { Verdict } from '../inference/decisions/decision.js';

/** What a person may type for a verdict. */
export const verdictWords: Readonly<Record<string, Verdict>> = {
  a: 'allow',
  allow: 'allow',
  d: 'deny',
  deny: 'deny',
  i: 'ignore',
  ignore: 'ignore',
};
