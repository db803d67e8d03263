import type { FsRight, NetRight, Scope } from '../landlock/abi.js';
import { accessNames, type FsAccess, type NetAccess } from '../landlock/access-set.js';

/** Rights as a column of fixed places, like the modes of `ls -l`: `r-x-------`. */
export function rightsColumn(access: FsAccess): string {
  const known = columns.get(access);
  if (known !== undefined) return known;
  const letters = lettersOf(access);
  const column = letterOrder.map((letter) => (letters.has(letter) ? letter : '-')).join('');
  columns.set(access, column);
  return column;
}

/** Thousands of rules have a few sets of rights. */
const columns = new Map<FsAccess, string>();

/** A column in which the letters whose rights were all taken away stand as dots: `r-·-------`. */
export function cutColumn(column: string, allowed: number): string {
  const left = lettersOf(allowed as FsAccess);
  return [...column]
    .map((letter) => (isLetter(letter) && !left.has(letter) ? '·' : letter))
    .join('');
}

/** The letters of the rights alone: `rx`. */
export function rightsWord(access: FsAccess): string {
  const letters = lettersOf(access);
  return letterOrder.filter((letter) => letters.has(letter)).join('');
}

/** The rights of a port: `c/tcp`, `bc/udp`, `bc/tcp+udp`. */
export function portColumn(access: NetAccess): string {
  const rights = accessNames('net', access).map((right) => netRights[right]);
  const letters = [...new Set(rights.map((right) => right.letter))].join('');
  const protocols = [...new Set(rights.map((right) => right.protocol))].join('+');
  return `${letters}/${protocols}`;
}

export type Letter = 'r' | 'l' | 'x' | 'w' | 't' | 'm' | 'd' | 'f' | 'i' | 'u';

/** The letters in the order of their places, each with what it stands for. */
export const legend: readonly (readonly [Letter, string])[] = [
  ['r', 'read files'],
  ['l', 'list directories'],
  ['x', 'execute'],
  ['w', 'write to files'],
  ['t', 'truncate'],
  ['m', 'make files, directories …'],
  ['d', 'delete (remove)'],
  ['f', 'refer: rename or link across directories'],
  ['i', 'ioctl on devices'],
  ['u', 'connect to UNIX sockets'],
];

const letterOrder = legend.map(([letter]) => letter);

/** Every letter in its place, to head the column. */
export const allLetters = letterOrder.join('');

interface FsRightWords {
  readonly letter: Letter;
  /** What a program does with it, after "when it". */
  readonly deed: (path: string) => string;
  readonly errno: 'EACCES' | 'EXDEV';
}

/** Each right by its letter and by what fails without it. */
export const fsRights: Readonly<Record<FsRight, FsRightWords>> = {
  execute: fails('x', (path) => `executes ${path}`),
  write_file: fails('w', (path) => `opens ${path} for writing`),
  read_file: fails('r', (path) => `opens ${path} for reading`),
  read_dir: fails('l', (path) => `lists ${path}`),
  remove_dir: fails('d', (path) => `removes a directory from ${path}`),
  remove_file: fails('d', (path) => `removes a file from ${path}`),
  make_char: fails('m', (path) => `makes a character device in ${path}`),
  make_dir: fails('m', (path) => `makes a directory in ${path}`),
  make_reg: fails('m', (path) => `makes a file in ${path}`),
  make_sock: fails('m', (path) => `makes a socket in ${path}`),
  make_fifo: fails('m', (path) => `makes a fifo in ${path}`),
  make_block: fails('m', (path) => `makes a block device in ${path}`),
  make_sym: fails('m', (path) => `makes a symbolic link in ${path}`),
  refer: {
    letter: 'f',
    deed: (path) => `renames or links between ${path} and another directory`,
    errno: 'EXDEV',
  },
  truncate: fails('t', (path) => `truncates ${path}`),
  ioctl_dev: fails('i', (path) => `calls ioctl on ${path}`),
  resolve_unix: fails('u', (path) => `connects to ${path}`),
};

interface NetRightWords {
  readonly letter: 'b' | 'c';
  readonly protocol: 'tcp' | 'udp';
  readonly deed: (port: number) => string;
}

export const netRights: Readonly<Record<NetRight, NetRightWords>> = {
  bind_tcp: { letter: 'b', protocol: 'tcp', deed: (port) => `binds TCP port ${port}` },
  connect_tcp: { letter: 'c', protocol: 'tcp', deed: (port) => `connects to TCP port ${port}` },
  bind_udp: { letter: 'b', protocol: 'udp', deed: (port) => `binds UDP port ${port}` },
  connect_send_udp: { letter: 'c', protocol: 'udp', deed: (port) => `sends to UDP port ${port}` },
};

interface ScopeWords {
  /** What the scope keeps in. */
  readonly label: string;
  readonly deed: string;
}

export const scopeWords: Readonly<Record<Scope, ScopeWords>> = {
  signal: {
    label: 'signals to other processes',
    deed: 'sends a signal to a process outside the sandbox',
  },
  abstract_unix_socket: {
    label: 'abstract sockets of other processes',
    deed: 'connects to an abstract socket made outside the sandbox',
  },
};

function lettersOf(access: FsAccess): ReadonlySet<Letter> {
  return new Set(accessNames('fs', access).map((right) => fsRights[right].letter));
}

function isLetter(text: string): text is Letter {
  return letterOrder.some((letter) => letter === text);
}

function fails(letter: Letter, deed: (path: string) => string): FsRightWords {
  return { letter, deed, errno: 'EACCES' };
}
