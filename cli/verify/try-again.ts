import type { Denial } from '../../landlock/denial.js';
import { typeAt } from '../../tracer/disk-view.js';
import type { Denied, EnforcedRun } from './enforced-run.js';
import type { Attempt } from './probes/attempt.js';
import { tryUnder } from './probes/attempts.js';

/**
 * The denials of a run. Those that the model alone told are tried again under the same ruleset, as
 * far as that changes nothing, so that the kernel tells of them as well.
 */
export async function triedAgain({
  base,
  abi,
  denials,
}: Pick<EnforcedRun, 'base' | 'abi' | 'denials'>): Promise<readonly Denied[]> {
  const attempts = denials.map((one) => (one.told === 'model' ? attemptOf(one.denial) : undefined));
  const made = attempts.filter((attempt) => attempt !== undefined);
  const outcomes = await tryUnder(base.given.ruleset, abi, made);
  const denied = new Set(made.filter((_, at) => outcomes[at]?.kind === 'denied'));
  return denials.map((one, at) => {
    const attempt = attempts[at];
    return attempt !== undefined && denied.has(attempt) ? { ...one, told: 'tried' } : one;
  });
}

/** The same, as far as it can be asked without doing anything. */
function attemptOf({ object, blockers }: Denial): Attempt | undefined {
  if (object.kind === 'port') return portAttempt(object.port, blockers);
  if (object.kind !== 'path') return undefined;
  const { path } = object;
  const type = typeAt(path);
  if (type === 'directory') {
    return blockers.includes('fs.read_dir') ? { kind: 'open', how: 'list', path } : undefined;
  }
  if (type !== 'regular') return undefined;
  if (blockers.includes('fs.read_file')) return { kind: 'open', how: 'read', path };
  return blockers.includes('fs.write_file') ? { kind: 'open', how: 'write', path } : undefined;
}

function portAttempt(port: number, blockers: readonly string[]): Attempt | undefined {
  const [blocker = ''] = blockers;
  const protocol = blocker.endsWith('udp') ? 'udp' : 'tcp';
  const how = blocker.startsWith('net.bind') ? 'bind' : 'connect';
  return { kind: 'port', how, protocol, port };
}
