import { accessRights } from '../landlock/abi.js';
import { type FsAccess, fileAccess, fsAccess, union } from '../landlock/access-set.js';
import { abstractionMapOf } from './abstraction-map.js';

/**
 * What a ruleset costs is what a person has to read and what it gives away: a rule has a price, and
 * so has every object that a right newly opens. A right on another person's notes is dearer than
 * one on a library that every machine has; to change or execute is dearer than to look.
 */
export const rulePrice = 10;

/** Kinds of places, by what it means to open one object more in them. */
export type Zone = 'system' | 'software' | 'settings' | 'own';

/** How much dearer a right is than reading a file. */
const weights = {
  read_file: 1,
  read_dir: 1,
  execute: 20,
  write_file: 10,
  truncate: 10,
  make_char: 50,
  make_block: 50,
  make_dir: 5,
  make_reg: 5,
  make_sym: 5,
  make_fifo: 5,
  make_sock: 5,
  remove_dir: 10,
  remove_file: 10,
  refer: 1,
  ioctl_dev: 20,
  resolve_unix: 20,
} as const;

/** What an object in a zone counts, by what is done to it. */
const sensitivities: Readonly<Record<Zone, Readonly<Record<Deed, number>>>> = {
  // The same files on every machine of a distribution, and readable by everybody.
  system: { look: 0.01, execute: 0.1, change: 10 },
  // Installed beside the distribution, by a person or a language's package manager.
  software: { look: 0.02, execute: 0.1, change: 10 },
  settings: { look: 0.2, execute: 1, change: 10 },
  own: { look: 1, execute: 1, change: 1 },
};

/** What it costs to open one object to the right with this bit. */
export function priceOf(bit: number, zone: Zone): number {
  const row = rights[bit];
  return row === undefined ? 0 : row.weight * sensitivities[zone][row.deed];
}

/** The same where other rights are given on the same objects: to spoil what may be written is little. */
export function priceBeside(bit: number, zone: Zone, given: FsAccess): number {
  return priceOf(bit, zone) * shareBeside(bit, given);
}

/** The part of its price that a right costs beside others on the same objects. */
export function shareBeside(bit: number, given: FsAccess): number {
  return (truncating & (1 << bit)) !== 0 && (given & writing) !== 0 ? 0.01 : 1;
}

/** The same rights, with those that change the price of one of them. */
export function withPriced(access: FsAccess): FsAccess {
  return (access & truncating) === 0 ? access : union(access, writing);
}

const writing = fsAccess('write_file');
const truncating = fsAccess('truncate');

/** The rights that are priced by one count of the same objects, so that each goes with the other. */
export const alike: readonly FsAccess[] = [
  fsAccess('read_file'),
  fsAccess('read_dir'),
  fsAccess('execute'),
  fsAccess('write_file', 'truncate', 'ioctl_dev', 'resolve_unix'),
  fsAccess(
    ...(['make_char', 'make_block', 'make_dir', 'make_reg', 'make_sym', 'make_fifo'] as const),
    ...(['make_sock', 'remove_dir', 'remove_file', 'refer'] as const),
  ),
];

/** What the right with this bit opens of what there is beneath a directory. */
export function whatOpens(bit: number): 'files' | 'programs' | 'directories' {
  if ((executing & (1 << bit)) !== 0) return 'programs';
  return (fileAccess & (1 << bit)) !== 0 ? 'files' : 'directories';
}

const executing = fsAccess('execute');

/** The kind of place that a path is in. */
export function zoneOf(path: string): Zone {
  if (/^\/(usr\/local|opt)\//.test(path) || software.test(path)) return 'software';
  if (/^\/(usr|bin|sbin|lib|lib32|lib64|libx32|nix\/store|snap)\//.test(`${path}/`))
    return 'system';
  // What a family may read on every machine, such as certificates, holds no secrets either.
  if (/^\/(etc|var)\//.test(path) && isReadByFamily(path)) return 'system';
  return path === '/etc' || path.startsWith('/etc/') ? 'settings' : 'own';
}

function isReadByFamily(path: string): boolean {
  return abstractionMapOf([]).of(path, fsAccess('read_file', 'read_dir')) !== undefined;
}

type Deed = 'look' | 'execute' | 'change';

/** Where languages' package managers put what they install, wherever that is. */
const software =
  /\/(node_modules|site-packages|dist-packages|lib\/python\d[^/]*|\.nvm|\.pyenv|\.rbenv|\.rustup|\.cargo\/registry|go\/pkg\/mod)(\/|$)/;

const looks: ReadonlySet<string> = new Set(['read_file', 'read_dir']);
const rights: { readonly weight: number; readonly deed: Deed }[] = [];
for (const { class: of, name, bit } of accessRights) {
  if (of !== 'fs') continue;
  const deed = looks.has(name) ? 'look' : name === 'execute' ? 'execute' : 'change';
  rights[bit] = { weight: weights[name], deed };
}
