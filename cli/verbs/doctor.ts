import { release } from 'node:os';
import { linuxOfAbi, newestAbi } from '../../landlock/abi.js';
import { landlockSupport } from '../../landlock/support.js';
import { findCommand } from '../../tracer/command.js';
import { type Tracer, TracerRefused } from '../../tracer/tracer.js';
import { tracers } from '../choose-tracer.js';
import { UsageError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { type OptionTable, parseWords } from '../options.js';
import { print } from '../output.js';
import { switchOption } from '../values.js';
import type { Invocation } from '../verb.js';
import { toolName } from '../version.js';

/** Tells what works on this machine. */
export async function doctor({ words }: Invocation): Promise<number> {
  const parsed = parseWords(words, options, 'some', 'doctor');
  const [unexpected] = [...parsed.operands, ...parsed.command];
  if (unexpected !== undefined) throw new UsageError(`${unexpected} is not expected`, 'doctor');
  const checks = [enforcing()];
  for (const tracer of tracers) checks.push(await tracing(await tracer.load()));
  if (switchOption(parsed, 'json')) {
    print(
      `${JSON.stringify({ tool: toolName(), kernel: release(), node: process.version, checks })}\n`,
    );
  } else {
    print(
      `${toolName()} on Linux ${release()}, Node ${process.version}\n${checks.map(line).join('')}`,
    );
  }
  const enforceable = checks.some(({ what, works }) => what === 'enforce' && works);
  const traceable = checks.some(({ what, works }) => what === 'trace' && works);
  return enforceable && traceable ? exitStatus.clean : exitStatus.finding;
}

const options: OptionTable = { json: { type: 'boolean' } };

interface Check {
  readonly what: 'enforce' | 'trace';
  readonly by: string;
  readonly works: boolean;
  readonly detail: string;
  /** What to do where it does not work. */
  readonly remedy: string | null;
}

function enforcing(): Check {
  const support = landlockSupport();
  const common = { what: 'enforce', by: 'landlock' } as const;
  if (!support.available) {
    return { ...common, works: false, detail: support.reason, remedy: support.remedy };
  }
  const newer = support.abi > newestAbi ? `; this ll-learn knows ABI ${newestAbi}` : '';
  const version = `ABI ${support.abi} (Linux ${linuxOfAbi(support.abi)})${newer}`;
  const detail = `${version}, ${correctedIn(support.errata)}`;
  return { ...common, works: true, detail, remedy: null };
}

/** What the kernel says that was corrected: bit 0 is erratum 1. */
function correctedIn(errata: number): string {
  const numbers = Array.from({ length: 31 }, (_, bit) => bit)
    .filter((bit) => (errata & (1 << bit)) !== 0)
    .map((bit) => bit + 1);
  return numbers.length === 0 ? 'no errata told of' : `errata ${numbers.join(', ')} corrected`;
}

/** Not only what the tracer says of itself: a trace of `true` has to show that it ran. */
async function tracing(tracer: Tracer): Promise<Check> {
  const availability = tracer.availability();
  const common = { what: 'trace', by: tracer.name } as const;
  if (!availability.usable) {
    return { ...common, works: false, detail: availability.reason, remedy: availability.remedy };
  }
  const failure = await failureOf(tracer);
  return failure === undefined
    ? { ...common, works: true, detail: availability.detail, remedy: null }
    : { ...common, works: false, detail: failure, remedy: null };
}

async function failureOf(tracer: Tracer): Promise<string | undefined> {
  const search = findCommand(['true']);
  if (!search.found) return search.reason;
  try {
    const { operations } = await tracer.trace(search.command, {
      tool: toolName(),
      abi: newestAbi,
      patience: 1,
      words: [Buffer.from('true')],
      descriptors: [],
      onStarted: () => {},
      onLeftBehind: () => {},
    });
    const ran = [...operations].some(({ operation }) => operation.kind === 'execute');
    return ran ? undefined : 'a trial run was not seen to execute anything';
  } catch (error) {
    if (error instanceof TracerRefused) return error.message;
    throw error;
  }
}

function line({ what, by, works, detail, remedy }: Check): string {
  const sign = works ? 'ok' : 'no';
  const advice = remedy === null ? '' : `\n      ${remedy}`;
  return `  ${sign}  ${what} with ${by}: ${detail}${advice}\n`;
}
