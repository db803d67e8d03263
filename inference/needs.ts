import type { Scope } from '../landlock/abi.js';
import { allAccess, type FsAccess, intersection, type NetAccess } from '../landlock/access-set.js';
import type { Operation } from '../landlock/operation.js';
import { requiredAccess } from '../landlock/required-access.js';
import type { Use, Why } from './inference.js';
import type { SeenOperation } from './observe.js';
import type { PathNode, PathTree } from './path-tree.js';
import { type SeenUse, SeenUses } from './seen-uses.js';

/** What the observed operations ask of a ruleset. */
export interface Needs {
  readonly paths: readonly PathNeed[];
  readonly ports: readonly PortNeed[];
  readonly scopes: readonly { readonly scope: Scope; readonly use: Use }[];
  readonly moves: readonly Move[];
  readonly topology: readonly Use[];
  /** Of the first ABI, which has no right to cross directories. */
  readonly crossings: readonly Use[];
}

export interface PathNeed {
  readonly node: PathNode;
  readonly directory: boolean;
  readonly access: FsAccess;
  readonly use: SeenUse;
  readonly why: Why;
  /** What the operation makes in this directory: not needed once that exists. */
  readonly makes: PathNode | undefined;
}

export interface PortNeed {
  readonly port: number;
  readonly access: NetAccess;
  readonly use: Use;
}

/** A rename or link across directories, which may not gain the object any right of `among`. */
export interface Move {
  readonly from: PathNode;
  readonly to: PathNode;
  readonly among: FsAccess;
  readonly use: Use;
}

/** An operation that was seen, or that the next run is expected to ask. */
export interface Expected {
  readonly record: SeenOperation;
  readonly why: Why;
}

/** Everything that a kernel of this ABI would ask for these operations. */
export function needsOf(operations: Iterable<Expected>, abi: number, tree: PathTree): Needs {
  const paths: PathNeed[] = [];
  const ports: PortNeed[] = [];
  const scopes: { scope: Scope; use: Use }[] = [];
  const moves: Move[] = [];
  const topology: Use[] = [];
  const crossings: Use[] = [];
  const known = allAccess('fs', abi);
  const uses = new SeenUses();
  for (const { record, why } of operations) {
    const use = uses.of(record);
    const made = madeBy(record.operation);
    for (const requirement of requiredAccess(record.operation, abi)) {
      switch (requirement.kind) {
        case 'path': {
          const { path, directory } = requirement;
          const access = intersection(requirement.access, known);
          const makes = made === undefined || path === made ? undefined : tree.at(made);
          const node = tree.at(path);
          if (access !== 0) paths.push({ node, directory, access, use, why, makes });
          if (access !== requirement.access) crossings.push(use);
          break;
        }
        case 'no-gain':
          moves.push({
            from: tree.at(requirement.from),
            to: tree.at(requirement.to),
            among: requirement.among,
            use,
          });
          break;
        case 'port':
          ports.push({ port: requirement.port, access: requirement.access, use });
          break;
        case 'scope':
          scopes.push({ scope: requirement.scope, use });
          break;
        // The domain itself refuses these, and no rule can allow them.
        case 'tracing':
        case 'topology':
          topology.push(use);
          break;
      }
    }
  }
  return { paths, ports, scopes, moves, topology, crossings };
}

/** Making a directory that is there, or opening a file with O_CREAT that is, makes nothing. */
function madeBy(operation: Operation): string | undefined {
  if (operation.kind === 'make' && operation.type === 'directory') return operation.path;
  return operation.kind === 'open' && operation.create === 'new' ? operation.path : undefined;
}
