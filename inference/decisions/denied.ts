import {
  accessNames,
  type FsAccess,
  fsAccess,
  intersection,
  union,
} from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import type { Finding, Inference, PathRule, Use } from '../inference.js';
import { basename } from '../names.js';
import type { Decision } from './decision.js';
import { type Decisions, decisionList } from './decisions.js';
import { subjectText } from './idle.js';
import type { Verdicts } from './verdicts.js';

/** What will fail since it was denied, although it was seen: a finding for each denial. */
export function denialFindings(
  { ports, unscoped }: Inference,
  shaped: readonly PathRule[],
  decisions: Decisions,
  verdicts: Verdicts,
): readonly Finding[] {
  const denials = decisionList(decisions).filter(({ action }) => action === 'deny');
  if (denials.length === 0) return [];
  const refused = shaped.flatMap((rule): readonly Refused[] => {
    if (rule.offered === true) return [];
    const { denied } = verdicts.onRule(rule);
    const uses = rule.uses.filter(({ access }) => intersection(access, denied) !== 0);
    return uses.length === 0 ? [] : [{ path: rule.path, denied, uses }];
  });
  const usesOf = (decision: Decision): readonly Use[] => {
    const { subject } = decision;
    switch (subject.kind) {
      case 'path':
      case 'program':
        return refused.filter((one) => isAbout(decision, one)).flatMap(({ uses }) => uses);
      case 'port':
        return ports.find(({ port }) => port === subject.port)?.uses ?? [];
      case 'scope':
        return unscoped.find(({ scope }) => scope === subject.scope)?.uses ?? [];
      default:
        return [];
    }
  };
  return denials.flatMap((decision) => {
    const uses = usesOf(decision);
    if (uses.length === 0) return [];
    const rights = rightsText(refused.filter((one) => isAbout(decision, one)));
    const sentence = `a decision denies ${subjectText(decision)}${rights}, which ${programsText(uses)} used: under the profile that fails`;
    return [{ severity: 'warning' as const, sentence }];
  });
}

interface Refused {
  readonly path: string;
  readonly denied: FsAccess;
  readonly uses: PathRule['uses'];
}

function isAbout({ subject }: Decision, { path, denied, uses }: Refused): boolean {
  switch (subject.kind) {
    case 'path':
      if (intersection(subject.access, denied) === 0) return false;
      return subject.beneath ? isBeneath(path, subject.path) : path === subject.path;
    case 'program':
      return uses.some(({ executable }) => executable === subject.program);
    default:
      return false;
  }
}

function rightsText(refused: readonly Refused[]): string {
  const denied = refused.map((one) => one.denied).reduce(union, fsAccess());
  return denied === 0 ? '' : ` (${accessNames('fs', denied).join(', ')})`;
}

function programsText(uses: readonly Use[]): string {
  const names = [...new Set(uses.map(({ executable }) => basename(executable)))].sort();
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${more}`;
}

const mostNamed = 4;
