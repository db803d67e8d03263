import { domainOn, judge } from '../../../landlock/domain.js';
import type { Operation } from '../../../landlock/operation.js';
import { requestNamed } from './flags.js';
import type { Kernel } from './kernel.js';
import { modelPath, type Outlook, objectsOf, unasked } from './outlook.js';
import { executeOutlook } from './outlook-execute.js';
import {
  linkOutlook,
  linkUnnamedOutlook,
  madeByMknod,
  makeOutlook,
  removeOutlook,
  renameOutlook,
} from './outlook-names.js';
import {
  ftruncateOutlook,
  ioctlOutlook,
  openAgainOutlook,
  openOutlook,
  openRemovedOutlook,
  truncateOutlook,
} from './outlook-open.js';
import { socketOutlook } from './outlook-sockets.js';
import { rulesetOf } from './ruleset.js';
import { type Call, type End, type Scenario, unrestrictedCalls } from './scenario.js';
import { Tree } from './tree.js';

/** How a domain answers: the model's `judge`, or one that was broken to see it found out. */
export type Judge = typeof judge;

/**
 * How the call of a scenario ends on a kernel, by the model: what the kernel says without Landlock is known
 * here, what Landlock says is the model's.
 */
export function predict(scenario: Scenario, kernel: Kernel, judged: Judge = judge): End {
  const tree = new Tree(scenario.tree);
  for (const call of scenario.first ?? []) outlookOf(tree, call).effect?.();
  const rulesets = scenario.layers.map((layer) =>
    rulesetOf(layer, kernel.abi, (path) => ruledPath(tree, path)),
  );
  const domain = domainOn(objectsOf(tree), kernel.abi, rulesets, kernel.errata);
  for (const call of scenario.before ?? []) outlookOf(tree, call).effect?.();
  const { operations, end, circumstances } = outlookOf(tree, scenario.call);
  for (const operation of operations) {
    const verdict = judged(domain, operation, { objectOf: objectsOf(tree), ...circumstances });
    if (!verdict.allowed) return verdict.errno;
  }
  return end;
}

/** A rule by a symlink lands on what that leads to. */
function ruledPath(tree: Tree, path: string): string {
  const found = tree.find(path, true);
  if (typeof found === 'string' || found.node === undefined) {
    throw new RangeError(`a rule is on ${path}, which is not there`);
  }
  return modelPath(found.path);
}

/** What a call comes to in a tree. */
export function outlookOf(tree: Tree, call: Call): Outlook {
  switch (call[0]) {
    case 'open':
      return openOutlook(tree, call[1], call[2]);
    case 'open-in':
      return openOutlook(tree, `${call[1]}/${call[2]}`, call[3]);
    case 'open-again':
      return openAgainOutlook(tree, call[1], call[3]);
    case 'open-removed':
      return openRemovedOutlook(tree, call[1], call[2]);
    case 'open-by-handle':
      return openAgainOutlook(tree, call[1], call[2]);
    case 'truncate':
      return truncateOutlook(tree, call[1]);
    case 'ftruncate':
      return ftruncateOutlook(tree, call[1], call[2]);
    case 'ioctl-opened':
      return unasked(requestNamed(call[2]).end);
    case 'ioctl':
      return ioctlOutlook(tree, call[1], call[2]);
    case 'execute':
    case 'execute-opened':
      return executeOutlook(tree, call[1]);
    case 'mkdir':
      return makeOutlook(tree, call[1], { type: 'directory' });
    case 'mknod':
      return makeOutlook(tree, call[1], madeByMknod(call[2]));
    case 'symlink':
      return makeOutlook(tree, call[1], { type: 'symlink', target: call[2] });
    case 'bind-path':
      return makeOutlook(tree, call[1], { type: 'socket', taken: 'EADDRINUSE' });
    case 'unlink':
    case 'rmdir':
      return removeOutlook(tree, call[1], call[0]);
    case 'rename':
      return renameOutlook(tree, call[1], call[2], call[3] ?? '');
    case 'link':
    case 'link-followed':
      return linkOutlook(tree, call[1], call[2], call[0] === 'link-followed');
    case 'link-unnamed':
      return linkUnnamedOutlook(tree, call[1], call[2]);
    case 'bind-mount':
      return bindMountOutlook(tree, call[1], call[2]);
    case 'overlay-mount': {
      const [, lower, upper, , merged] = call;
      return {
        ...topologyOutlook(tree, 'mount', merged),
        effect: () => tree.overlay(lower, upper, merged),
      };
    }
    case 'mount':
    case 'unmount':
    case 'remount':
    case 'move-mount':
    case 'pivot-root':
      return topologyOutlook(tree, call[0], call[1]);
    default:
      return socketOutlook(call) ?? processOutlook(call) ?? unaskedOutlook(tree, call);
  }
}

function bindMountOutlook(tree: Tree, from: string, to: string): Outlook {
  return { ...topologyOutlook(tree, 'mount', to), effect: () => tree.mount(from, to) };
}

/** Landlock is asked before the kernel looks whether something is mounted; but not of umount(2). */
function topologyOutlook(tree: Tree, call: string, path: string): Outlook {
  const mounted = tree.mountOf(path) === path;
  if (call === 'unmount' && !mounted) return unasked('EINVAL');
  const end = (call === 'remount' || call === 'pivot-root') && !mounted ? 'EINVAL' : 'ok';
  return { operations: [{ kind: 'change-topology', call }], end };
}

function processOutlook(call: Call): Outlook | undefined {
  switch (call[0]) {
    case 'signal':
    case 'signal-group':
    case 'pidfd-signal':
      return reaching({ kind: 'signal', inside: false }, call[1]);
    case 'trace':
    case 'read-memory':
      return reaching({ kind: 'trace-process', inside: false }, call[1]);
    default:
      return undefined;
  }
}

/** Calls that no hook of Landlock sees; without a path there is nothing to be missing. */
function unaskedOutlook(tree: Tree, [name, path]: Call): Outlook {
  if (!unrestrictedCalls.some((one) => one === name)) return unasked('ok');
  const found = tree.find(String(path), true);
  if (typeof found === 'string') return unasked(found);
  return unasked(found.node === undefined ? 'ENOENT' : 'ok');
}

function reaching(operation: Operation, sharedLayers: number): Outlook {
  return { operations: [operation], end: 'ok', circumstances: { sharedLayers } };
}
