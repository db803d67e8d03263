import type { Scope } from '../landlock/abi.js';
import { allAccess, type FsAccess, intersection, type NetAccess } from '../landlock/access-set.js';
import type { Operation } from '../landlock/operation.js';
import { requiredAccess } from '../landlock/required-access.js';
import type { PathRequirement } from '../landlock/requirement.js';
import type { Use, Why } from './inference.js';
import type { PathNode, PathTree } from './path-tree.js';
import type { SeenOperation } from './run.js';
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

/** Gathers all that a kernel would ask for operations, as these are looked at. */
export class GatheredNeeds implements Needs {
  readonly paths: PathNeed[] = [];
  readonly ports: PortNeed[] = [];
  readonly scopes: { scope: Scope; use: Use }[] = [];
  readonly moves: Move[] = [];
  readonly topology: Use[] = [];
  readonly crossings: Use[] = [];
  readonly #abi: number;
  readonly #known: FsAccess;
  readonly #tree: PathTree;
  readonly #uses = new SeenUses();

  /**
   * @param abi - of the kernel.
   * @param tree - of the paths.
   */
  constructor(abi: number, tree: PathTree) {
    this.#abi = abi;
    this.#known = allAccess('fs', abi);
    this.#tree = tree;
  }

  add(record: SeenOperation, why: Why): void {
    const use = this.#uses.of(record);
    for (const requirement of requiredAccess(record.operation, this.#abi)) {
      switch (requirement.kind) {
        case 'path':
          this.#addPath(requirement, madeBy(record.operation), use, why);
          break;
        case 'no-gain': {
          const { from, to, among } = requirement;
          this.moves.push({ from: this.#tree.at(from), to: this.#tree.at(to), among, use });
          break;
        }
        case 'port':
          this.ports.push({ port: requirement.port, access: requirement.access, use });
          break;
        case 'scope':
          this.scopes.push({ scope: requirement.scope, use });
          break;
        // The domain itself refuses these, and no rule can allow them.
        case 'tracing':
        case 'topology':
          this.topology.push(use);
          break;
      }
    }
  }

  #addPath(
    { path, directory, access: asked }: PathRequirement,
    made: string | undefined,
    use: SeenUse,
    why: Why,
  ): void {
    const access = intersection(asked, this.#known);
    const makes = made === undefined || path === made ? undefined : this.#tree.at(made);
    const node = this.#tree.at(path);
    if (access !== 0) this.paths.push({ node, directory, access, use, why, makes });
    if (access !== asked) this.crossings.push(use);
  }
}

/** Making a directory that is there, or opening a file with O_CREAT that is, makes nothing. */
function madeBy(operation: Operation): string | undefined {
  if (operation.kind === 'make' && operation.type === 'directory') return operation.path;
  return operation.kind === 'open' && operation.create === 'new' ? operation.path : undefined;
}
