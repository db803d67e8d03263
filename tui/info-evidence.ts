import { subjectText } from '../inference/decisions/idle.js';
import type { Finding } from '../inference/inference.js';
import type { Block, Detail } from './detail.js';
import { line } from './line.js';
import type { Item } from './outline.js';
import { printable } from './printable.js';
import { scopeWords } from './rights.js';
import { wrap } from './width.js';

type InfoItem = Extract<Item, { kind: 'scoped' | 'creation' | 'finding' | 'fact' | 'decision' }>;

/** The evidence for a row that is there to be read: the whole of what the row had no room for. */
export function aboutInfo(item: InfoItem, detail: Detail): readonly Block[] {
  const { title, text } = words(item);
  return [
    { title: undefined, lines: [line(title, 'title')] },
    { title: undefined, lines: wrap(printable(text), detail.columns).map((part) => line(part)) },
  ];
}

function words(item: InfoItem): { readonly title: string; readonly text: string } {
  switch (item.kind) {
    case 'scoped':
      return {
        title: `Scope ${item.scope}`,
        text: `The program did not need ${scopeWords[item.scope].label}, so this scope is set: a program that ${scopeWords[item.scope].deed} will get EPERM.`,
      };
    case 'creation':
      return {
        title: item.creation.kind === 'directory' ? 'Directory to make' : 'File to make',
        text: `${item.creation.path} is made with mode ${item.creation.mode.toString(8).padStart(4, '0')} before the rules are enforced, if it is not there, as long as a rule on it or beneath it is allowed.`,
      };
    case 'finding':
      return {
        title: findingTitle(item.finding),
        text: item.finding.sentence,
      };
    case 'decision':
      return {
        title: 'About what was not seen',
        text: `${item.decision.action} ${subjectText(item.decision)}${item.decision.reason === '' ? '' : `: ${item.decision.reason}`}. It is kept, and holds should it come again.`,
      };
    case 'fact':
      return { title: 'About the run', text: item.sentence };
  }
}

function findingTitle({ severity }: Finding): string {
  switch (severity) {
    case 'impossible':
      return 'No rule can allow this';
    case 'warning':
      return 'Worth a look';
    default:
      return `Danger: ${severity}`;
  }
}
