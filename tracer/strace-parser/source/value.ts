/**
 * An argument, or a part of one.
 *
 * Values are plain data and never change; equal ones may be one and the same object.
 */
export type Value =
  | StringValue
  | NumberValue
  | FlagsValue
  | NullValue
  | FdValue
  | PidValue
  | StructValue
  | ArrayValue
  | ChangeValue
  | NamedValue
  | MacroValue
  | OpaqueValue;

/**
 * Bytes, one code unit (0 to 255) each, so that nothing is lost; `utf8()` makes text of them. The
 * name of an abstract socket, `@"name"`, begins with a NUL, as it does in the kernel.
 */
export interface StringValue {
  readonly kind: 'string';
  readonly value: string;
  /** Whether `...` followed, as it does for what exceeds `-s`. */
  readonly truncated: boolean;
}

export interface NumberValue {
  readonly kind: 'number';
  /** A number while it is a safe integer. */
  readonly value: number | bigint;
  /** How it was written: `0755` is 8, `0x1f` is 16. */
  readonly radix: 8 | 10 | 16;
  /** `35 vars` of `0x7ffe01a8 /* 35 vars *\/`. */
  readonly comment: string | undefined;
}

/** `O_RDWR|O_CREAT|0x40000000`, and single constants such as `AF_INET`. */
export interface FlagsValue {
  readonly kind: 'flags';
  readonly names: readonly string[];
  /** The part that has no name: 0o644 of `S_IFREG|0644`. */
  readonly rest: number | bigint | undefined;
  readonly comment: string | undefined;
}

export interface NullValue {
  readonly kind: 'null';
}

/** A descriptor, known as such by its annotation (`-y`, `-yy`), or `AT_FDCWD`. */
export interface FdValue {
  readonly kind: 'fd';
  readonly number: number | 'AT_FDCWD';
  /** Where it leads, if that is a path: bytes, as in `StringValue`. */
  readonly path: string | undefined;
  /** Whether strace marked the path `(deleted)`. */
  readonly deleted: boolean;
  readonly device: Device | undefined;
  readonly socket: Socket | undefined;
  /** The whole annotation, decoded: a path, `pipe:[31]`, `anon_inode:[eventpoll]`; or nothing. */
  readonly text: string;
}

/** `<char 1:3>` of `-yy`. */
export interface Device {
  readonly kind: 'char' | 'block';
  readonly major: number;
  readonly minor: number;
}

/** `TCP:[127.0.0.1:80->127.0.0.1:9000]` of `-yy`; with `-y` the protocol is `socket`. */
export interface Socket {
  /** `TCP`, `UDP`, `TCPv6`, `UNIX-STREAM`, `NETLINK`, …; `socket` if strace did not say. */
  readonly protocol: string;
  /** What stood in the brackets. */
  readonly text: string;
}

/** `1234<bash>` of `-Y`. */
export interface PidValue {
  readonly kind: 'pid';
  readonly number: number;
  readonly command: string;
}

export interface StructValue {
  readonly kind: 'struct';
  readonly fields: readonly Field[];
  /** Whether it ended in `...`. */
  readonly truncated: boolean;
}

export interface Field {
  readonly name: string | undefined;
  readonly value: Value;
}

/** `[1, 2]`; sets of signals and descriptors, whose members are parted by spaces, as well. */
export interface ArrayValue {
  readonly kind: 'array';
  readonly items: readonly Value[];
  readonly truncated: boolean;
  /** `~[CHLD]`: all but these. */
  readonly negated: boolean;
}

/** `before => after`: what the call was given, and what it left there. */
export interface ChangeValue {
  readonly kind: 'change';
  readonly before: Value;
  readonly after: Value;
}

/** `child_stack=NULL` as an argument of its own. */
export interface NamedValue {
  readonly kind: 'named';
  readonly name: string;
  readonly value: Value;
}

/** `htons(80)`, `makedev(0x1, 0x3)`, `inet_addr("127.0.0.1")`. */
export interface MacroValue {
  readonly kind: 'macro';
  readonly name: string;
  readonly args: readonly Value[];
}

/** An expression of another form, as printed: `8192*1024`, `WIFEXITED(s) && WEXITSTATUS(s) == 0`. */
export interface OpaqueValue {
  readonly kind: 'opaque';
  readonly text: string;
}
