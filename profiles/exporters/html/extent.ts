import {
  difference,
  type FsAccess,
  fileAccess,
  intersection,
} from '../../../landlock/access-set.js';
import type { SurveyedRule } from '../survey.js';

/** How much of what a rule covers was used. */
export interface Extent {
  /** Objects that its rights mean something to; at least those that were used. */
  readonly covered: number;
  readonly used: number;
  /** Whether everything was counted. */
  readonly exact: boolean;
}

/** In objects: files for the rights on files, directories for those on directories. */
export function extentOf({ rule, seen, population }: SurveyedRule): Extent {
  const files = onFiles(rule.access) ? (population?.files ?? 0) : 0;
  const directories = onDirectories(rule.access) ? (population?.directories ?? 0) : 0;
  return {
    covered: Math.max(files + directories, seen.length, 1),
    used: seen.length,
    exact: population?.complete === true,
  };
}

function onFiles(access: FsAccess): boolean {
  return intersection(access, fileAccess) !== 0;
}

function onDirectories(access: FsAccess): boolean {
  return difference(access, fileAccess) !== 0;
}
