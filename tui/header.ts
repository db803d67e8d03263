import { type Line, line } from './line.js';
import type { Live } from './live.js';
import type { Model } from './model.js';
import { printable } from './printable.js';
import type { Totals } from './standing.js';
import { targetText } from './target.js';
import { fit, shorten, widthOf } from './width.js';

/** The two lines at the top: what is reviewed and where it goes; what to know of the run. */
export function headerLines(model: Model): readonly Line[] {
  const { columns } = model.size;
  const title = ` ll-learn: ${printable(model.subject.command)}`;
  const right = summaries(model).find((text) => columns - widthOf(text) >= leastTitle) ?? '';
  const first = fit(title, columns - widthOf(right)) + right;
  return [line(first, 'notice'), factsLine(model)];
}

const leastTitle = 24;

/** What stands at the right of the title, the fullest first. */
function summaries({ tally, subject, arrangement }: Model): readonly string[] {
  const total = (counts: Totals) => counts.at(-1) ?? 0;
  const refused = total(tally.denied) + total(tally.ignored);
  const counts = [
    total(tally.open) > 0 ? `${total(tally.open)} to decide` : '',
    `${total(tally.decidable) - refused} allowed`,
    `${total(tally.denied)} denied`,
    total(tally.ignored) > 0 ? `${total(tally.ignored)} ignored` : '',
  ];
  // Of what is shown alone.
  const shown = arrangement.filter === '' ? '' : 'shown: ';
  const told = `${shown}${counts.filter((text) => text !== '').join(', ')}`;
  const output = printable(subject.output);
  const name = output.slice(output.lastIndexOf('/') + 1);
  return [
    ` ${told}, ABI ${subject.inference.abi} -> ${shorten(output, 40)} `,
    ` ${told} -> ${shorten(name, 40)} `,
    ` ${told} `,
  ];
}

function factsLine({ subject, size, findings, live }: Model): Line {
  const found =
    findings.length === 0
      ? ''
      : `! ${findings.length} finding${findings.length === 1 ? '' : 's'}  `;
  const facts = [...targetFact(live), ...subject.facts].map(printable).join('  ');
  const room = Math.max(size.columns - 1 - widthOf(found), 0);
  return [
    { text: ` ${found}`, style: 'warning' },
    { text: fit(facts, room), style: 'faint' },
  ];
}

/** How a run ended stands among the facts, unless it could not be begun. */
function targetFact(live: Live | undefined): readonly string[] {
  if (live === undefined || (live.target.kind === 'ended' && live.target.known)) return [];
  return [`the command ${targetText(live.target)}`];
}
