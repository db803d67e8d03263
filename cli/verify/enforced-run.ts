import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { inheritedWords } from '../../kernel/inherited.js';
import { pathToBytes } from '../../kernel/path-bytes.js';
import { parentOf } from '../../landlock/hierarchy.js';
import type { CountedDenial } from '../../tracer/audit/read-denials.js';
import type { LiveOperation } from '../../tracer/live-operations.js';
import type { Trace } from '../../tracer/trace.js';
import type { BaseProfile } from '../base-profile.js';
import { judgedDomain } from '../check/judged-domain.js';
import { type WouldBeDenial, WouldBeDenials } from '../check/would-be-denials.js';
import { CommandError } from '../errors.js';
import { exitStatus } from '../exit-status.js';
import { type WatchedCommand, watch } from '../watched-command.js';
import { listenToAudit } from './kernel-denials.js';

/** A command that ran with a profile enforced by the kernel. */
export interface EnforcedRun {
  readonly base: BaseProfile;
  readonly abi: number;
  /** What it asked since it was restricted. */
  readonly trace: Trace;
  readonly denials: readonly Denied[];
  /** Whether the kernel's audit could be heard as well. */
  readonly audited: boolean;
  /** What was allowed, each as it was asked, where that was to be kept. */
  readonly allowed: readonly LiveOperation[];
}

/**
 * A denial, and who says so: the model of the domain, the kernel's audit, or both; or the model,
 * and the kernel when the same was tried again.
 */
export interface Denied extends WouldBeDenial {
  readonly told: 'model' | 'kernel' | 'both' | 'tried';
}

/**
 * Runs a command as `ll-learn run` does, which it becomes, and watches it from outside the domain.
 * The supervisor lets every call go on and does not see how it ends; but each is judged before, by
 * what its paths lead to at that moment, as the kernel judges it a moment later.
 *
 * @param keep - whether what was allowed is to be kept, which may be much.
 * @throws CommandError when it cannot be watched, or the profile cannot be enforced.
 */
export async function enforcedRun(
  base: BaseProfile,
  watched: WatchedCommand,
  descriptors: readonly number[],
  keep = false,
): Promise<EnforcedRun> {
  const domain = judgedDomain(base);
  const foreseen = new WouldBeDenials(domain, () => {});
  const allowed: LiveOperation[] = [];
  const audit = listenToAudit(domain.abi);
  let leader: number | undefined;
  try {
    const seen = await watch(asRun(base.file, watched, audit !== undefined), {
      abi: domain.abi,
      descriptors,
      restricted: true,
      onStarted: ({ process }) => {
        leader = process;
      },
      onOperation: (live) => {
        if (foreseen.judge(live) && keep) allowed.push(live);
      },
    });
    if (seen.operations.length === 0) throw neverBegun(base.file, seen);
    const trace = { ...seen, header: { ...seen.header, command: watched.command.argv } };
    const heard = leader === undefined ? undefined : await audit?.of(leader);
    return {
      base,
      abi: domain.abi,
      trace,
      denials: together(foreseen.counted(trace.operations), heard ?? []),
      audited: heard !== undefined,
      allowed,
    };
  } finally {
    audit?.close();
  }
}

/** The command's words behind those of `ll-learn run`: what it becomes has its process id. */
function asRun(file: string, watched: WatchedCommand, logged: boolean): WatchedCommand {
  const own = createRequire(import.meta.url).resolve('#main');
  const options = logged ? ['--log-denials'] : [];
  const words = [
    ...inheritedWords(),
    process.execPath,
    own,
    'run',
    ...options,
    resolve(file),
    '--',
  ];
  return {
    ...watched,
    tracer: 'permissive',
    command: { program: words[0] ?? process.execPath, argv: [...words, ...watched.command.argv] },
    words: [...words.map(pathToBytes), ...watched.words],
  };
}

/** What `run` says of itself, it has said. */
function neverBegun(file: string, { outcome }: Trace): CommandError {
  const status = outcome.kind === 'exited' ? outcome.status : exitStatus.failure;
  return new CommandError(
    `nothing was verified: ${file} could not be enforced (ll-learn run ended with ${status})`,
  );
}

/** What the model foresaw, confirmed by the kernel or not, and what the kernel alone told. */
function together(
  foreseen: readonly WouldBeDenial[],
  heard: readonly CountedDenial[],
): readonly Denied[] {
  const met = new Set<CountedDenial>();
  const denied = foreseen.map((one): Denied => {
    const same = heard.filter((other) => isSame(one, other) || isBefore(other, one));
    for (const other of same) met.add(other);
    return { ...one, told: same.length > 0 ? 'both' : 'model' };
  });
  const alone = heard
    .filter((one) => !met.has(one))
    .map(({ count, ...denial }): Denied => ({ denial, count, told: 'kernel' }));
  return [...denied, ...alone];
}

/** Whoever makes a file by opening it is refused that, and not asked any more how it would use it. */
function isBefore({ blockers, object, asker }: CountedDenial, { denial }: WouldBeDenial): boolean {
  if (object.kind !== 'path' || denial.object.kind !== 'path') return false;
  const made = blockers.includes('fs.make_reg') && object.path === parentOf(denial.object.path);
  return made && asker.call === denial.asker.call;
}

/** The kernel names all that a move's directory lacks, where the model names what is in question. */
function isSame({ denial: one }: WouldBeDenial, other: CountedDenial): boolean {
  if (!one.blockers.some((blocker) => other.blockers.includes(blocker))) return false;
  const [a, b] = [one.object, other.object];
  if (a.kind === 'path' && b.kind === 'path') {
    return a.path === b.path || (a.inode !== undefined && a.inode === b.inode);
  }
  if (a.kind === 'port' && b.kind === 'port') return a.port === b.port;
  return a.kind === b.kind;
}
