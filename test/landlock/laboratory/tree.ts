import type { FileType } from '../../../landlock/operation.js';

/** Something of a tree, before or after names for it come and go. */
export interface Node {
  readonly id: string;
  readonly type: FileType;
  readonly children: Map<string, Node>;
  /** Of a symlink. */
  readonly target: string;
  /** What the kernel takes a file for when it is executed: `none` where it is empty. */
  readonly program: 'none' | 'elf' | 'script';
  /** What the kernel has to open as well to execute it. */
  readonly interpreter: string | undefined;
  /** Whether opening it finds no driver, or a listener. */
  readonly dead: boolean;
}

/** A name in a tree, and what stands there. */
export interface Found {
  /** From the root, without symlinks and `..`; `.` is the root. */
  readonly path: string;
  readonly node: Node | undefined;
}

/** One thing to plant. */
export interface Planted {
  readonly path: string;
  readonly mark: string;
  /** What follows the mark: a symlink's target, a hard link's first name, an interpreter. */
  readonly of: string;
}

/**
 * A tree's spelling: `a/` a directory, `a/f` a file, `a/l@f` a symlink to `f`
 * beside it, `a/l@/b/f` to `b/f` from the tree's root, `a/p|` a fifo, `a/s=`
 * a socket's file, `a/c%` the device /dev/null, `a/n^` a device without a driver, `a/h>a/f` a hard
 * link to `a/f`, `a/x*` a program, `a/x*a/ld` one with an ELF interpreter, `a/s!a/x` a script.
 */
export function plantedIn(tree: string): readonly Planted[] {
  return tree
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      if (word.endsWith('/')) return { path: word.slice(0, -1), mark: '/', of: '' };
      const [, path, mark, of] = /^([\w./]+)(?:([@|=%^>*!])(.*))?$/.exec(word) ?? [];
      if (path === undefined) throw new RangeError(`"${word}" is no name that can be planted`);
      return { path, mark: mark ?? '', of: of ?? '' };
    });
}

const types: Readonly<Record<string, FileType>> = {
  '/': 'directory',
  '@': 'symlink',
  '|': 'fifo',
  '=': 'socket',
  '%': 'char-device',
  '^': 'char-device',
};

/** A tree as the kernel would have it: names, objects, and mounts. */
export class Tree {
  readonly root = node('directory');
  /** What is mounted over which path. */
  readonly #mounts = new Map<string, Node>();

  constructor(spelled: string) {
    for (const { path, mark, of } of plantedIn(spelled)) {
      this.#plantDirectories(path);
      if (mark === '/') {
        if (this.at(path) === undefined) this.put(path, node('directory'));
      } else {
        this.put(path, mark === '>' ? this.#existing(of) : plant(mark, of));
      }
    }
  }

  /** What stands at a path without symlinks, through mounts. */
  at(path: string): Node | undefined {
    if (path === '.') return this.root;
    return this.#mounts.get(path) ?? this.named(path);
  }

  /** What a name stands for in its directory, also where something is mounted over it. */
  named(path: string): Node | undefined {
    if (path === '.') return this.root;
    const { parent, name } = split(path);
    return this.at(parent)?.children.get(name);
  }

  /** Looks a path up as the kernel does. @returns the error's name where it gets nowhere. */
  find(path: string, followLast: boolean, depth = 0): Found | string {
    if (depth > 40) return 'ELOOP';
    let place = '.';
    const names = path.split('/').filter((name) => name !== '.' && name !== '');
    for (const [number, name] of names.entries()) {
      if (this.at(place)?.type !== 'directory') return 'ENOTDIR';
      const next = name === '..' ? split(place).parent : join(place, name);
      const there = this.at(next);
      const last = number === names.length - 1;
      if (there?.type === 'symlink' && (!last || followLast)) {
        const rest = names.slice(number + 1).join('/');
        const from = there.target.startsWith('/') ? '' : `${place}/`;
        return this.find(`${from}${there.target}/${rest}`, followLast, depth + 1);
      }
      if (there === undefined && !last) return 'ENOENT';
      place = next;
    }
    return { path: place, node: this.at(place) };
  }

  /** Every path to an object: several where it has hard links, or lies in what is mounted twice. */
  pathsTo(wanted: Node, from = '.', depth = 0): readonly string[] {
    const here = this.at(from);
    if (here === undefined || depth > 8) return [];
    const below = [...here.children.keys()].flatMap((name) =>
      this.pathsTo(wanted, join(from, name), depth + 1),
    );
    return here === wanted ? [from, ...below] : below;
  }

  /** The path that the mount starts at which a path lies in. */
  mountOf(path: string): string {
    if (path === '.' || this.#mounts.has(path)) return path;
    return this.mountOf(split(path).parent);
  }

  put(path: string, what: Node): void {
    const { parent, name } = split(path);
    this.at(parent)?.children.set(name, what);
  }

  remove(path: string): void {
    const { parent, name } = split(path);
    this.at(parent)?.children.delete(name);
  }

  mount(from: string, to: string): void {
    const source = this.at(from);
    if (source !== undefined) this.#mounts.set(to, source);
  }

  /** What both directories hold, as objects of its own, is seen at a third. */
  overlay(lower: string, upper: string, merged: string): void {
    const [below, above] = [this.at(lower), this.at(upper)];
    if (below !== undefined && above !== undefined) {
      this.#mounts.set(merged, overlaid(below, above));
    }
  }

  #existing(path: string): Node {
    const found = this.at(path);
    if (found === undefined) throw new RangeError(`there is no ${path} to link to`);
    return found;
  }

  #plantDirectories(path: string): void {
    const { parent } = split(path);
    if (parent === '.' || this.at(parent) !== undefined) return;
    this.#plantDirectories(parent);
    this.put(parent, node('directory'));
  }
}

function overlaid(lower: Node, upper: Node): Node {
  const children = new Map<string, Node>();
  for (const [name, one] of [...lower.children, ...upper.children]) {
    children.set(name, overlaid(one, upper.children.get(name) ?? one));
  }
  return node(upper.type, { ...upper, id: `${upper.id}, overlaid`, children });
}

/** The directory and the name of a path. */
export function split(path: string): { readonly parent: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  if (slash === -1) return { parent: '.', name: path };
  return { parent: path.slice(0, slash), name: path.slice(slash + 1) };
}

/** A new object. */
export function node(type: FileType, more: Partial<Node> = {}): Node {
  objects++;
  return {
    id: String(objects),
    type,
    children: new Map(),
    target: '',
    program: 'none',
    interpreter: undefined,
    dead: type === 'socket',
    ...more,
  };
}

let objects = 0;

function plant(mark: string, of: string): Node {
  switch (mark) {
    case '@':
      return node('symlink', { target: of });
    case '*':
    case '!':
      return node('regular', {
        program: mark === '*' ? 'elf' : 'script',
        interpreter: of === '' ? undefined : of,
      });
    default:
      return node(types[mark] ?? 'regular', mark === '^' ? { dead: true } : {});
  }
}

function join(place: string, name: string): string {
  return place === '.' ? name : `${place}/${name}`;
}
