import { placeOf, type Verdict } from '../inference/decisions/decision.js';
import {
  type Decisions,
  sameDecisions,
  withDecision,
  withoutDecision,
} from '../inference/decisions/decisions.js';
import { difference, union } from '../landlock/access-set.js';
import { parentOf } from '../landlock/hierarchy.js';
import { cycled, judged, laidOut, subjectsAt } from './decisions.js';
import { type History, record } from './history.js';
import { withHistory } from './laying-out.js';
import { type MenuItem, menuItems, pathOf } from './menu.js';
import type { Model, Notice, Step } from './model.js';
import { stateAt } from './standing.js';
import { revealId } from './travel.js';
import { placeOfCursor } from './window.js';

/** A verdict on the row under the cursor and, where that is a heading, on all beneath. */
export function decideRow(model: Model, decision: Verdict | 'other'): Model {
  const at = placeOfCursor(model);
  const { outline } = model;
  const state = stateAt(outline, model.tally, at);
  if (state === undefined) return noticed(model, 'nothing-to-decide');
  const { decisions } = model.history.present;
  const next =
    decision === 'other'
      ? cycled(outline, { decisions, state }, at, isFiltered(model))
      : judged(decisions, subjectsAt(outline, at, isFiltered(model)), decision);
  return recorded(model, next);
}

/** One rule on the directory of the row, in the place of all beneath it. */
export function foldRow(model: Model): Model {
  const row = model.outline[placeOfCursor(model)];
  const path = row === undefined ? undefined : pathOf(row);
  if (row === undefined || path === undefined || row.item.kind === 'creation') {
    return noticed(model, 'nothing-to-fold');
  }
  const stands = row.item.kind === 'rule' && row.descendants === 0;
  const target = stands ? parentOf(path) : path;
  const next = withDecision(model.history.present.decisions, laidOut('fold', target));
  const folded = recorded(model, next, `path ${target}`);
  return folded.shaped === model.shaped ? noticed(model, 'nothing-to-fold') : folded;
}

/** The rules that a folded one stands for, in its place. */
export function unfoldRow(model: Model): Model {
  const row = model.outline[placeOfCursor(model)];
  if (row?.item.kind !== 'rule') return noticed(model, 'nothing-to-unfold');
  const { path } = row.item.rule;
  const { decisions } = model.history.present;
  const fold = laidOut('fold', path);
  const next = decisions.has(`fold path at ${path}`)
    ? withoutDecision(decisions, fold)
    : withDecision(decisions, laidOut('pin', path));
  const unfolded = recorded(model, next, row.id);
  return unfolded.shaped === model.shaped ? noticed(model, 'nothing-to-unfold') : unfolded;
}

/** What the chosen item of the menu stands for, decided. */
export function decideItem(model: Model, decision: Verdict | 'other'): Model {
  const { menu } = model;
  const item = menu === undefined ? undefined : menuItems(model, menu)[menu.cursor];
  if (menu === undefined || item === undefined) return model;
  const { deed } = item;
  const { decisions, at } = model.history.present;
  switch (deed.kind) {
    case 'choose': {
      if (menu.kind !== 'add') return model;
      const chosen =
        item.state === undefined
          ? union(menu.chosen, deed.access)
          : difference(menu.chosen, deed.access);
      return { ...model, menu: { ...menu, chosen } };
    }
    case 'name': {
      const { name, path } = deed;
      const variable = {
        action: 'variable',
        subject: { kind: 'variable', name, path },
        reason: '',
      } as const;
      const next =
        item.state === undefined
          ? withDecision(decisions, variable)
          : withoutDecision(decisions, variable);
      return recorded(model, next, at);
    }
    case 'judge': {
      const verdict = decision === 'other' ? nextVerdict(item) : decision;
      return recorded(model, judged(decisions, [deed.subject], verdict));
    }
  }
}

/** The rule that the menu of rights was opened for. */
export function addRule(model: Model): Model {
  const { menu } = model;
  if (menu?.kind !== 'add') return model;
  if (menu.chosen === 0) return { ...model, menu: undefined };
  const { path, beneath, chosen } = menu;
  const subject = { kind: 'path', path, beneath, access: chosen } as const;
  const next = withDecision(model.history.present.decisions, {
    action: 'add',
    subject,
    reason: '',
  });
  return revealId(recorded({ ...model, menu: undefined }, next, `path ${path}`), `path ${path}`);
}

/** A reason for what was decided about the row, or for allowing it where nothing was. */
export function explainRow(model: Model, reason: string): Model {
  const row = model.outline[placeOfCursor(model)];
  const subjects = subjectsAt(model.outline, placeOfCursor(model), isFiltered(model));
  if (row === undefined || subjects.length === 0) return noticed(model, 'nothing-to-explain');
  const { decisions } = model.history.present;
  const path = pathOf(row);
  const places = new Set(subjects.map(placeOf));
  const about = [...decisions.values()].filter(
    ({ subject }) =>
      places.has(placeOf(subject)) || (subject.kind === 'path' && subject.path === path),
  );
  if (about.length === 0) return recorded(model, judged(decisions, subjects, 'allow', reason));
  const next = about.reduce(
    (before, decision) => withDecision(withoutDecision(before, decision), { ...decision, reason }),
    decisions,
  );
  return recorded(model, next);
}

/** A step through the history; the cursor goes to the row that the step is about. */
export function stepped(
  model: Model,
  history: History<Step> | undefined,
  undone: Step | undefined,
  otherwise: Notice,
): Model {
  if (history === undefined) return noticed(model, otherwise);
  return revealId(withHistory(model, history), (undone ?? history.present).at);
}

export function noticed(model: Model, notice: Notice): Model {
  return { ...model, notice };
}

function recorded(
  model: Model,
  decisions: Decisions,
  at = model.outline[placeOfCursor(model)]?.id ?? '',
): Model {
  // What changes nothing is no step that undo would have to go back over.
  if (sameDecisions(decisions, model.history.present.decisions)) return model;
  const next = withHistory(model, record(model.history, { decisions, at }));
  return next.outline === model.outline ? next : revealId(next, at);
}

function isFiltered({ arrangement }: Model): boolean {
  return arrangement.filter !== '';
}

function nextVerdict({ state }: MenuItem): Verdict {
  return state === 'denied' ? 'ignore' : state === 'ignored' ? 'allow' : 'deny';
}
