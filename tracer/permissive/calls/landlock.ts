import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { landlockAddRule, landlockCreateRuleset } from '../../../kernel/landlock.js';
import { SystemCallError } from '../../../kernel/libc.js';
import { linkAt } from '../../../kernel/link-target.js';
import type { FsAccess, NetAccess } from '../../../landlock/access-set.js';
import type { NetPort, PathBeneath } from '../../../landlock/ruleset.js';
import { landlockSupport } from '../../../landlock/support.js';
import { newRuleset, withRule } from '../../own-layer.js';
import type { AskedCall } from '../asked-call.js';
import type { Observer } from '../observer.js';
import type { Thread } from '../threads.js';

/**
 * landlock_create_ruleset(2). The same ruleset is made for ourselves: what the kernel refuses us, it
 * refuses the target.
 */
export function askedCreateRuleset(observer: Observer, thread: Thread, call: AskedCall): void {
  const size = call.address(1);
  if (call.address(0) === 0 || size < 8 || size > pageSize) return; // EFAULT, EINVAL, E2BIG
  const attributes = call.bytes(0, size);
  if (attributes === null) return;
  const words = Buffer.alloc(24);
  attributes.copy(words);
  const copy = Buffer.from(attributes);
  let replica = -1;
  const make = () => {
    replica = landlockCreateRuleset(copy, call.unsigned(2));
  };
  if (isRefused(make)) return;
  const own = newRuleset(words.readUInt32LE(0), words.readUInt32LE(8), words.readUInt32LE(16));
  observer.rulesets.create(thread.process, nextDescriptor(thread), own, replica);
}

/** landlock_add_rule(2), on our own ruleset first. */
export function askedAddRule(observer: Observer, thread: Thread, call: AskedCall): void {
  const kept = observer.rulesets.find(lineOf(thread), call.int(0));
  if (kept === undefined) return;
  const type = call.int(1);
  const attributes = call.bytes(2, type === LANDLOCK_RULE_PATH_BENEATH ? 12 : 16);
  if (attributes === null) return; // EFAULT
  const copy = Buffer.from(attributes);
  const add = () => landlockAddRule(kept.replica, type, copy, call.unsigned(3));
  if (type === LANDLOCK_RULE_NET_PORT) {
    if (!isRefused(add)) kept.own = withRule(kept.own, portOf(copy));
    return;
  }
  if (type !== LANDLOCK_RULE_PATH_BENEATH) return; // EINVAL
  const parent = copy.readInt32LE(8);
  const added = withObject(thread, parent, (object) => {
    copy.writeInt32LE(object, 8);
    return !isRefused(add);
  });
  if (added) kept.own = withRule(kept.own, pathOf(observer, thread, parent, copy));
}

/** landlock_restrict_self(2). What no_new_privs would be missing for, tracing has set already. */
export function askedRestrictSelf(observer: Observer, thread: Thread, call: AskedCall): void {
  const flags = call.unsigned(1);
  if (!areKnown(flags)) return; // EINVAL
  const descriptor = call.int(0);
  // EBADF, EBADFD; or, for the flags alone, no ruleset at all.
  if (linkAt(`/proc/${thread.id}/fd/${descriptor}`) !== 'anon_inode:[landlock-ruleset]') return;
  const number = observer.rulesets.stack(thread, lineOf(thread));
  if (number === undefined) return; // E2BIG
  const own = observer.rulesets.seen(lineOf(thread), descriptor);
  observer.recording.gap('own-domain', thread.executable, { number, ...own, flags });
}

const LANDLOCK_RULE_PATH_BENEATH = 1;
const LANDLOCK_RULE_NET_PORT = 2;
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const pageSize = 4096;

function isRefused(act: () => void): boolean {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof SystemCallError) return true;
    throw error;
  }
}

/** The descriptor that the call is to return: the lowest that is free (open(2)). */
function nextDescriptor(thread: Thread): number {
  const taken = new Set(readdirSync(`/proc/${thread.id}/fd`));
  let descriptor = 0;
  while (taken.has(String(descriptor))) descriptor++;
  return descriptor;
}

/** The process, and those that it was forked from. */
function* lineOf(thread: Thread): Generator<number> {
  let process: number | undefined = thread.process;
  for (let steps = 0; process !== undefined && process > 1 && steps < 8; steps++) {
    yield process;
    process = parentOf(process);
  }
}

function parentOf(process: number): number | undefined {
  try {
    const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${process}/status`, 'latin1'));
    return parent === null ? undefined : Number(parent[1]);
  } catch {
    return undefined;
  }
}

/** Acts with a descriptor of our own for what a descriptor of the thread's leads to. */
function withObject<Result>(
  thread: Thread,
  descriptor: number,
  act: (object: number) => Result,
): Result | undefined {
  let object: number;
  try {
    object = openSync(`/proc/${thread.id}/fd/${descriptor}`, O_PATH | O_CLOEXEC);
  } catch {
    return undefined; // EBADF
  }
  try {
    return act(object);
  } finally {
    closeSync(object);
  }
}

function portOf(attributes: Buffer): NetPort {
  const access = attributes.readUInt32LE(0) as NetAccess;
  return { port: attributes.readUInt32LE(8), access };
}

function pathOf(
  observer: Observer,
  thread: Thread,
  parent: number,
  attributes: Buffer,
): PathBeneath | undefined {
  const path = observer.findDescriptor(thread, parent)?.path;
  return path === undefined ? undefined : { path, access: attributes.readUInt32LE(0) as FsAccess };
}

/** LANDLOCK_RESTRICT_SELF_*, by the version of the ABI that brought them. */
const flagsSince = [
  { abi: 7, flags: 0b111 },
  { abi: 8, flags: 0b1000 },
  { abi: 11, flags: 0b10000 },
] as const;

function areKnown(flags: number): boolean {
  if (flags === 0) return true;
  const support = landlockSupport();
  if (!support.available) return false;
  const known = flagsSince.filter(({ abi }) => abi <= support.abi);
  return (flags & ~known.reduce((mask, { flags: more }) => mask | more, 0)) === 0;
}
