import {
  type Decision,
  type Decisions,
  decide,
  sameDecisions,
  stateAt,
  tallyOf,
} from './decisions.js';
import { type History, record, redo, undo } from './history.js';
import type { Command, Message } from './messages.js';
import {
  decidedInference,
  hasUnsavedDecisions,
  inView,
  type Model,
  type Notice,
  type PagerKind,
  placeOfCursor,
} from './model.js';
import { openPager, reflowed, scrollBy, scrollByPages, scrollTo } from './pager.js';
import { fold, moveBy, moveByPages, moveTo, reveal, unfold } from './travel.js';

export interface Update {
  readonly model: Model;
  readonly commands: readonly Command[];
}

/** The model after a message, and what is to be done. Pure. */
export function update(before: Model, message: Message): Update {
  const model = message.kind === 'resized' ? before : { ...before, notice: undefined };
  switch (message.kind) {
    case 'write-asked':
      return after(model, { kind: 'write', inference: decidedInference(model) });
    case 'quit-asked':
      return model.pager === undefined ? leave(before, model) : after(withoutPager(model));
    case 'interrupted':
      return leave(before, model);
    case 'hung-up':
      return after(model, { kind: 'quit' });
    case 'suspend-asked':
      return after(before, { kind: 'suspend' });
    case 'resized':
      return after(reflowed(inView({ ...model, size: message.size })));
    case 'pager-asked':
      return after(togglePager(model, message.pager));
    case 'pager-left':
      return after(withoutPager(model));
    default:
      return after(model.pager === undefined ? inTree(model, message) : inPager(model, message));
  }
}

type PaneMessage = Extract<
  Message,
  {
    kind: 'moved' | 'paged' | 'jumped' | 'folded' | 'unfolded' | 'decided' | 'undone' | 'redone';
  }
>;

function after(model: Model, ...commands: readonly Command[]): Update {
  return { model, commands };
}

/** Leaving asks once when that would lose decisions; asked twice in a row, it leaves. */
function leave(before: Model, model: Model): Update {
  return hasUnsavedDecisions(model) && before.notice !== 'unsaved'
    ? after(noticed(withoutPager(model), 'unsaved'))
    : after(model, { kind: 'quit' });
}

function inTree(model: Model, message: PaneMessage): Model {
  switch (message.kind) {
    case 'moved':
      return moveBy(model, message.rows);
    case 'paged':
      return moveByPages(model, message.pages);
    case 'jumped':
      return moveTo(model, message.to);
    case 'folded':
      return fold(model);
    case 'unfolded':
      return unfold(model);
    case 'decided':
      return decided(model, message.decision);
    case 'undone':
      return stepped(model, undo(model.history), model.history.present, 'nothing-to-undo');
    case 'redone':
      return stepped(model, redo(model.history), undefined, 'nothing-to-redo');
  }
}

/** In a pager the keys that move scroll; nothing is decided that cannot be seen. */
function inPager(model: Model, message: PaneMessage): Model {
  const { pager } = model;
  if (pager === undefined) return model;
  switch (message.kind) {
    case 'moved':
      return { ...model, pager: scrollBy(pager, message.rows, model.size) };
    case 'paged':
      return { ...model, pager: scrollByPages(pager, message.pages, model.size) };
    case 'jumped':
      return { ...model, pager: scrollTo(pager, message.to, model.size) };
    default:
      return model;
  }
}

function decided(model: Model, decision: Decision | 'other'): Model {
  const at = placeOfCursor(model);
  const state = stateAt(model.outline, model.tally, at);
  if (state === undefined) return noticed(model, 'nothing-to-decide');
  const wanted = decision === 'other' ? (state === 'allowed' ? 'deny' : 'allow') : decision;
  const decisions = decide(model.outline, model.history.present, at, wanted);
  // What changes nothing is no step that undo would have to go back over.
  if (sameDecisions(decisions, model.history.present)) return model;
  return withHistory(model, record(model.history, decisions));
}

/** A step through the history; the cursor goes to the row that the step is about. */
function stepped(
  model: Model,
  history: History<Decisions> | undefined,
  undone: Decisions | undefined,
  otherwise: Notice,
): Model {
  if (history === undefined) return noticed(model, otherwise);
  return reveal(withHistory(model, history), (undone ?? history.present).at);
}

function withHistory(model: Model, history: History<Decisions>): Model {
  return { ...model, history, tally: tallyOf(model.outline, history.present) };
}

function togglePager(model: Model, kind: PagerKind): Model {
  return model.pager?.kind === kind
    ? withoutPager(model)
    : { ...model, pager: openPager(model, kind) };
}

function withoutPager(model: Model): Model {
  return model.pager === undefined ? model : { ...model, pager: undefined };
}

function noticed(model: Model, notice: Notice): Model {
  return { ...model, notice };
}
