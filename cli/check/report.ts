import type { Inference } from '../../inference/inference.js';
import { basename } from '../../inference/names.js';
import { accessNames, formatAccess } from '../../landlock/access-set.js';
import type { Denial, DeniedObject } from '../../landlock/denial.js';
import type { PlacedProfile } from '../../profiles/placed.js';
import { formatDenial } from '../../tracer/audit/format.js';
import { describeGap, type Trace } from '../../tracer/trace.js';
import { printable } from '../../tui/printable.js';
import { describeOutcome } from '../result.js';
import { nearestRule, type Remedy, remedyFor } from './remedy.js';
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
  const all = together(denials);
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
    denials: denials.map(({ denial, count }) => {
      const nearest = nearestRule(denial, profile);
      return {
        record: formatDenial(denial),
        blockers: denial.blockers,
        object: denial.object,
        executable: denial.asker.executable,
        call: denial.asker.call,
        errno: denial.asker.result,
        count,
        nearest:
          nearest === undefined
            ? null
            : {
                path: nearest.rule.named,
                access: accessNames('fs', nearest.rule.access),
                source: nearest.rule.source ?? null,
              },
        remedy: remedyFor(denial, lack),
      };
    }),
  };
  return `${JSON.stringify(document)}\n`;
}

/** A screenful. */
const mostShown = 20;

/** The same asked by several programs. */
interface Told {
  readonly denial: Denial;
  readonly askers: readonly string[];
  readonly count: number;
}

function together(denials: readonly WouldBeDenial[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const { denial, count } of denials) {
    const { blockers, object, asker } = denial;
    const name = object.kind === 'path' ? object.path : object;
    const key = JSON.stringify([blockers, name, asker.result]);
    const before = told.get(key) ?? { denial, askers: [], count: 0 };
    const who = `${basename(asker.executable ?? 'a program')} (${asker.call ?? 'a call'})`;
    told.set(key, { ...before, askers: [...before.askers, who], count: before.count + count });
  }
  return [...told.values()];
}

function times(told: readonly Told[]): string {
  const count = told.reduce((sum, one) => sum + one.count, 0);
  const what = told.length === 1 ? '1 access' : `${told.length} accesses`;
  return count === told.length ? what : `${what} (${count} calls)`;
}

function denialLines(
  { denial, askers, count }: Told,
  profile: PlacedProfile,
  lack: Inference,
): readonly string[] {
  const often = count === 1 ? 'once' : `${count} times`;
  const who = askers.join(', ');
  return [
    `${denial.blockers.join(', ')} ${whereOf(denial.object)}: ${who}, ${often}, ${denial.asker.result}`,
    ...(denial.object.kind === 'path' ? [`  nearest: ${nearestText(denial, profile)}`] : []),
    `  change: ${remedyText(remedyFor(denial, lack))}`,
  ];
}

function whereOf(object: DeniedObject): string {
  switch (object.kind) {
    case 'path':
      return `on ${object.path}`;
    case 'port':
      return `on port ${object.port}`;
    case 'abstract-socket':
      return `to the abstract socket ${object.name}`;
    case 'process':
      return 'to a process outside';
  }
}

function nearestText(denial: Denial, profile: PlacedProfile): string {
  const nearest = nearestRule(denial, profile);
  if (nearest === undefined) return 'no rule lies on it or above';
  const { named, access, source } = nearest.rule;
  const at = source === undefined ? '' : ` (${source.file}:${source.line})`;
  return `the rule on ${named} ${formatAccess('fs', access)}${at}`;
}

function remedyText(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'path':
      return `allow ${remedy.access.join(', ')} on ${remedy.path}`;
    case 'port':
      return `allow ${remedy.access.join(', ')} on port ${remedy.port}`;
    case 'unscope':
      return `leave ${remedy.scope} out of "scoped": no rule makes an exception`;
    case 'none':
      return 'none: no rule can allow it';
  }
}
