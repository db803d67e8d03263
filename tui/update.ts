import { decideItem, decideRow, foldRow, noticed, stepped, unfoldRow } from './deciding.js';
import {
  accepted,
  leftDialog,
  looks,
  reformatted,
  togglePager,
  withMenu,
  withNames,
  withoutDialog,
} from './dialogs.js';
import { redo, undo } from './history.js';
import { type Mode, messageFor } from './keys.js';
import { type Menu, menuItems } from './menu.js';
import type { Command, Message } from './messages.js';
import type { Model } from './model.js';
import { decidedInference, hasUnsavedDecisions, presentDecisions } from './outcome.js';
import { reflowed, scrollBy, scrollByPages, scrollTo } from './pager.js';
import { edited, reordered, typedInto, withPrompt } from './prompting.js';
import { slid } from './sliding.js';
import { fold, moveBy, moveByPages, moveTo, moveToOpen, unfold } from './travel.js';
import { clamp, inView } from './window.js';

export interface Update {
  readonly model: Model;
  readonly commands: readonly Command[];
}

/** The model after a message, and what is to be done. Pure. */
export function update(before: Model, message: Message): Update {
  if (message.kind === 'pressed') return pressed(before, message.press);
  const quiet = ['resized', 'completed', 'looked'].includes(message.kind);
  const model = quiet ? before : { ...before, notice: undefined };
  switch (message.kind) {
    case 'pasted':
      // What is pasted is text: as keys it could decide anything.
      return after(model.prompt === undefined ? model : typedInto(model, message.text));
    case 'write-asked':
      return after(model, {
        kind: 'write',
        inference: decidedInference(model),
        decisions: presentDecisions(model),
      });
    case 'quit-asked':
      return modeOf(model) === 'rows' ? leave(before, model) : after(withoutDialog(model));
    case 'interrupted':
      return leave(before, withoutDialog(model));
    case 'hung-up':
      return after(model, { kind: 'quit' });
    case 'suspend-asked':
      return after(before, { kind: 'suspend' });
    case 'resized':
      return after(reflowed(inView({ ...model, size: message.size })));
    case 'slid':
      return model.slider === undefined
        ? after(model, { kind: 'survey', step: message.step })
        : after(slid(model, model.slider, message.step));
    case 'surveyed':
      return after(slid(model, message.slider, message.step));
    case 'looked':
      return after(withNames(model, message.path, message.names));
    case 'pager-asked':
      return after(togglePager(model, message.pager), ...looks(model, message.pager));
    case 'completion-asked':
      return model.prompt?.kind === 'add'
        ? after(model, { kind: 'complete', beginning: model.prompt.text })
        : after(model);
    default:
      return after(within(model, message));
  }
}

/** What the keyboard means at the moment. */
export function modeOf({ prompt, menu, pager }: Model): Mode {
  if (prompt !== undefined) return 'prompt';
  if (menu !== undefined) return 'menu';
  return pager === undefined ? 'rows' : 'pager';
}

type InnerMessage = Exclude<
  Message,
  {
    kind:
      | 'pressed'
      | 'pasted'
      | 'write-asked'
      | 'quit-asked'
      | 'interrupted'
      | 'hung-up'
      | 'suspend-asked'
      | 'resized'
      | 'completion-asked'
      | 'looked'
      | 'slid'
      | 'surveyed'
      | 'pager-asked';
  }
>;

function pressed(model: Model, press: string): Update {
  const message = messageFor(press, modeOf(model));
  return message === undefined ? after({ ...model, notice: undefined }) : update(model, message);
}

function after(model: Model, ...commands: readonly Command[]): Update {
  return { model, commands };
}

/** Leaving asks once when that would lose decisions; asked twice in a row, it leaves. */
function leave(before: Model, model: Model): Update {
  return hasUnsavedDecisions(model) && before.notice !== 'unsaved'
    ? after(noticed(model, 'unsaved'))
    : after(model, { kind: 'quit' });
}

function within(model: Model, message: InnerMessage): Model {
  switch (message.kind) {
    case 'dialog-left':
      return leftDialog(model);
    case 'format-changed':
      return reformatted(model, message.step);
    case 'menu-asked':
      return withMenu(model, message.menu);
    case 'prompt-asked':
      return withPrompt(model, message.prompt);
    case 'typed':
      return typedInto(model, message.text);
    case 'accepted':
      return accepted(model);
    case 'erased':
    case 'completed':
      return edited(model, message);
    case 'undone':
      return stepped(model, undo(model.history), model.history.present, 'nothing-to-undo');
    case 'redone':
      return stepped(model, redo(model.history), undefined, 'nothing-to-redo');
    default:
      return inPane(model, message);
  }
}

type PaneMessage = Extract<
  InnerMessage,
  {
    kind:
      | 'moved'
      | 'paged'
      | 'jumped'
      | 'jumped-to-open'
      | 'order-changed'
      | 'folded'
      | 'unfolded'
      | 'decided'
      | 'rule-folded'
      | 'rule-unfolded';
  }
>;

function inPane(model: Model, message: PaneMessage): Model {
  if (model.menu !== undefined) return inMenu(model, model.menu, message);
  return model.pager === undefined ? inRows(model, message) : inPager(model, message);
}

function inRows(model: Model, message: PaneMessage): Model {
  switch (message.kind) {
    case 'moved':
      return moveBy(model, message.rows);
    case 'paged':
      return moveByPages(model, message.pages);
    case 'jumped':
      return moveTo(model, message.to);
    case 'jumped-to-open':
      return moveToOpen(model, message.step) ?? noticed(model, 'nothing-open');
    case 'order-changed':
      return reordered(model);
    case 'folded':
      return fold(model);
    case 'unfolded':
      return unfold(model);
    case 'decided':
      return decideRow(model, message.decision);
    case 'rule-folded':
      return foldRow(model);
    case 'rule-unfolded':
      return unfoldRow(model);
  }
}

function inMenu(model: Model, menu: Menu, message: PaneMessage): Model {
  const last = menuItems(model, menu).length - 1;
  const at = (cursor: number) => ({ ...model, menu: { ...menu, cursor: clamp(cursor, 0, last) } });
  switch (message.kind) {
    case 'moved':
      return at(menu.cursor + message.rows);
    case 'paged':
      return at(menu.cursor + 10 * message.pages);
    case 'jumped':
      return at(message.to === 'first' ? 0 : last);
    case 'decided':
      return decideItem(model, message.decision);
    default:
      return model;
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
