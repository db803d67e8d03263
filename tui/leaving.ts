import { noticed } from './deciding.js';
import { withoutDialog } from './dialogs.js';
import type { Live } from './live.js';
import type { Command } from './messages.js';
import type { Model } from './model.js';
import { decidedInference, hasUnsavedDecisions, presentDecisions } from './outcome.js';
import type { TargetFate } from './target.js';

export interface Update {
  readonly model: Model;
  readonly commands: readonly Command[];
}

/** A model, and what is to be done. */
export function after(model: Model, ...commands: readonly Command[]): Update {
  return { model, commands };
}

/**
 * Leaving asks once when that would lose decisions; asked twice in a row, it leaves. Of a target
 * that still runs it asks what becomes of it.
 *
 * @param before - the model with the notice of what was asked last.
 */
export function leave(before: Model, model: Model): Update {
  if (hasUnsavedDecisions(model) && before.notice !== 'unsaved') {
    return after(noticed(model, 'unsaved'));
  }
  return targetRuns(model) ? after(asking(model, 'quit')) : after(model, { kind: 'quit' });
}

/** The same at once: a target that still runs is stopped. */
export function leaveAtOnce(model: Model): Update {
  return after(model, targetRuns(model) ? { kind: 'quit', target: 'stop' } : { kind: 'quit' });
}

/** The file is to be written; of a target that still runs it is asked first what becomes of it. */
export function write(model: Model): Update {
  return targetRuns(model) ? after(asking(model, 'write')) : after(model, writing(model));
}

/** Said what becomes of the target. What it does while it ends belongs to what is written. */
export function fateChosen(model: Model, fate: TargetFate): Update {
  const { live } = model;
  if (live?.leaving === undefined) return after(model);
  if (live.leaving === 'quit') return after(model, { kind: 'quit', target: fate });
  if (fate === 'keep') return after(model, { ...writing(model), target: fate });
  const awaited = itemsOf(model);
  return after(withLive(model, { leaving: undefined, awaited }), { kind: 'stop' });
}

/** The target has ended: what waited for that is written, unless there is more to look at. */
export function writtenWhenAwaited(model: Model): Update {
  const { live } = model;
  if (live?.awaited === undefined) return after(model);
  const { awaited, held } = live;
  const more = held !== undefined || [...itemsOf(model)].some((item) => !awaited.has(item));
  const rest = withLive(model, { awaited: undefined });
  return more ? after(noticed(rest, 'did-more')) : after(rest, writing(rest));
}

/** The model with something else known of the target, where there is one. */
export function withLive(model: Model, changes: Partial<Live>): Model {
  return model.live === undefined ? model : { ...model, live: { ...model.live, ...changes } };
}

/** Whether there is a target that has not ended. */
export function targetRuns({ live }: Model): boolean {
  return live !== undefined && live.target.kind !== 'ended';
}

function asking(model: Model, leaving: Live['leaving']): Model {
  return withLive(withoutDialog(model), { leaving });
}

function writing(model: Model): Command & { kind: 'write' } {
  return {
    kind: 'write',
    inference: decidedInference(model),
    decisions: presentDecisions(model),
  };
}

/** What there is to grant. */
function itemsOf({ outline }: Model): ReadonlySet<string> {
  return new Set(
    outline.flatMap(({ id, rights, item, decidable }) => {
      const grants = decidable && !(item.kind === 'rule' && item.rule.offered === true);
      return grants ? [`${id} ${rights}`] : [];
    }),
  );
}
