import { decideItem, decideRow, foldRow, noticed, unfoldRow } from './deciding.js';
import { menuItems } from './menu.js';
import type { Message } from './messages.js';
import type { Model } from './model.js';
import type { Menu } from './open-menu.js';
import { scrollBy, scrollByPages, scrollTo } from './pager.js';
import { reordered } from './prompting.js';
import { fold, moveBy, moveByPages, moveTo, moveToOpen, unfold } from './travel.js';
import { clamp } from './window.js';

/** What is done where the rows are shown, or what has taken their place. */
export type PaneMessage = Extract<
  Message,
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

/** What a message does to whatever is open. */
export function inPane(model: Model, message: PaneMessage): Model {
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
