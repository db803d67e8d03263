import { findingText } from '../inference/finding-text.js';
import type {
  FamilyRules,
  Finding,
  PathRule,
  PathUse,
  PortRule,
  Unscoped,
  Use,
  Why,
} from '../inference/inference.js';
import { basename } from '../inference/names.js';
import { type FsAccess, fsAccess, isSubset, union } from '../landlock/access-set.js';
import { openingText } from './opening.js';

/**
 * Why a path's rule is there, a line each: who used it and how, why it lies there, what else it
 * opens, and what may come of it.
 */
export function pathReasons(rule: PathRule, findings: readonly Finding[] = []): readonly string[] {
  const used = callers(explaining(shown(rule.uses))) + extent(rule) + stability(rule);
  const lines = rule.uses.length > 0 ? [used] : [];
  lines.push(...whyLines(explainedBy(rule)), ...additionLines(rule));
  lines.push(...openingLines([rule]));
  if (rule.guarded !== undefined && findings.length === 0) {
    lines.push(`careful: this is ${rule.guarded}`);
  }
  return [...lines, ...findings.map(findingText)];
}

function additionLines({ added }: PathRule): readonly string[] {
  if (added === undefined) return [];
  return [added === '' ? 'added by hand' : `added by hand: ${added}`];
}

/** Why the rules of a family are there, that have the same rights, as far as they lie together. */
export function familyReasons(
  { name, what, reason }: FamilyRules,
  rules: readonly PathRule[],
): readonly string[] {
  const uses = rules.flatMap((rule) => rule.uses);
  const explained = rules.flatMap(explainedBy);
  return [
    `${name}: ${what}; ${reason}`,
    callers(explaining(shown(uses))),
    ...whyLines(explained),
    ...openingLines(rules),
  ];
}

/** Why a port's rule is there. */
export function portReasons(rule: PortRule): readonly string[] {
  return [callers(rule.uses)];
}

/** Why a scope is not set. */
export function scopeReasons({ scope, uses }: Unscoped): string {
  const what = scope === 'signal' ? 'signals' : 'connections to abstract UNIX sockets';
  return `${what} are not confined to the program, since they went outside: ${callers(uses)}`;
}

function openingLines(rules: readonly PathRule[]): readonly string[] {
  const opening = openingText(rules);
  const all = [...(opening === '' ? [] : [opening]), ...uncounted(rules)].join(', ');
  return all === '' ? [] : [`opens more than was used: ${all}`];
}

/** What is foreseen of something beneath says nothing of the whole that it was folded onto. */
function explainedBy({ path, uses }: PathRule): readonly PathUse[] {
  return uses.filter((use) => use.why !== 'foreseen' || use.path === path);
}

/** Of what is granted as a whole, what nobody counted to the end. */
function uncounted(rules: readonly PathRule[]): readonly string[] {
  return rules
    .filter(({ directory, opens }) => directory && opens === undefined)
    .filter((rule) => explainedBy(rule).some(({ why }) => why === 'foreseen'))
    .map(({ path }) => `more in ${path} than is counted`);
}

function whyLines(uses: readonly PathUse[]): readonly string[] {
  return (['lifted', 'varying', 'anticipated', 'foreseen', 'sought', 'equalised'] as const)
    .filter((why) => uses.some((use) => use.why === why))
    .map((why) => explanations[why]);
}

const explanations: Readonly<Record<Exclude<Why, 'observed'>, string>> = {
  lifted: 'here, since what was used below is made, removed or replaced by the program',
  varying: 'here, since every run uses others of what lies below',
  anticipated: 'also for the next run, which finds the disk as this one left it',
  foreseen: 'all of it, since the next run may well use what this one did not',
  sought: 'for when it is there: it was looked for, and was not',
  equalised: 'also since a move to another directory may not gain rights (EXDEV)',
};

/** Those that a run showed, where it showed any. */
function shown(uses: readonly PathUse[]): readonly PathUse[] {
  const seen = uses.filter(({ why }) => why !== 'foreseen');
  return seen.length > 0 ? seen : uses;
}

/**
 * The uses by calls that explain the rights: for each program, those that ask for a right that its
 * others do not ask for. What adds nothing often comes and goes with timing, and would change the
 * file where nothing has changed.
 */
function explaining(uses: readonly PathUse[]): readonly PathUse[] {
  const asked = new Map<string, Map<string, FsAccess>>();
  for (const { executable, call, access } of uses) {
    const calls = asked.get(executable) ?? new Map<string, FsAccess>();
    asked.set(executable, calls.set(call, union(calls.get(call) ?? fsAccess(), access)));
  }
  return uses.filter(({ executable, call }) => explains(call, asked.get(executable)));
}

function explains(call: string, calls: ReadonlyMap<string, FsAccess> | undefined): boolean {
  const own = calls?.get(call) ?? fsAccess();
  for (const [other, access] of calls ?? []) {
    const more = isSubset(own, access) && (own !== access || other < call);
    if (other !== call && more) return false;
  }
  return true;
}

/** `git (openat, unlink), sh (openat); 10+ times`. */
function callers(uses: readonly Use[]): string {
  const calls = new Map<string, Set<string>>();
  let count = 0;
  for (const { executable, call, count: times } of uses) {
    const name = basename(executable);
    calls.set(name, (calls.get(name) ?? new Set()).add(call));
    count += times;
  }
  const programs = [...calls]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, names]) => `${name} (${[...names].sort().join(', ')})`);
  return `${shortened(programs)}; ${roughly(count)}`;
}

/** A make of a large project runs a hundred programs; a comment names the first few. */
const mostPrograms = 6;

function shortened(programs: readonly string[]): string {
  if (programs.length <= mostPrograms) return programs.join(', ');
  const more = programs.length - mostPrograms;
  return `${programs.slice(0, mostPrograms).join(', ')} and ${more} more programs`;
}

/**
 * The magnitude alone: exact counts differ from run to run with timing, and would change the file
 * where nothing has changed.
 */
function roughly(count: number): string {
  return count === 1 ? 'once' : `${magnitudeOf(count)} times`;
}

function magnitudeOf(count: number): string {
  const magnitude = 10 ** Math.floor(Math.log10(count));
  return magnitude === 1 ? 'a few' : `${magnitude}+`;
}

/** What every run used needs no word. */
function stability({ seen }: PathRule): string {
  return seen === undefined || seen.runs === seen.of ? '' : `; in ${seen.runs} of ${seen.of} runs`;
}

function extent(rule: PathRule): string {
  const paths = new Set(rule.uses.map(({ path }: PathUse) => path));
  paths.delete(rule.path);
  if (paths.size === 0) return '';
  return `, on ${paths.size === 1 ? 'one path' : `${magnitudeOf(paths.size)} paths`} beneath`;
}
