import { everyFsRight, placeOf, type Subject } from '../inference/decisions/decision.js';
import { Verdicts } from '../inference/decisions/verdicts.js';
import type { FsRight } from '../landlock/abi.js';
import {
  accessNames,
  allAccess,
  difference,
  type FsAccess,
  fileAccess,
  fsAccess,
  intersection,
  netAccess,
} from '../landlock/access-set.js';
import { isBeneath } from '../landlock/hierarchy.js';
import { bulkOf } from './bulk.js';
import type { Model } from './model.js';
import type { Menu } from './open-menu.js';
import type { Row } from './outline.js';
import { printable } from './printable.js';
import { fsRights } from './rights.js';
import type { RowState } from './standing.js';

export interface MenuItem {
  readonly label: string;
  /** How what it stands for is decided at present. */
  readonly state: RowState;
  readonly deed: Deed;
}

/** What a menu's item does. */
export type Deed =
  | { readonly kind: 'judge'; readonly subject: Subject }
  | { readonly kind: 'choose'; readonly access: FsAccess }
  | { readonly kind: 'name'; readonly name: string; readonly path: string };

export function menuTitle(menu: Menu): string {
  switch (menu.kind) {
    case 'rights':
      return 'Rights of this rule';
    case 'bulk':
      return 'Decide at once';
    case 'variable':
      return 'Write as a variable';
    case 'add':
      return `Add ${printable(menu.path)}${menu.beneath && menu.path !== '/' ? '/' : ''} with (Enter adds it)`;
  }
}

/** What there is to choose from; it may be nothing. */
export function menuItems(model: Model, menu: Menu): readonly MenuItem[] {
  if (menu.kind === 'add') return additionItems(model, menu);
  const row = model.outline.find(({ id }) => id === menu.row);
  if (row === undefined) return [];
  switch (menu.kind) {
    case 'rights':
      return rightItems(model, row);
    case 'bulk':
      return bulkItems(model, row);
    case 'variable':
      return variableItems(model, row);
  }
}

/** A row's path, where it stands for one. */
export function pathOf({ item }: Row): string | undefined {
  switch (item.kind) {
    case 'rule':
      return item.rule.path;
    case 'directory':
      return item.path;
    case 'creation':
      return item.creation.path;
    default:
      return undefined;
  }
}

function rightItems(model: Model, { item }: Row): readonly MenuItem[] {
  const verdicts = new Verdicts(model.history.present.decisions);
  if (item.kind === 'port') {
    const { rule } = item;
    return accessNames('net', rule.access).map((right) => {
      const access = netAccess(right);
      const deed: Deed = { kind: 'judge', subject: { kind: 'port', port: rule.port, access } };
      return { label: right, state: stateIn(verdicts.onPort(rule), access), deed };
    });
  }
  if (item.kind !== 'rule') return [];
  const { rule } = item;
  return accessNames('fs', rule.access).map((right) => {
    const access = fsAccess(right);
    const subject: Subject = { kind: 'path', path: rule.path, beneath: false, access };
    const state = stateIn(verdicts.onRule(rule), access);
    return { label: rightLabel(right), state, deed: { kind: 'judge', subject } };
  });
}

function bulkItems(model: Model, row: Row): readonly MenuItem[] {
  const path = pathOf(row) ?? '/';
  const { within, programs, rights } = bulkOf(model.shaped, row, path);
  return [
    ...(within > 1
      ? [judging(model, `all beneath ${printable(path)}`, within, beneath(path))]
      : []),
    ...programs.map(([program, rules]) =>
      judging(model, `all that ${printable(program)} did`, rules, {
        kind: 'program',
        program,
        access: everyFsRight,
      }),
    ),
    ...rights.map(([right, rules]) =>
      judging(model, `${right}, wherever it is`, rules, {
        ...beneath('/'),
        access: fsAccess(right),
      }),
    ),
  ];
}

function beneath(path: string): Extract<Subject, { kind: 'path' }> {
  return { kind: 'path', path, beneath: true, access: everyFsRight };
}

function judging(model: Model, what: string, rules: number, subject: Subject): MenuItem {
  const { decisions } = model.history.present;
  const saying = (action: string) => {
    const said = decisions.get(`${action} ${placeOf(subject)}`)?.subject;
    if (said === undefined || !('access' in said) || !('access' in subject)) return false;
    return difference(subject.access as FsAccess, said.access as FsAccess) === 0;
  };
  const state: RowState = saying('deny')
    ? 'denied'
    : saying('ignore')
      ? 'ignored'
      : saying('allow')
        ? 'allowed'
        : undefined;
  const label = `${what}: ${rules} rule${rules === 1 ? '' : 's'}`;
  return { label, state, deed: { kind: 'judge', subject } };
}

function variableItems(model: Model, row: Row): readonly MenuItem[] {
  const path = pathOf(row);
  if (path === undefined) return [];
  const { decisions } = model.history.present;
  return model.subject.variables
    .filter((variable) => isBeneath(path, variable.path) && variable.path !== '/')
    .map((variable) => ({
      label: `\${${variable.name}} for ${printable(variable.path)}`,
      state: decisions.has(`variable ${placeOf({ kind: 'variable', ...variable })}`)
        ? ('allowed' as const)
        : undefined,
      deed: { kind: 'name' as const, ...variable },
    }));
}

function additionItems(
  { subject }: Model,
  { beneath: isDirectory, chosen }: Extract<Menu, { kind: 'add' }>,
): readonly MenuItem[] {
  const known = allAccess('fs', subject.inference.abi);
  return accessNames('fs', isDirectory ? known : intersection(known, fileAccess)).map((right) => {
    const access = fsAccess(right);
    const state = intersection(chosen, access) === 0 ? undefined : ('allowed' as const);
    return { label: rightLabel(right), state, deed: { kind: 'choose', access } };
  });
}

function rightLabel(right: FsRight): string {
  return `${fsRights[right].letter} ${right}`;
}

function stateIn(
  { denied, ignored }: { readonly denied: number; readonly ignored: number },
  access: number,
): RowState {
  if ((denied & access) !== 0) return 'denied';
  return (ignored & access) !== 0 ? 'ignored' : 'allowed';
}
