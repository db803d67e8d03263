import type { Verdict } from '../inference/decisions/decision.js';
import type { Message } from './messages.js';
import type { Model } from './model.js';
import { listed } from './plain-rows.js';
import type { ReviewResult } from './subject.js';
import { reveal } from './travel.js';
import { update } from './update.js';

/** A review by questions and answers in lines, for screen readers, dumb terminals and pipes. */
export interface Talk {
  readonly model: Model;
  /** Rows that a person wants to decide on later, by their ids. */
  readonly postponed: ReadonlySet<string>;
  /** What is to be said; the last line is a question. */
  readonly lines: readonly string[];
  /** How it ended, once it has. */
  readonly result: ReviewResult | undefined;
}

/** With more to be said. */
export function say(talk: Talk, ...lines: readonly string[]): Talk {
  return { ...talk, lines: [...talk.lines, ...lines] };
}

/** The same review, left without writing: what was decided is in the model. */
export function left(talk: Talk): Talk {
  return { ...talk, result: { kind: 'quit' } };
}

/** A verdict on each of these rows, told. */
export function judged(talk: Talk, places: readonly number[], decision: Verdict): Talk {
  let after = talk;
  for (const at of places) {
    after = did({ ...after, model: reveal(after.model, at) }, { kind: 'decided', decision });
    after = say(after, `${verdictPast[decision]}: ${listed(after.model, at)}`);
  }
  return after;
}

const verdictPast: Readonly<Record<Verdict, string>> = {
  allow: 'Allowed',
  deny: 'Denied',
  ignore: 'Ignored',
};

/** What a message makes of the review; where that is nothing, it is told. */
export function did(talk: Talk, message: Message): Talk {
  const { model } = update(talk.model, message);
  const after = { ...talk, model };
  if (model.notice?.startsWith('nothing') !== true) return after;
  return say(after, `There is nothing to do so: ${model.notice.replaceAll('-', ' ')}.`);
}
