/**
 * How bad it is when the program, or whoever takes it over, makes use of what a profile grants.
 *
 * - `critical`: power over the machine or over every account on it: root's deeds, the kernel, raw
 *   disks, daemons that do as they are told and are root.
 * - `high`: code or deeds as the user outside of the profile (what other programs run or trust), or
 *   what lets one be the user elsewhere (keys, tokens, stored passwords).
 * - `medium`: it steers other programs, or tells what they keep, or the profile lets the program
 *   run what it has written itself.
 * - `low`: more than most programs need; little comes of it alone.
 */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** From the worst to the least. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Sorts the worst first. */
export function compareSeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other);
}

/** One level less; the least stays the least. */
export function lessened(severity: Severity): Severity {
  return severities[severities.indexOf(severity) + 1] ?? 'low';
}
