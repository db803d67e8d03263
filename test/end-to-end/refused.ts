import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DeniedObject } from '../../landlock/denial.js';
import { isBeneath } from '../../landlock/hierarchy.js';

/** A right that was refused, or would be. */
export interface Refused {
  /**
   * A path; the nearest above that is there before a run, for what a run makes, whose names may be
   * random. A port, or what kind of thing it was.
   */
  readonly where: string;
  /** As the kernel's audit spells it. */
  readonly right: string;
}

/** What a denial refused, in a stage that is as before the first run. */
export function refusedIn({
  blockers,
  object,
}: {
  readonly blockers: readonly string[];
  readonly object: DeniedObject;
}): readonly Refused[] {
  const where = whereOf(object);
  return blockers.map((right) => ({ where, right }));
}

export function distinct(refused: readonly Refused[]): readonly Refused[] {
  return refused.filter((one, at) => refused.findIndex((other) => same(one, other)) === at);
}

export function same(one: Refused, other: Refused): boolean {
  return one.where === other.where && one.right === other.right;
}

/** Whether granting the one grants the other. */
export function covers(one: Refused, other: Refused): boolean {
  if (one.right !== other.right || !one.where.startsWith('/')) return same(one, other);
  return isBeneath(other.where, one.where);
}

export function textOf(refused: readonly Refused[]): string {
  return refused.map(({ where, right }) => `${where} ${right}`).join('; ');
}

function whereOf(object: DeniedObject): string {
  if (object.kind === 'path') return standing(object.path);
  return object.kind === 'port' ? String(object.port) : object.kind;
}

/** A path, or the nearest above that is there. */
export function standing(path: string): string {
  return existsSync(path) ? path : standing(dirname(path));
}
