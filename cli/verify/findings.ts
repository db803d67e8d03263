import {
  accessNames,
  type FsAccess,
  formatAccess,
  type NetAccess,
} from '../../landlock/access-set.js';
import type { PlacedPath, PlacedPort } from '../../profiles/placed.js';
import { blindSpots, describeGap } from '../../tracer/trace.js';
import { denialLines, deniedTogether } from '../check/denial-text.js';
import { nearestRule } from '../check/remedy.js';
import { describeOutcome } from '../result.js';
import type { VerifyFinding } from './finding.js';
import type { Needless } from './minimise.js';
import type { Allowed, Probe } from './probes/probe.js';
import type { Verification } from './verification.js';

/** Everything that a verification found, in the order in which it is told. */
export function findingsOf(verification: Verification): readonly VerifyFinding[] {
  const { probes, needless = [], profile } = verification;
  return [
    ...deniedAccesses(verification),
    ...failure(verification),
    ...unseen(verification),
    ...groupsOf(probes).map((group) => allowedFinding(group, profile.file)),
    ...needless.map(needlessFinding),
  ];
}

function deniedAccesses({ denials, profile, lack }: Verification): readonly VerifyFinding[] {
  return deniedTogether(denials).map((told) => {
    const [sentence = '', ...details] = denialLines(told, profile, lack).map((line) => line.trim());
    const { blockers, object } = told.denial;
    return {
      rule: 'denied-access',
      severity: 'high',
      about: JSON.stringify([blockers, object.kind === 'path' ? object.path : object]),
      sentence: `denied: ${sentence}`,
      details,
      source: nearestRule(told.denial, profile)?.rule.source,
    };
  });
}

function failure({ name, trace, expected, denials }: Verification): readonly VerifyFinding[] {
  const { outcome } = trace;
  if (outcome.kind === 'exited' && outcome.status === expected) return [];
  const byItself =
    outcome.kind === 'exited' ? ': it fails by itself, or sees that it is restricted' : '';
  const why = denials.length > 0 ? '' : `, and nothing was denied${byItself}`;
  return [
    {
      rule: 'command-failed',
      severity: 'high',
      about: 'outcome',
      sentence: `${name} ${describeOutcome(outcome)}, where ${expected} was expected${why}`,
      details: [],
      source: undefined,
    },
  ];
}

function unseen({ trace, allowIncomplete }: Verification): readonly VerifyFinding[] {
  if (allowIncomplete) return [];
  return blindSpots(trace).map((gap) => ({
    rule: 'unseen-access',
    severity: 'medium',
    about: JSON.stringify([gap.kind, gap.detail]),
    sentence: describeGap(gap),
    details: [],
    source: undefined,
  }));
}

/** What one rule allows of what is to be denied for one reason. */
interface Group {
  readonly probes: readonly Probe[];
  readonly rule: Allowed['rule'];
  readonly rights: readonly string[];
  readonly seen: boolean;
}

/** A profile that grants a home grants a hundred places of secrets by one rule. */
function groupsOf(probes: readonly Probe[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const probe of probes) {
    const byRule = new Map<Allowed['rule'], Allowed[]>();
    for (const one of probe.allowed) {
      byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
    }
    for (const [rule, allowed] of byRule) {
      const rights = allowed.map(({ right }) => right);
      const key = JSON.stringify([reasonOf(probe), rule?.source ?? ruleName(rule), rights]);
      const known = groups.get(key);
      groups.set(key, {
        probes: [...(known?.probes ?? []), probe],
        rule: known?.rule ?? rule,
        rights,
        seen: (known?.seen ?? false) || allowed.some(({ seen }) => seen),
      });
    }
  }
  return [...groups.values()];
}

function allowedFinding(group: Group, file: string): VerifyFinding {
  const { rule, rights, seen } = group;
  // What is there comes first.
  const probes = [...group.probes].sort((one, other) => Number(other.there) - Number(one.there));
  const [first] = probes;
  const what = first === undefined ? '' : nameOf(first);
  const more = probes.length > 1 ? ` and ${probes.length - 1} more` : '';
  const by = first?.forbidden.by;
  const reason = by?.kind === 'secret' ? `${by.what}: ${by.reason}` : `--must-deny ${by?.wish}`;
  const how = rule === undefined ? 'which is not restricted' : `by the rule on ${ruleName(rule)}`;
  return {
    rule: by?.kind === 'secret' ? 'secret-allowed' : 'must-deny-allowed',
    severity: by?.kind === 'secret' ? by.severity : 'high',
    about: JSON.stringify([reason, rule === undefined ? null : spelling(rule), rights]),
    sentence: `allowed: ${rights.join(', ')} on ${what}${more}, ${how} (${reason})`,
    details: seen ? [] : [unprovenText(probes)],
    source: rule === undefined ? { file, line: 1 } : rule.source,
  };
}

function reasonOf({ forbidden: { by } }: Probe): string {
  return by.kind === 'secret' ? by.what : by.wish;
}

function nameOf({ forbidden }: Probe): string {
  return forbidden.kind === 'path'
    ? forbidden.path
    : `${forbidden.protocol} port ${forbidden.port}`;
}

function ruleName(rule: PlacedPath | PlacedPort | undefined): string {
  if (rule === undefined) return '';
  const at = rule.source === undefined ? '' : ` (${rule.source.file}:${rule.source.line})`;
  const text =
    'port' in rule
      ? `port ${rule.port} ${formatAccess('net', rule.access)}`
      : `${rule.named} ${formatAccess('fs', rule.access)}`;
  return `${text}${at}`;
}

/** Without its line, which changes with the lines above. */
function spelling(rule: PlacedPath | PlacedPort): string | number {
  return 'port' in rule ? rule.port : rule.template;
}

function unprovenText(probes: readonly Probe[]): string {
  if (probes.every(({ there }) => !there))
    return 'nothing is there now, or to be seen; it would be allowed';
  const refused = probes.some(({ tried }) =>
    tried.some(({ outcome }) => outcome.kind === 'permissions'),
  );
  return refused
    ? 'plain permissions deny it for now; the rule would not'
    : 'the rules tell so: there was nothing to try that changes nothing';
}

function needlessFinding({ grant, access }: Needless): VerifyFinding {
  const names =
    grant.kind === 'path'
      ? accessNames('fs', access as FsAccess)
      : accessNames('net', access as NetAccess);
  const whole = access === grant.access;
  const where = grant.kind === 'path' ? grant.spelt : `port ${grant.port}`;
  return {
    rule: 'needless-right',
    severity: 'low',
    about: JSON.stringify([where, names]),
    sentence: `not needed: ${names.join(', ')} on ${where}${whole ? ' (the whole rule there)' : ''}`,
    details: [],
    source: grant.source,
  };
}
