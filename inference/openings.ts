import { accessNames, fsAccess, intersection } from '../landlock/access-set.js';
import { hierarchiesOf, isBeneath, parentOf } from '../landlock/hierarchy.js';
import type { DangerMap, RealDanger } from './danger-map.js';
import type { DangerousDeed } from './deed-findings.js';
import type { Finding, PathRule } from './inference.js';
import { basename } from './names.js';
import { compareSeverity, lessened, type Severity } from './severity.js';

/**
 * What rules open that nobody made use of: a finding for each rule that lies on a guarded place, or
 * on a hierarchy in which there are dangers.
 *
 * @param known - what was found of rules before, by the same map and deeds.
 */
export function openingFindings(
  rules: readonly PathRule[],
  map: DangerMap,
  deeds: readonly DangerousDeed[],
  known?: KnownOpenings,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const isKnown = known?.has(rule) === true;
    const finding = isKnown ? known?.get(rule) : findingOn(rule, map, deeds);
    if (!isKnown) known?.set(rule, finding);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

/** A review asks again and again for rules of which most are the same, and have many uses. */
export type KnownOpenings = WeakMap<PathRule, Finding | undefined>;

function findingOn(
  rule: PathRule,
  map: DangerMap,
  deeds: readonly DangerousDeed[],
): Finding | undefined {
  const opened = openedBy(rule, map);
  // Of a million rules hardly one is guarded or opens anything.
  if (opened.length === 0 && rule.guarded === undefined) return undefined;
  const unused = opened.filter((danger) => !isUsed(danger, rule, deeds));
  if (rule.guarded !== undefined) return guardedFinding(rule, rule.guarded, unused);
  return unused.length > 0 ? openingFinding(rule, unused) : undefined;
}

function openedBy(rule: PathRule, map: DangerMap): readonly RealDanger[] {
  const at = map.openedAt(rule.path, rule.access);
  if (!rule.directory) return at;
  const opened = new Set(at);
  for (const hierarchy of knownWithin(rule, map)) {
    for (const danger of map.openedBy(hierarchy, rule.access)) opened.add(danger);
  }
  return [...opened].sort((one, other) => compareSeverity(one.severity, other.severity));
}

/** The rule's hierarchy and those in it that the program was seen to use, where that may matter. */
function knownWithin({ path, uses }: PathRule, map: DangerMap): ReadonlySet<string> {
  const known = new Set([path]);
  let last = path;
  for (const use of uses) {
    if (use.path === path || !isBeneath(use.path, path)) continue;
    if (map.leadsOn(use.path)) known.add(use.path);
    // The uses are in the order of their paths.
    if (isIn(use.path, last)) continue;
    const directory = parentOf(use.path);
    last = directory;
    for (const hierarchy of hierarchiesOf(directory)) {
      if (known.has(hierarchy)) break;
      if (isBeneath(hierarchy, path)) known.add(hierarchy);
    }
  }
  return known;
}

/** Whether a path is right in a directory. */
function isIn(path: string, directory: string): boolean {
  return path.lastIndexOf('/') === directory.length && path.startsWith(directory);
}

function isUsed(danger: RealDanger, rule: PathRule, deeds: readonly DangerousDeed[]): boolean {
  return deeds.some(
    (deed) => deed.danger === danger && [...deed.paths].some((path) => isBeneath(path, rule.path)),
  );
}

function openingFinding(rule: PathRule, opened: readonly RealDanger[]): Finding {
  const [worst] = opened;
  return {
    severity: lessened(worst?.severity ?? 'low'),
    sentence: `the rule on ${rule.path} opens ${listed(opened)}, which nothing used: ${worst?.reason}`,
    rules: [rule.path],
    used: false,
  };
}

/** A whole guarded place is worse than a directory in it: what may be written there counts fully. */
function guardedFinding(rule: PathRule, guarded: string, opened: readonly RealDanger[]): Finding {
  const rights = accessNames('fs', rule.access).join(', ');
  const users = [...new Set(rule.uses.map(({ executable }) => basename(executable)))].join(', ');
  // Of a profile that was read nobody knows who.
  const since = users === '' ? '' : `, since ${users} needs it there`;
  const opens = opened.length === 0 ? '' : `; that opens ${listed(opened)}, which nothing used`;
  const [severity] = [ownSeverity(rule), ...opened.map(severityOnGuarded)].sort(compareSeverity);
  return {
    severity: severity ?? 'low',
    sentence: `${rule.path} is ${guarded}, and ${rights} is granted on all of it${since}${opens}`,
    rules: [rule.path],
    used: false,
  };
}

function severityOnGuarded({ intent, severity }: RealDanger): Severity {
  return intent === 'read' ? lessened(severity) : severity;
}

function ownSeverity({ access }: PathRule): Severity {
  return intersection(access, changing) === 0 ? 'low' : 'medium';
}

const changing = fsAccess(
  ...(['write_file', 'truncate', 'remove_file', 'remove_dir', 'make_reg', 'make_sym'] as const),
);

/** `git hooks, git configuration and 2 more`. */
function listed(opened: readonly RealDanger[]): string {
  const names = [...new Set(opened.map(({ what }) => what))];
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more of that kind`;
}
