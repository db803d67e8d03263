import { readFileSync, statSync } from 'node:fs';
import type { Decision } from '../inference/decisions/decision.js';

/**
 * What was decided already: in the profile that is to be replaced or extended, and in the file that
 * `--decisions` names, which holds where the two contradict each other.
 *
 * @throws ProfileError when one of them cannot be read: its decisions would be lost.
 */
export async function storedDecisions(
  decisionsFile: string | undefined,
  ...profiles: readonly (string | undefined)[]
): Promise<readonly Decision[]> {
  const files = [...new Set(profiles)].filter((file) => file !== undefined && hasDecisions(file));
  if (decisionsFile !== undefined) files.push(decisionsFile);
  if (files.length === 0) return [];
  const { loadAlone } = await import('../profiles/load.js');
  const { decisionList, decisionsOf } = await import('../inference/decisions/decisions.js');
  const decisions = files.flatMap((file) => loadAlone(file ?? '').decisions ?? []);
  return decisionList(decisionsOf(decisions));
}

/** Most runs have none, and need not wait for a reader to be loaded. */
function hasDecisions(file: string): boolean {
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile && /^\[\[decision\]\]/m.test(readFileSync(file, 'utf8'));
}
