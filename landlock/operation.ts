/** The kinds of object that a path can lead to. */
export type FileType =
  | 'regular'
  | 'directory'
  | 'symlink'
  | 'fifo'
  | 'socket'
  | 'char-device'
  | 'block-device';

/**
 * What a program asked of the kernel, in the words of Landlock's hooks (security/landlock/fs.c,
 * net.c, task.c), after resolution: every path is absolute, real and without symlinks in its
 * directories. It knows no access rights: see `requiredAccess` for those.
 */
export type Operation =
  | {
      readonly kind: 'open';
      readonly path: string;
      readonly type: FileType;
      readonly read: boolean;
      readonly write: boolean;
      readonly truncate: boolean;
      /** With O_CREAT: whether the call made the file (`exclusive`: with O_EXCL) or found it there. */
      readonly create: 'no' | 'new' | 'exclusive' | 'existing';
    }
  /** O_TMPFILE: a file without a name in a directory. */
  | {
      readonly kind: 'open-unnamed';
      readonly directory: string;
      readonly read: boolean;
      readonly write: boolean;
    }
  /** `interpreters`: the `#!` chain and the ELF interpreter, which the kernel opens as well. */
  | { readonly kind: 'execute'; readonly program: string; readonly interpreters: readonly string[] }
  | {
      readonly kind: 'make';
      readonly path: string;
      readonly type: FileType;
      /** The device 0:0, by which overlay file systems mark what is gone. */
      readonly whiteout?: boolean;
    }
  | { readonly kind: 'remove'; readonly path: string; readonly type: FileType }
  | {
      readonly kind: 'rename';
      readonly from: string;
      readonly to: string;
      readonly type: FileType;
      /** What `to` was before: removed by the rename, or moved to `from` by an exchange. */
      readonly replaced: FileType | null;
      readonly exchange: boolean;
      /** RENAME_WHITEOUT: a whiteout is left at `from`. */
      readonly whiteout?: boolean;
    }
  | { readonly kind: 'link'; readonly from: string; readonly to: string; readonly type: FileType }
  | { readonly kind: 'truncate'; readonly path: string }
  | { readonly kind: 'device-ioctl'; readonly path: string; readonly type: FileType }
  | { readonly kind: 'bind'; readonly protocol: 'tcp' | 'udp'; readonly port: number }
  | {
      readonly kind: 'connect';
      readonly protocol: 'tcp' | 'udp';
      readonly port: number;
      /** Whether a UDP socket has a port already; else the kernel binds it to a free one. */
      readonly bound?: boolean;
    }
  | { readonly kind: 'connect-unix'; readonly path: string; readonly inside?: boolean }
  /** `inside`: the socket's owner is the program or its descendant. */
  | { readonly kind: 'connect-abstract'; readonly name: string; readonly inside: boolean }
  | { readonly kind: 'signal'; readonly inside: boolean }
  /** ptrace(2), process_vm_readv(2), /proc/PID/mem, and whatever else looks into a running program. */
  | { readonly kind: 'trace-process'; readonly inside: boolean }
  /** mount(2) and its relatives, which no rule can allow. */
  | { readonly kind: 'change-topology'; readonly call: string };

export type OperationKind = Operation['kind'];
