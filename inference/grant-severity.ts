import { type FsAccess, fsAccess, intersection } from '../landlock/access-set.js';
import { type DangerMap, intentsOf } from './danger-map.js';
import { compareSeverity, lessened, type Severity } from './severity.js';

/**
 * The worst that may come of rights on a hierarchy of which nobody knows who uses them: by the
 * place itself fully, by what lies beneath it one level less, as for rules that open more than was
 * used. Undefined where nothing is said of any of it.
 */
export function grantSeverity(
  path: string,
  access: FsAccess,
  dangers: DangerMap,
): Severity | undefined {
  const at = intentsOf(access).flatMap((intent) => dangers.at(path, intent)?.danger.severity ?? []);
  const opened = dangers.openedBy(path, access).map(({ severity }) => lessened(severity));
  const [worst] = [...at, ...opened, ...ofEverything(path, access)].sort(compareSeverity);
  return worst;
}

/** The root holds every place there is, those that may be in any directory included. */
function ofEverything(path: string, access: FsAccess): readonly Severity[] {
  return path === '/' && intersection(access, changing) !== 0 ? ['critical'] : [];
}

const changing = fsAccess('write_file', 'make_reg', 'make_sym');
