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

function summary({ tally, subject }: Model): string {
  const decidable = tally.decidable.at(-1) ?? 0;
  const denied = tally.denied.at(-1) ?? 0;
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
