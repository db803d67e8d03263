import type { Decisions } from '../inference/decisions/decisions.js';
import { idleDecisions, subjectText } from '../inference/decisions/idle.js';
import type { ToDecide } from '../inference/infer-selected.js';
import { printable } from '../tui/printable.js';
import { tell } from './output.js';

/** Decisions about what the runs did not show are kept, and told: they may be out of date. */
export function tellOfIdle({ inference, grounds }: ToDecide, decisions: Decisions): void {
  const idle = idleDecisions(inference, decisions, grounds);
  if (idle.length === 0) return;
  const subjects = idle.map((decision) => `${decision.action} ${printable(subjectText(decision))}`);
  const shown = subjects.slice(0, mostShown).join(', ');
  const more = subjects.length > mostShown ? ` and ${subjects.length - mostShown} more` : '';
  tell(`decisions about what was not seen this time are kept: ${shown}${more}`);
}

const mostShown = 5;
