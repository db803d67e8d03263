import type { Inference } from '../inference/inference.js';
import { describeGap, type Trace } from '../tracer/trace.js';
import { describeOutcome } from './result.js';

/** What was learned, in a few lines for people. */
export function summary(
  name: string,
  trace: Trace,
  inference: Inference,
  output: string,
  next: string,
): string {
  const { paths, ports, creations, findings, unscoped } = inference;
  const parts = [
    counted(paths.length, 'rule'),
    ports.length > 0 ? counted(ports.length, 'port') : '',
    creations.length > 0 ? `${creations.length} to create` : '',
  ].filter((part) => part !== '');
  return [
    `${name} ${describeOutcome(trace.outcome)}; wrote ${output}: ${parts.join(', ')} for ABI ${inference.abi}`,
    ...findings.map(({ sentence }) => `! ${sentence}`),
    ...unscoped.map(({ scope }) => `! the scope ${scope} is not set, since it went outside`),
    ...trace.integrity.map((gap) => `! ${describeGap(gap)}`),
    `enforce it: ${next}`,
  ].join('\n');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
