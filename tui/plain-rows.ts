import { findingText } from '../inference/finding-text.js';
import { accessNames } from '../landlock/access-set.js';
import { fullDetail } from './detail.js';
import { evidenceLines } from './evidence.js';
import { textOf } from './line.js';
import type { Model } from './model.js';
import type { Row } from './outline.js';
import { printable } from './printable.js';
import { allowedAt, stateAt } from './standing.js';
import { witnessOf } from './witness.js';

/** The places of what can be decided, in the order of the list. */
export function decidables({ outline }: Model): readonly number[] {
  return [...outline.keys()].filter((at) => outline[at]?.decidable === true);
}

/** By which number of the list a person calls a row; 0 for one that is not in it. */
export function numberOf(model: Model, at: number): number {
  return decidables(model).indexOf(at) + 1;
}

/** The places that a number or a range of numbers stands for; none where it is neither. */
export function placesOf(model: Model, text: string): readonly number[] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (from === undefined) return [];
  return decidables(model).slice(Number(from) - 1, Number(to));
}

/** A row as the list has it. */
export function listed(model: Model, at: number): string {
  const row = model.outline[at];
  const state = stateAt(model.outline, model.tally, at) ?? '';
  return `${numberOf(model, at)}. ${state === 'mixed' ? 'partly allowed' : state}: ${row === undefined ? '' : described(model, row, at)}`;
}

/** A row in words, with nothing that is only to be seen. */
export function described(model: Model, { item, label }: Row, at: number): string {
  const allowed = allowedAt(model.outline, model.tally, at);
  switch (item.kind) {
    case 'rule': {
      const { path, directory, access } = item.rule;
      const extent = directory ? ' and all beneath it' : '';
      const rights = accessNames('fs', (allowed === 0 ? access : allowed) as typeof access);
      const found = model.findings.filter(({ rules }) => rules?.includes(path) === true);
      const findings = found.map((finding) => ` Finding, ${printable(findingText(finding))}.`);
      return `${printable(path)}${extent}: ${rights.join(', ')}.${findings.join('')}`;
    }
    default:
      return `${label}.`;
  }
}

/** Everything there is to know of a row, each sentence a line. */
export function evidenceOf(model: Model, at: number): readonly string[] {
  return evidenceLines(witnessOf(model), at, fullDetail(endless))
    .map(textOf)
    .filter((text) => text !== '');
}

/** No line is wrapped: whoever reads it aloud, or searches it, wants it whole. */
export const endless = Number.MAX_SAFE_INTEGER;
