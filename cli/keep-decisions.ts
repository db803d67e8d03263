import type { Decision } from '../inference/decisions/decision.js';
import { decisionTables } from '../profiles/write-decisions.js';
import { keepFile } from './kept-files.js';
import { tell } from './output.js';

/** Keeps decisions that no profile was written with. Tells where they are. */
export function keepDecisions(decisions: readonly Decision[], name: string): void {
  const text = [`# Decisions of a review that was left.\n${decisionTables(decisions)}`];
  const file = keepFile(`${name}.decisions.toml`, () => text, 'the decisions');
  tell(
    file === undefined
      ? 'the decisions could not be kept: no place to write was found'
      : `the decisions are kept in ${file} (--decisions replays them)`,
  );
}
