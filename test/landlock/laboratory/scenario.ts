/**
 * One question for the kernel and for the model: what becomes of a call in a tree of files, by a
 * process that these layers restrict. Plain data, so that it can be printed as a test.
 */
export interface Scenario {
  /** What is planted; names as `ls -F` has them, see `tree.ts`. */
  readonly tree: string;
  /** What is done before the rules are made. */
  readonly first?: readonly Call[];
  readonly layers: readonly LayerSpec[];
  /** What is done after the rules are made, and before they are enforced. */
  readonly before?: readonly Call[];
  readonly call: Call;
}

/** A ruleset in words: names of rights with spaces between, `all` or `none`. */
export interface LayerSpec {
  /** Handled: `all` unless told otherwise. */
  readonly fs?: string;
  /** Handled: `none` unless told otherwise. */
  readonly net?: string;
  /** `none` unless told otherwise. */
  readonly scoped?: string;
  /** Rights by path, from the tree's root, which is `.`. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Rights by port. */
  readonly ports?: Readonly<Record<number, string>>;
}

/**
 * A system call. Paths are from the tree's root, flags are spelled `O_RDONLY|O_CREAT`, a process or
 * socket is told by the number of the layers that restrict it as well.
 */
export type Call =
  | readonly ['open', path: string, flags: string]
  | readonly ['open-in', directory: string, name: string, flags: string]
  | readonly ['open-again', path: string, first: string, flags: string]
  | readonly ['open-removed', path: string, flags: string]
  | readonly ['open-by-handle', path: string, flags: string]
  | readonly ['open-memory', flags: string]
  | readonly ['truncate', path: string]
  | readonly ['ftruncate', path: string, flags: string]
  | readonly ['ftruncate-opened', path: string]
  | readonly ['ioctl', path: string, request: string]
  | readonly ['ioctl-opened', path: string, request: string]
  | readonly ['execute', path: string]
  | readonly ['execute-opened', path: string]
  | readonly ['execute-memory']
  | readonly ['mkdir', path: string]
  | readonly ['mknod', path: string, kind: NodeKind]
  | readonly ['symlink', path: string, target: string]
  | readonly ['bind-path', path: string]
  | readonly ['unlink', path: string]
  | readonly ['rmdir', path: string]
  | readonly ['rename', from: string, to: string, flags?: string]
  | readonly ['link', from: string, to: string]
  | readonly ['link-followed', from: string, to: string]
  | readonly ['link-unnamed', directory: string, to: string]
  | readonly ['bind' | 'connect', protocol: Protocol, port: number]
  | readonly ['bind-unspecified' | 'connect-unspecified', protocol: Protocol, port: number]
  | readonly ['send', protocol: 'udp' | 'udp6', port: number]
  | readonly ['listen', protocol: 'tcp' | 'tcp6']
  | readonly ['connect-path' | 'send-path', path: string]
  | readonly ['connect-abstract' | 'send-abstract', shared: number]
  | readonly ['connect-peer' | 'send-peer', shared: number]
  | readonly ['signal' | 'signal-group' | 'pidfd-signal', shared: number]
  | readonly ['trace' | 'read-memory', shared: number]
  | readonly ['signal-self']
  | readonly ['bind-mount', from: string, to: string]
  | readonly ['overlay-mount', lower: string, upper: string, work: string, merged: string]
  | readonly ['mount' | 'unmount' | 'remount' | 'pivot-root' | 'move-mount', path: string]
  | readonly [Unrestricted, path: string];

export type NodeKind = 'regular' | 'fifo' | 'socket' | 'char-device' | 'block-device' | 'whiteout';

export type Protocol = 'tcp' | 'tcp6' | 'udp' | 'udp6' | 'unix-stream' | 'mptcp';

/** Calls that no hook of Landlock sees. */
export type Unrestricted = (typeof unrestrictedCalls)[number];

export const unrestrictedCalls = [
  'stat',
  'access',
  'chmod',
  'chown',
  'utime',
  'readlink',
  'chdir',
  'setxattr',
  'statfs',
  'watch',
  'chroot',
  'mount-attributes',
] as const;

/** How a call ended: `ok`, or the error's name. */
export type End = string;
