import { rulesWithin } from '../inference/decisions/shape.js';
import { addRule, decideItem, noticed } from './deciding.js';
import { menuItems, pathOf } from './menu.js';
import type { Command } from './messages.js';
import type { Model, PagerKind } from './model.js';
import { openPager, reflowed, scrollTo } from './pager.js';
import { acceptedPrompt, filtered } from './prompting.js';
import type { Names } from './subject.js';
import { placeOfCursor } from './window.js';

/** What was open is closed; where nothing was, all rows are shown again. */
export function leftDialog(model: Model): Model {
  return isQuiet(model) ? filtered(model, '') : closed(model);
}

/** Whatever is open, closed. */
export function withoutDialog(model: Model): Model {
  const live = model.live === undefined ? undefined : { ...model.live, leaving: undefined };
  return { ...model, pager: undefined, menu: undefined, prompt: undefined, live };
}

/** Something to read in the place of the panes; asked for again, it is closed. */
export function togglePager(model: Model, kind: PagerKind): Model {
  if (model.pager?.kind === kind) return withoutDialog(model);
  if (kind === 'output' && model.live === undefined) return noticed(model, 'no-target');
  const pager = openPager(model, kind);
  return { ...model, pager: kind === 'output' ? scrollTo(pager, 'last', model.size) : pager };
}

/** The preview in the next format, around the end. */
export function reformatted(model: Model, step: 1 | -1): Model {
  if (model.pager?.kind !== 'preview') return model;
  const count = model.subject.formats.length + 1;
  const next = { ...model, format: (model.format + step + count) % count };
  return { ...next, pager: openPager(next, 'preview') };
}

/** The whole evidence tells what lies in a directory, which is looked up when it is asked for. */
export function looks(model: Model, pager: PagerKind): readonly Command[] {
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

/** With what was looked up on the disk about a directory. */
export function withNames(model: Model, path: string, names: Names): Model {
  return reflowed({ ...model, names: new Map(model.names).set(path, names) });
}

/** A menu for the row under the cursor, where there is something to choose. */
export function withMenu(model: Model, kind: 'rights' | 'bulk' | 'variable'): Model {
  const row = model.outline[placeOfCursor(model)]?.id ?? '';
  const opened = { ...model, menu: { kind, row, cursor: 0 } };
  if (menuItems(opened, opened.menu).length > 0) return opened;
  return noticed(model, kind === 'variable' ? 'nothing-to-name' : 'nothing-to-cut');
}

/** What was typed or chosen, done. */
export function accepted(model: Model): Model {
  if (model.prompt !== undefined) return acceptedPrompt(model);
  if (model.menu?.kind === 'add') return addRule(model);
  const decided = model.menu?.kind === 'variable' ? decideItem(model, 'other') : model;
  return { ...decided, menu: undefined };
}

/** Whether nothing is open that could be left. */
function isQuiet({ pager, menu, prompt, live }: Model): boolean {
  const isAsking = live?.leaving !== undefined;
  return pager === undefined && menu === undefined && prompt === undefined && !isAsking;
}

/** Leaving the filter's prompt is wanting all rows again. */
function closed(model: Model): Model {
  const closed = withoutDialog(model);
  return model.prompt?.kind === 'filter' ? filtered(closed, '') : closed;
}
