import { printable } from '../../tui/printable.js';
import { describeOutcome } from '../result.js';
import { findingsOf } from './findings.js';
import type { Probe } from './probes/probe.js';
import type { Verification } from './verification.js';

/** A verification for people. */
export function verificationText(verification: Verification): string {
  const { profile, trace, written } = verification;
  const findings = findingsOf(verification);
  const shown = findings.slice(0, mostShown);
  const more = findings.length - shown.length;
  return [
    headline(verification),
    ...shown.flatMap(({ severity, sentence, details }) => [
      `${severity}: ${sentence}`,
      ...details.map((detail) => `  ${detail}`),
    ]),
    ...(more > 0 ? [`and ${more} more (--json tells all)`] : []),
    ...probesText(verification.probes),
    ...(verification.needless?.length === 0 && verification.trimmed === 0
      ? ['each of its rights was needed']
      : []),
    ...trace.integrity.filter(({ kind }) => kind === 'own-domain').map(() => ownDomain),
    ...(written === undefined ? [] : [`wrote ${written}: ${changes(verification)}`]),
    findings.length === 0 ? `verified: ${profile.file}` : `not verified: ${profile.file}`,
  ]
    .map((line) => printable(line))
    .join('\n');
}

/** A screenful. */
const mostShown = 20;

const ownDomain =
  'the command restricts itself with Landlock as well: what that denies is not told here';

function headline({ name, profile, trace, denials, audited }: Verification): string {
  const ended = `${name} ${describeOutcome(trace.outcome)} under ${profile.file}`;
  const by = audited ? ', as the kernel’s audit has it too' : '';
  if (denials.length === 0) return `${ended}; nothing was denied${by}`;
  const what =
    denials.length === 1 ? '1 access was denied' : `${denials.length} accesses were denied`;
  const heard = denials.filter(({ told }) => told === 'kernel' || told === 'both').length;
  const tried = denials.filter(({ told }) => told === 'tried').length;
  return [
    `${ended}; ${what}`,
    ...(audited ? [`the kernel’s audit tells of ${heard}`] : []),
    ...(tried > 0 ? [`${tried} ${tried === 1 ? 'was' : 'were'} tried again, and denied`] : []),
  ].join('; ');
}

function changes({ fixes, trimmed }: Verification): string {
  const rounds = fixes.length === 1 ? 'one round' : `${fixes.length} rounds`;
  return [
    ...(fixes.length > 0 ? [`what was denied was added, in ${rounds}`] : []),
    ...(trimmed > 0
      ? [`what was not needed was taken away, in ${trimmed} ${trimmed === 1 ? 'place' : 'places'}`]
      : []),
  ].join('; ');
}

/** How much of what is to be denied is, and how that is known. */
function probesText(probes: readonly Probe[]): readonly string[] {
  const denied = probes.filter(({ allowed }) => allowed.length === 0);
  if (denied.length === 0) return [];
  const proven = denied.filter((probe) => probe.proven).length;
  const absent = denied.filter(({ there }) => !there).length;
  const refused = denied.filter(isRefusedAnyway).length;
  const others = denied.length - proven - absent - refused;
  const parts = [
    ...part(proven, 'the kernel denied when they were tried'),
    ...part(refused, 'plain permissions deny already, which is not told apart'),
    ...part(absent, 'are not there, or not to be seen, and no rule opens them'),
    ...part(others, 'hold nothing to try, and no rule opens them'),
  ];
  const wished = denied.filter(({ forbidden }) => forbidden.by.kind === 'must-deny').length;
  const what = wished > 0 ? `secrets and --must-deny (${wished})` : 'secrets';
  return [`${denied.length} places of ${what} are denied: ${parts.join('; ')}`];
}

function part(count: number, text: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${text}`];
}

/** Nothing but plain permissions was seen to deny it. */
function isRefusedAnyway({ proven, there, tried }: Probe): boolean {
  return !proven && there && tried.some(({ outcome }) => outcome.kind === 'permissions');
}
