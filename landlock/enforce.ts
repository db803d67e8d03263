import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { closeFd } from '../kernel/descriptors.js';
import {
  landlockAddRule,
  landlockCreateRuleset,
  landlockRestrictSelf,
} from '../kernel/landlock.js';
import { SystemCallError } from '../kernel/libc.js';
import { pathForNode } from '../kernel/path-bytes.js';
import { setNoNewPrivileges } from '../kernel/process-state.js';
import {
  accessNames,
  allAccess,
  difference,
  fileAccess,
  intersection,
  isSubset,
} from './access-set.js';
import type { NetPort, PathBeneath, Ruleset } from './ruleset.js';

/** A ruleset that the kernel holds, ready to restrict a thread, and what had to be left out. */
export interface PreparedRuleset {
  readonly descriptor: number;
  readonly omissions: readonly Omission[];
}

/** A part of a ruleset that could not be given to the kernel. Each tightens, none loosens. */
export type Omission =
  | { readonly kind: 'missing-path'; readonly path: string }
  | { readonly kind: 'unreachable-path'; readonly path: string; readonly code: string }
  | { readonly kind: 'directory-right-on-file'; readonly path: string; readonly rights: string }
  | { readonly kind: 'unruly-path'; readonly path: string }
  | { readonly kind: 'no-longer-handled'; readonly rights: string };

/**
 * Gives a ruleset to the kernel: rights that this ABI does not know are dropped, paths that do not
 * exist are skipped. Nothing is restricted yet.
 *
 * @throws SystemCallError when the kernel takes no ruleset at all.
 */
export function prepareRuleset(ruleset: Ruleset, abi: number): PreparedRuleset {
  const known = masked(ruleset, abi);
  const omissions: Omission[] = [];
  const lost = lostRights(ruleset, known);
  if (lost !== '') omissions.push({ kind: 'no-longer-handled', rights: lost });
  const descriptor = landlockCreateRuleset(rulesetAttributes(known, abi), 0);
  for (const rule of known.paths) omissions.push(...addPath(descriptor, rule));
  for (const rule of known.ports) addPort(descriptor, rule);
  return { descriptor, omissions };
}

/** The version of the ABI that began to log denials. */
export const loggingSince = 7;

/**
 * Restricts the calling thread, for ever, with a prepared ruleset.
 *
 * @param logged - whether denials of what is executed later are logged as well, which wants ABI 7.
 */
export function restrictSelf({ descriptor }: PreparedRuleset, logged = false): void {
  setNoNewPrivileges();
  landlockRestrictSelf(descriptor, logged ? LOG_NEW_EXEC_ON : 0);
  closeFd(descriptor);
}

// LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON: else an execve ends the logging.
const LOG_NEW_EXEC_ON = 2;
const LANDLOCK_RULE_PATH_BENEATH = 1;
const LANDLOCK_RULE_NET_PORT = 2;
// Not among Node's constants: include/uapi/asm-generic/fcntl.h.
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;

function masked(ruleset: Ruleset, abi: number): Ruleset {
  const handledFs = intersection(ruleset.handledFs, allAccess('fs', abi));
  const handledNet = intersection(ruleset.handledNet, allAccess('net', abi));
  return {
    handledFs,
    handledNet,
    scoped: intersection(ruleset.scoped, allAccess('scope', abi)),
    paths: ruleset.paths
      .map((rule) => ({ ...rule, access: intersection(rule.access, handledFs) }))
      .filter((rule) => rule.access !== 0),
    ports: ruleset.ports
      .map((rule) => ({ ...rule, access: intersection(rule.access, handledNet) }))
      .filter((rule) => rule.access !== 0),
  };
}

function lostRights(ruleset: Ruleset, known: Ruleset): string {
  return [
    ...accessNames('fs', difference(ruleset.handledFs, known.handledFs)),
    ...accessNames('net', difference(ruleset.handledNet, known.handledNet)),
    ...accessNames('scope', difference(ruleset.scoped, known.scoped)),
  ].join(', ');
}

/** struct landlock_ruleset_attr, as long as this ABI knows it. */
function rulesetAttributes(ruleset: Ruleset, abi: number): Buffer {
  const attributes = Buffer.alloc(abi >= 6 ? 24 : abi >= 4 ? 16 : 8);
  attributes.writeBigUInt64LE(BigInt(ruleset.handledFs), 0);
  if (abi >= 4) attributes.writeBigUInt64LE(BigInt(ruleset.handledNet), 8);
  if (abi >= 6) attributes.writeBigUInt64LE(BigInt(ruleset.scoped), 16);
  return attributes;
}

function addPath(descriptor: number, rule: PathBeneath): readonly Omission[] {
  const { path } = rule;
  let object: number;
  try {
    object = openSync(pathForNode(path), (O_PATH | O_CLOEXEC | constants.O_RDONLY) >>> 0);
  } catch (error) {
    return [unopened(path, error)];
  }
  try {
    return addOpened(descriptor, rule, object);
  } finally {
    closeSync(object);
  }
}

function addOpened(descriptor: number, rule: PathBeneath, object: number): readonly Omission[] {
  const { path } = rule;
  const omissions: Omission[] = [];
  let { access } = rule;
  if (!fstatSync(object).isDirectory() && !isSubset(access, fileAccess)) {
    const rights = accessNames('fs', difference(access, fileAccess)).join(', ');
    omissions.push({ kind: 'directory-right-on-file', path, rights });
    access = intersection(access, fileAccess);
    if (access === 0) return omissions;
  }
  try {
    landlockAddRule(descriptor, LANDLOCK_RULE_PATH_BENEATH, pathAttributes(access, object));
  } catch (error) {
    // The kernel takes no rule on what lies on a pseudo file system of its own; it never asks
    // for a right there either.
    if (!(error instanceof SystemCallError) || error.code !== 'EBADFD') throw error;
    omissions.push({ kind: 'unruly-path', path });
  }
  return omissions;
}

/** struct landlock_path_beneath_attr, which is packed. */
function pathAttributes(access: number, object: number): Buffer {
  const attributes = Buffer.alloc(12);
  attributes.writeBigUInt64LE(BigInt(access), 0);
  attributes.writeInt32LE(object, 8);
  return attributes;
}

/** struct landlock_net_port_attr. */
function addPort(descriptor: number, { port, access }: NetPort): void {
  const attributes = Buffer.alloc(16);
  attributes.writeBigUInt64LE(BigInt(access), 0);
  attributes.writeBigUInt64LE(BigInt(port), 8);
  landlockAddRule(descriptor, LANDLOCK_RULE_NET_PORT, attributes);
}

function unopened(path: string, error: unknown): Omission {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return code === 'ENOENT' || code === 'ENOTDIR'
    ? { kind: 'missing-path', path }
    : { kind: 'unreachable-path', path, code };
}
