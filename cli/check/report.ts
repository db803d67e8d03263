import type { Inference } from '../../inference/inference.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import { describeGap, type Trace } from '../../tracer/trace.js';
import { printable } from '../../tui/printable.js';
import { describeOutcome } from '../result.js';
import { denialDocument } from './denial-document.js';
import { denialLines, deniedTogether, times } from './denial-text.js';
import type { WouldBeDenial } from './would-be-denials.js';

/** What a check has come to. */
export interface Report {
  /** What the command is called. */
  readonly name: string;
  readonly profile: PlacedProfile;
  readonly trace: Trace;
  readonly denials: readonly WouldBeDenial[];
  /** What the profile lacks of the run. */
  readonly lack: Inference;
  /** The words that would add it. */
  readonly next: string;
}

/** For people: what would have been denied, whom, which rule came nearest, and what would help. */
export function reportText({ name, profile, trace, denials, lack, next }: Report): string {
  const ended = `${name} ${describeOutcome(trace.outcome)}`;
  const all = deniedTogether(denials);
  const shown = all.slice(0, mostShown);
  const more = all.length - shown.length;
  return [
    denials.length === 0
      ? `${ended}; ${profile.file} allows all that it did`
      : `${ended}; under ${profile.file} ${times(all)} would have been denied`,
    ...shown.flatMap((one) => denialLines(one, profile, lack)),
    ...(more > 0 ? [`and ${more} more (--json tells all)`] : []),
    ...trace.integrity.map((gap) => `! ${describeGap(gap)}`),
    ...(denials.length > 0 ? [`add what is lacking: ${next}`] : []),
  ]
    .map((line) => printable(line))
    .join('\n');
}

/** The same as one JSON document. See docs/json.md. */
export function reportDocument({ profile, trace, denials, lack }: Report): string {
  const document = {
    profile: profile.file,
    abi: lack.abi,
    command: trace.header.command,
    tracer: trace.header.tracer,
    outcome: trace.outcome,
    gaps: trace.integrity.map((gap) => ({ ...gap, sentence: describeGap(gap) })),
    denials: denials.map((one) => denialDocument(one, profile, lack)),
  };
  return `${JSON.stringify(document)}\n`;
}

/** A screenful. */
const mostShown = 20;
