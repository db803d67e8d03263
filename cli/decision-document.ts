import { type Decision, everyFsRight, everyNetRight } from '../inference/decisions/decision.js';
import { accessNames } from '../landlock/access-set.js';

/** What was decided, for `--json`: as the profile's `[[decision]]` has it. */
export function decisionDocument(decisions: readonly Decision[]): readonly object[] {
  return decisions.map(({ action, subject, reason }) => ({
    action,
    ...subjectDocument(subject),
    reason: reason === '' ? null : reason,
  }));
}

/** `access` is null where a decision is about every right. */
function subjectDocument(subject: Decision['subject']): object {
  switch (subject.kind) {
    case 'path': {
      const { path, beneath, access } = subject;
      return { path, beneath, access: access === everyFsRight ? null : accessNames('fs', access) };
    }
    case 'program': {
      const { program, access } = subject;
      return { program, access: access === everyFsRight ? null : accessNames('fs', access) };
    }
    case 'port': {
      const { port, access } = subject;
      return { port, access: access === everyNetRight ? null : accessNames('net', access) };
    }
    case 'scope':
      return { scope: subject.scope };
    case 'folding':
      // JSON has no infinity: nothing is folded.
      return { dearness: Number.isFinite(subject.dearness) ? subject.dearness : null };
    case 'variable':
      return { name: subject.name, path: subject.path };
  }
}
