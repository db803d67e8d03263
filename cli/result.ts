import type { Decision } from '../inference/decisions/decision.js';
import { findingsByRule } from '../inference/finding-text.js';
import type { Finding, Inference } from '../inference/inference.js';
import { remainingFamilies } from '../inference/remaining-families.js';
import { accessNames } from '../landlock/access-set.js';
import { describeGap, type Outcome, type TraceSummary } from '../tracer/trace.js';
import { decisionDocument } from './decision-document.js';
import { type ProgramNeeds, programNeedsDocument } from './program-needs.js';

/** What a result tells besides the inference, where there is any of it. */
export interface Beside {
  /** That paths came with; nothing where the run was on another machine. */
  readonly packages?: ReadonlyMap<string, string>;
  readonly decisions?: readonly Decision[] | undefined;
  /** What each program needed, where that was asked. */
  readonly programs?: readonly ProgramNeeds[] | undefined;
}

/** What `--json` gives for learning and inferring: one document. See docs/json.md. */
export function resultDocument(
  traces: readonly TraceSummary[],
  inference: Inference,
  profile: string | null,
  { packages = new Map(), decisions = [], programs }: Beside = {},
): string {
  const byRule = findingsByRule(inference.findings);
  const document = {
    profile,
    abi: inference.abi,
    runs: traces.map(({ header, outcome, integrity }) => ({
      command: header.command,
      tracer: header.tracer,
      outcome,
      gaps: integrity.map((gap) => ({ ...gap, sentence: describeGap(gap) })),
    })),
    rules: inference.paths.map(({ path, access, guarded, opens, seen, uses }) => ({
      path,
      access: accessNames('fs', access),
      guarded: guarded ?? null,
      severity: worstOf(byRule.get(path)),
      opens:
        opens?.map((opened) => ({ ...opened, access: accessNames('fs', opened.access) })) ?? null,
      package: packages.get(path) ?? null,
      seen: seen ?? null,
      uses: uses.map((use) => ({ ...use, access: accessNames('fs', use.access) })),
    })),
    offers: (inference.offers ?? []).map(({ path, access, uses }) => ({
      path,
      access: accessNames('fs', access),
      uses: uses.map(({ executable, call, count }) => ({ executable, call, count })),
    })),
    ports: inference.ports.map(({ port, access, uses }) => ({
      port,
      access: accessNames('net', access),
      uses,
    })),
    unscoped: inference.unscoped,
    create: inference.creations.map(({ path, kind, mode }) => ({
      path,
      kind,
      mode: mode.toString(8).padStart(4, '0'),
    })),
    abstractions: remainingFamilies(inference).map(({ paths, ...family }) => ({
      ...family,
      rules: paths,
    })),
    decisions: decisionDocument(decisions),
    findings: inference.findings,
    ...(programs === undefined ? {} : { programs: programNeedsDocument(programs) }),
  };
  return `${JSON.stringify(document)}\n`;
}

/** The findings of an inference have the worst first. */
function worstOf([worst]: readonly Finding[] = []): Finding['severity'] | null {
  return worst?.severity ?? null;
}

/** How a target ended, as the end of a sentence about it. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'exited':
      return `exited with status ${outcome.status}`;
    case 'killed':
      return `was killed by ${outcome.signal}`;
    case 'unknown':
      return 'ended nobody knows how';
  }
}

/** Whether a target did what it was run for, as far as its end tells. */
export function succeeded(outcome: Outcome): boolean {
  return outcome.kind === 'exited' && outcome.status === 0;
}
