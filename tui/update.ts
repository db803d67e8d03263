import { rulesWithin } from '../inference/decisions/shape.js';
import { fsAccess } from '../landlock/access-set.js';
import { nextOrder } from './arrangement.js';
import {
  addRule,
  decideItem,
  decideRow,
  explainRow,
  foldRow,
  noticed,
  stepped,
  unfoldRow,
} from './deciding.js';
import { redo, undo } from './history.js';
import { type Mode, messageFor } from './keys.js';
import { type Menu, menuItems, pathOf } from './menu.js';
import type { Command, Message } from './messages.js';
import {
  arranged,
  clamp,
  decidedInference,
  hasUnsavedDecisions,
  inView,
  type Model,
  type PagerKind,
  placeOfCursor,
  presentDecisions,
} from './model.js';
import { openPager, reflowed, scrollBy, scrollByPages, scrollTo } from './pager.js';
import { completed, emptyPrompt, erased, type Prompt, type PromptKind, typed } from './prompt.js';
import { slid } from './sliding.js';
import type { Names } from './subject.js';
import { fold, moveBy, moveByPages, moveTo, moveToOpen, unfold } from './travel.js';

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
      return isQuiet(model) ? filtered(model, '') : left(model);
    case 'format-changed':
      return reformatted(model, message.step);
    case 'menu-asked':
      return withMenu(model, message.menu);
    case 'prompt-asked':
      return withPrompt(model, message.prompt);
    case 'typed':
      return typedInto(model, message.text);
    case 'accepted':
      return model.prompt === undefined ? accepted(model) : acceptedPrompt(model);
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

function togglePager(model: Model, kind: PagerKind): Model {
  return model.pager?.kind === kind
    ? withoutDialog(model)
    : { ...model, pager: openPager(model, kind) };
}

/** The whole evidence tells what lies in a directory, which is looked up when it is asked for. */
function looks(model: Model, pager: PagerKind): readonly Command[] {
  const row = model.outline[placeOfCursor(model)];
  const path = row === undefined ? undefined : pathOf(row);
  if (pager !== 'evidence' || row === undefined || path === undefined) return [];
  const isDirectory =
    row.item.kind === 'directory' || (row.item.kind === 'rule' && row.item.rule.directory);
  if (!isDirectory || model.names.has(path)) return [];
  const used = rulesWithin(model.shaped, path).flatMap(({ uses, path: at }) => [
    at,
    ...uses.map((use) => use.path),
  ]);
  return [{ kind: 'look', path, used: new Set(used) }];
}

/** The preview in the next format, around the end. */
function reformatted(model: Model, step: 1 | -1): Model {
  if (model.pager?.kind !== 'preview') return model;
  const count = model.subject.formats.length + 1;
  const next = { ...model, format: (model.format + step + count) % count };
  return { ...next, pager: openPager(next, 'preview') };
}

function withNames(model: Model, path: string, names: Names): Model {
  return reflowed({ ...model, names: new Map(model.names).set(path, names) });
}

function withoutDialog(model: Model): Model {
  return { ...model, pager: undefined, menu: undefined, prompt: undefined };
}

/** Whether nothing is open that could be left. */
function isQuiet({ pager, menu, prompt }: Model): boolean {
  return pager === undefined && menu === undefined && prompt === undefined;
}

/** Leaving the filter's prompt is wanting all rows again. */
function left(model: Model): Model {
  const closed = withoutDialog(model);
  return model.prompt?.kind === 'filter' ? filtered(closed, '') : closed;
}

function filtered(model: Model, filter: string): Model {
  if (filter === model.arrangement.filter) return model;
  return arranged(model, { ...model.arrangement, filter });
}

function reordered(model: Model): Model {
  const order = nextOrder(model.arrangement.order);
  return noticed(arranged(model, { ...model.arrangement, order }), `ordered-${order}`);
}

/** What is typed as a filter holds at once. */
function prompted(model: Model, prompt: Prompt): Model {
  const next = { ...model, prompt };
  return prompt.kind === 'filter' ? filtered(next, prompt.text) : next;
}

function withMenu(model: Model, kind: 'rights' | 'bulk' | 'variable'): Model {
  const row = model.outline[placeOfCursor(model)]?.id ?? '';
  const opened = { ...model, menu: { kind, row, cursor: 0 } };
  if (menuItems(opened, opened.menu).length > 0) return opened;
  return noticed(model, kind === 'variable' ? 'nothing-to-name' : 'nothing-to-cut');
}

function withPrompt(model: Model, kind: PromptKind): Model {
  return { ...model, prompt: emptyPrompt(kind, kind === 'filter' ? model.arrangement.filter : '') };
}

function typedInto(model: Model, text: string): Model {
  const { prompt } = model;
  return prompt === undefined ? model : prompted(model, typed(prompt, text));
}

function edited(model: Model, message: Extract<Message, { kind: 'erased' | 'completed' }>): Model {
  const { prompt } = model;
  if (prompt === undefined) return model;
  const next =
    message.kind === 'erased'
      ? erased(prompt, message.what)
      : completed(prompt, message.beginning, message.candidates);
  return prompted(model, next);
}

function accepted(model: Model): Model {
  if (model.menu?.kind === 'add') return addRule(model);
  const decided = model.menu?.kind === 'variable' ? decideItem(model, 'other') : model;
  return { ...decided, menu: undefined };
}

function acceptedPrompt(model: Model): Model {
  const { prompt } = model;
  const rest = { ...model, prompt: undefined };
  if (prompt === undefined || prompt.text === '' || prompt.kind === 'filter') return rest;
  if (prompt.kind === 'reason') return explainRow(rest, prompt.text);
  const path = prompt.text.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  if (!path.startsWith('/') || /\/\.\.?(\/|$)/.test(path))
    return noticed(model, 'no-absolute-path');
  const beneath = prompt.text.endsWith('/');
  return { ...rest, menu: { kind: 'add', path, beneath, chosen: fsAccess(), cursor: 0 } };
}
