import { posix } from 'node:path';
import type { Profile } from '../profile.js';
import { escapeTemplate, expandTemplate } from '../templates.js';
import type { Both } from './both.js';
import { spelledForPeople } from './surroundings.js';

/** A place that rules of one profile or of the other lie on. */
export interface Point {
  /** As it is spelled, with those variables that have one value each in both profiles. */
  readonly path: string;
  /** Where it is by the old profile's variables, and where by the new one's. */
  readonly inOld: string;
  readonly inNew: string;
}

/** Values of a profile's variables by their names. */
export type Values = ReadonlyMap<string, readonly string[]>;

export function valuesOf({ variables }: Profile): Values {
  return new Map(variables.map(({ name, values }) => [name, values]));
}

/**
 * The points that a template stands for. Variables with one value in both profiles stay as they
 * are: the same template is the same point, whatever the values. Others are put in.
 */
export function pointsOf(
  template: string,
  own: Values,
  { old, next }: Both<Values>,
): readonly Point[] {
  const kept = new Map(own);
  for (const name of sharedNames({ old, next })) kept.set(name, [keepMark + name + keepMark]);
  return expandTemplate(template, kept).map((marked) => {
    const spelled = respelled(marked);
    return {
      path: spelledForPeople(asPath(spelled)),
      inOld: asPath(expandTemplate(spelled, old)[0] ?? '/'),
      inNew: asPath(expandTemplate(spelled, next)[0] ?? '/'),
    };
  });
}

/** Every absolute path that a template stands for. */
export function literalsOf(template: string, values: Values): readonly string[] {
  return expandTemplate(template, values).map(asPath);
}

/** The names of variables that have one value each in both profiles. */
export function sharedNames({ old, next }: Both<Values>): readonly string[] {
  return [...old.keys()].filter(
    (name) => old.get(name)?.length === 1 && next.get(name)?.length === 1,
  );
}

/** No byte of a path. */
const keepMark = '\0';

function respelled(marked: string): string {
  return marked
    .split(keepMark)
    .map((part, index) => (index % 2 === 0 ? escapeTemplate(part) : `\${${part}}`))
    .join('');
}

/** Two spellings of one path are one path, as far as that can be told without looking at a disk. */
function asPath(path: string): string {
  const normal = path.startsWith('/') ? posix.normalize(path) : path;
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
