import type { PathRule } from '../inference/inference.js';
import { type FsAccess, fsAccess, union } from '../landlock/access-set.js';
import { comparePaths } from '../landlock/hierarchy.js';

/** A rule or a directory that several rules lie beneath, with what is below it. */
export interface Branch {
  readonly path: string;
  /** Nothing for a directory that is only a heading. */
  readonly rule: PathRule | undefined;
  /** The path from the branch above: `x86_64-linux-gnu/libc.so.6`. */
  readonly label: string;
  readonly below: readonly Branch[];
  /** Of its rule and those below. */
  readonly access: FsAccess;
}

/**
 * The rules as a tree of paths. Only directories where the tree parts, or on which a rule lies, are
 * branches of their own; a chain of single steps is one label.
 */
export function pathTree(rules: readonly PathRule[]): readonly Branch[] {
  const root = newNode();
  for (const rule of [...rules].sort((one, other) => comparePaths(one.path, other.path))) {
    plant(root, rule);
  }
  if (root.rule === undefined) return branchesBelow(root, '', '/');
  const below = branchesBelow(root, '', '');
  const access = accessOf(root.rule, below);
  return [{ path: '/', rule: root.rule, label: '/', below, access }];
}

interface Node {
  rule: PathRule | undefined;
  readonly below: Map<string, Node>;
}

function newNode(): Node {
  return { rule: undefined, below: new Map() };
}

function plant(root: Node, rule: PathRule): void {
  let node = root;
  for (const name of rule.path.split('/')) {
    if (name === '') continue;
    const next = node.below.get(name) ?? newNode();
    node.below.set(name, next);
    node = next;
  }
  node.rule = rule;
}

function branchesBelow(node: Node, path: string, prefix: string): readonly Branch[] {
  return [...node.below].map(([name, child]) => {
    const end = endOfChain(name, child);
    const full = `${path}/${end.names}`;
    const below = branchesBelow(end.node, full, '');
    const slash = end.node.rule?.directory !== false || below.length > 0 ? '/' : '';
    const { rule } = end.node;
    const label = `${prefix}${end.names}${slash}`;
    return { path: full, rule, label, below, access: accessOf(rule, below) };
  });
}

function accessOf(rule: PathRule | undefined, below: readonly Branch[]): FsAccess {
  let access = rule?.access ?? fsAccess();
  for (const branch of below) access = union(access, branch.access);
  return access;
}

function endOfChain(name: string, start: Node): { readonly names: string; readonly node: Node } {
  let names = name;
  let node = start;
  while (node.rule === undefined && node.below.size === 1) {
    const [only] = node.below;
    if (only === undefined) break;
    names += `/${only[0]}`;
    node = only[1];
  }
  return { names, node };
}
