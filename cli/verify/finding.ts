import type { Severity } from '../../inference/severity.js';
import type { RuleSource } from '../../profiles/profile.js';

/** Something about a profile that stands in the way of calling it verified. */
export interface VerifyFinding {
  readonly rule: FindingRule;
  readonly severity: Severity;
  /** What it is about, which tells it from others of its rule: the same in every run. */
  readonly about: string;
  readonly sentence: string;
  /** Further lines: which rule came nearest, what would change it. */
  readonly details: readonly string[];
  /** The place in a profile that has to do with it. */
  readonly source: RuleSource | undefined;
}

/** The kinds of findings, with what they mean. */
export const findingRules = {
  'denied-access': {
    name: 'DeniedAccess',
    short: 'The command was denied an access under the enforced profile.',
    full: 'The kernel denied the command something that it asked for. Grant it with the change that is named, or decide that the command has to do without.',
  },
  'command-failed': {
    name: 'CommandFailed',
    short: 'The command did not end as it should under the enforced profile.',
    full: 'The exit status of the command is another one than was expected.',
  },
  'unseen-access': {
    name: 'UnseenAccess',
    short: 'Something of the run could not be seen.',
    full: 'What could not be seen may have been denied.',
  },
  'secret-allowed': {
    name: 'SecretAllowed',
    short: 'The profile allows reading what is secret.',
    full: 'A rule grants the right to read a place where keys, tokens or passwords are usually kept. Narrow the rule, or say that it is meant with --may-allow or a decision.',
  },
  'must-deny-allowed': {
    name: 'MustDenyAllowed',
    short: 'The profile allows what it must deny.',
    full: 'A rule grants rights on something that --must-deny names, or the right is not restricted.',
  },
  'needless-right': {
    name: 'NeedlessRight',
    short: 'The command did without a right that the profile grants.',
    full: 'The command ran to the same end under the profile without this right. Other runs of it may need it.',
  },
} as const;

export type FindingRule = keyof typeof findingRules;
