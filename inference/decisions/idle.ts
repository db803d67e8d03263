import { intersection } from '../../landlock/access-set.js';
import { isBeneath } from '../../landlock/hierarchy.js';
import type { Inference, PathRule, Use } from '../inference.js';
import type { Decision, PathSubject } from './decision.js';
import { type Decisions, decisionList } from './decisions.js';
import type { Grounds } from './grounds.js';
import { rulesWithin } from './shape.js';

/** The decisions that nothing of an inference is a subject of. They are kept: it may come again. */
export function idleDecisions(
  inference: Inference,
  decisions: Decisions,
  grounds: Pick<Grounds, 'exact'>,
): readonly Decision[] {
  return decisionList(decisions).filter((decision) => !occurs(decision, inference, grounds));
}

/** What a decision is about, for people: `/etc/passwd`, `port 443`, `what git did`. */
export function subjectText({ subject }: Decision): string {
  switch (subject.kind) {
    case 'path':
      return subject.beneath ? `${subject.path === '/' ? '' : subject.path}/…` : subject.path;
    case 'program':
      return `what ${subject.program} did`;
    case 'port':
      return `port ${subject.port}`;
    case 'scope':
      return `the scope ${subject.scope}`;
    case 'variable':
      return `\${${subject.name}}`;
    case 'folding':
      return `all rules where widening costs ${subject.dearness}`;
  }
}

function occurs(
  { action, subject }: Decision,
  { paths, offers = [], ports, unscoped }: Inference,
  grounds: Pick<Grounds, 'exact'>,
): boolean {
  switch (subject.kind) {
    case 'path':
      return (
        action === 'add' ||
        occursAt(subject, action, paths) ||
        occursAt(subject, action, offers) ||
        // Asked for last: of many paths the rules take long to be made.
        occursAt(subject, action, grounds.exact)
      );
    case 'program': {
      const did = ({ executable }: Use) => executable === subject.program;
      return [...paths, ...ports, ...unscoped].some(({ uses }) => uses.some(did));
    }
    case 'port':
      return ports.some(({ port }) => port === subject.port);
    case 'scope':
      return unscoped.some(({ scope }) => scope === subject.scope);
    case 'folding':
      return true;
    case 'variable':
      return paths.some(({ path }) => isBeneath(path, subject.path));
  }
}

function occursAt(
  { path, beneath, access }: PathSubject,
  action: Decision['action'],
  rules: readonly PathRule[],
): boolean {
  const all = beneath || action === 'fold' || action === 'pin';
  return rulesWithin(rules, path).some(
    (rule) => (all || rule.path === path) && intersection(rule.access, access) !== 0,
  );
}
