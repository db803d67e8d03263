import { familyRules } from './family-rules.js';
import { findingsInOrder } from './findings.js';
import { infer } from './infer.js';
import type { Inference } from './inference.js';
import { leftOutFindings } from './left-out.js';
import type { Run } from './observe.js';
import type { PathGlob } from './path-glob.js';
import { type Selection, select } from './selection.js';

/** What a person wants of an inference, in globs. */
export interface Wishes extends Selection {
  readonly neverFold: readonly PathGlob[];
}

/** Infers from what is to be granted, tells what is not, and which rules are of a family. */
export function inferSelected(runs: readonly Run[], abi: number, wishes: Wishes): Inference {
  const { runs: selected, leftOut } = select(runs, wishes);
  const inference = infer(selected, abi, wishes.neverFold);
  const told = leftOutFindings(leftOut, inference);
  return {
    ...inference,
    findings: findingsInOrder([...inference.findings, ...told]),
    families: familyRules(
      inference.paths,
      runs.map(({ environment }) => environment),
    ),
  };
}
