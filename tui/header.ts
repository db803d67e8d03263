import { countsAt } from './decisions.js';
import { type Line, line } from './line.js';
import type { Model } from './model.js';
import { printable } from './printable.js';
import { fit, shorten, widthOf } from './width.js';

/** The two lines at the top: what is reviewed and where it goes; what to know of the run. */
export function headerLines(model: Model): readonly Line[] {
  const { columns } = model.size;
  const right = ` ${summary(model)} `;
  const room = columns - widthOf(right);
  const title = ` ll-learn: ${printable(model.subject.command)}`;
  const first = room < 20 ? fit(title, columns) : fit(title, room) + right;
  return [line(first, 'notice'), factsLine(model)];
}

function summary({ outline, tally, subject }: Model): string {
  const { decidable, denied } = outline.reduce(
    (sum, row, at) => {
      if (row.parent >= 0) return sum;
      const counts = countsAt(outline, tally, at);
      return {
        decidable: sum.decidable + counts.decidable,
        denied: sum.denied + counts.denied,
      };
    },
    { decidable: 0, denied: 0 },
  );
  const output = shorten(printable(subject.output), 40);
  return `${decidable - denied} allowed, ${denied} denied, ABI ${subject.inference.abi} -> ${output}`;
}

function factsLine({ subject, size }: Model): Line {
  const { findings } = subject.inference;
  const found =
    findings.length === 0
      ? ''
      : `! ${findings.length} finding${findings.length === 1 ? '' : 's'}  `;
  const facts = subject.facts.map(printable).join('  ');
  const room = Math.max(size.columns - 1 - widthOf(found), 0);
  return [
    { text: ` ${found}`, style: 'warning' },
    { text: fit(facts, room), style: 'faint' },
  ];
}
