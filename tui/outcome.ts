import { decideOn } from '../inference/decisions/decide.js';
import type { Decision } from '../inference/decisions/decision.js';
import { decisionList, decisionsOf, sameDecisions } from '../inference/decisions/decisions.js';
import type { Inference } from '../inference/inference.js';
import type { Profile } from '../profiles/profile.js';
import type { Model } from './model.js';

/** The inference as the present decisions leave it. */
export function decidedInference({ subject, base, shaped, history }: Model): Inference {
  const { decisions } = history.present;
  return decisions.size === 0 ? base : decideOn(base, shaped, decisions, subject.grounds);
}

/** The present decisions, in the order of a file. */
export function presentDecisions({ history }: Model): readonly Decision[] {
  return decisionList(history.present.decisions);
}

/** The profile as it would be written now. */
export function decidedProfileOf(model: Model): Profile {
  return model.subject.profile(decidedInference(model), presentDecisions(model));
}

/** Whether leaving now would lose a decision. */
export function hasUnsavedDecisions({ subject, history }: Model): boolean {
  return !sameDecisions(history.present.decisions, decisionsOf(subject.decisions));
}
