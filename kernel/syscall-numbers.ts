/** The system calls that a filter may stop; undefined where the architecture has none. */
export type SyscallName = (typeof names)[number];

const names = [
  'open',
  'openat',
  'openat2',
  'creat',
  'open_by_handle_at',
  'execve',
  'execveat',
  'clone',
  'clone3',
  'setuid',
  'setgid',
  'setreuid',
  'setregid',
  'setresuid',
  'setresgid',
  'setgroups',
  'setfsuid',
  'setfsgid',
  'capset',
  'mq_open',
  'truncate',
  'ftruncate',
  'mkdir',
  'mkdirat',
  'mknod',
  'mknodat',
  'symlink',
  'symlinkat',
  'unlink',
  'unlinkat',
  'rmdir',
  'rename',
  'renameat',
  'renameat2',
  'link',
  'linkat',
  'ioctl',
  'bind',
  'connect',
  'sendto',
  'sendmsg',
  'sendmmsg',
  'kill',
  'tkill',
  'tgkill',
  'rt_sigqueueinfo',
  'rt_tgsigqueueinfo',
  'pidfd_send_signal',
  'mount',
  'umount2',
  'move_mount',
  'pivot_root',
  'chroot',
  'unshare',
  'setns',
  'io_uring_setup',
  'seccomp',
  'landlock_create_ruleset',
  'landlock_add_rule',
  'landlock_restrict_self',
] as const;

export type SyscallNumbers = Readonly<Partial<Record<SyscallName, number>>> & {
  readonly seccomp: number;
};

/** An architecture as seccomp sees it: AUDIT_ARCH_* of include/uapi/linux/audit.h. */
export interface Architecture {
  readonly audit: number;
  readonly numbers: SyscallNumbers;
  /** The number of prctl(2), by which a program hides its memory. */
  readonly prctl: number;
}

export function isKnownArchitecture(): boolean {
  return process.arch === 'x64' || process.arch === 'arm64';
}

/** The architecture that we run on. @throws RangeError for one that is not known. */
export function architecture(): Architecture {
  if (process.arch === 'x64') return x86_64;
  if (process.arch === 'arm64') return aarch64;
  throw new RangeError(`the system calls of ${process.arch} are not known`);
}

export function syscallNumbers(): SyscallNumbers {
  return architecture().numbers;
}

/** A system call's name, of those above, by its number on an architecture (AUDIT_ARCH_*). */
export function syscallNameOf(audit: number, number: number): SyscallName | undefined {
  const of = [x86_64, aarch64].find((candidate) => candidate.audit === audit);
  for (const [name, one] of Object.entries(of?.numbers ?? {})) {
    if (one === number) return name as SyscallName;
  }
  return undefined;
}

/** The same on every architecture. */
const common = {
  pidfd_send_signal: 424,
  io_uring_setup: 425,
  move_mount: 429,
  clone3: 435,
  openat2: 437,
  landlock_create_ruleset: 444,
  landlock_add_rule: 445,
  landlock_restrict_self: 446,
};

/** arch/x86/entry/syscalls/syscall_64.tbl */
const x86_64: Architecture = {
  audit: 0xc000003e,
  prctl: 157,
  numbers: {
    ...common,
    open: 2,
    ioctl: 16,
    connect: 42,
    sendto: 44,
    sendmsg: 46,
    bind: 49,
    clone: 56,
    execve: 59,
    kill: 62,
    truncate: 76,
    ftruncate: 77,
    rename: 82,
    mkdir: 83,
    rmdir: 84,
    creat: 85,
    link: 86,
    unlink: 87,
    symlink: 88,
    setuid: 105,
    setgid: 106,
    setreuid: 113,
    setregid: 114,
    setgroups: 116,
    setresuid: 117,
    setresgid: 119,
    setfsuid: 122,
    setfsgid: 123,
    capset: 126,
    rt_sigqueueinfo: 129,
    mknod: 133,
    pivot_root: 155,
    chroot: 161,
    mount: 165,
    umount2: 166,
    tkill: 200,
    tgkill: 234,
    mq_open: 240,
    openat: 257,
    mkdirat: 258,
    mknodat: 259,
    unlinkat: 263,
    renameat: 264,
    linkat: 265,
    symlinkat: 266,
    unshare: 272,
    rt_tgsigqueueinfo: 297,
    open_by_handle_at: 304,
    sendmmsg: 307,
    setns: 308,
    renameat2: 316,
    seccomp: 317,
    execveat: 322,
  },
};

/** include/uapi/asm-generic/unistd.h: the old calls without a directory descriptor are not there. */
const aarch64: Architecture = {
  audit: 0xc00000b7,
  prctl: 167,
  numbers: {
    ...common,
    ioctl: 29,
    mknodat: 33,
    mkdirat: 34,
    unlinkat: 35,
    symlinkat: 36,
    linkat: 37,
    renameat: 38,
    umount2: 39,
    mount: 40,
    pivot_root: 41,
    truncate: 45,
    ftruncate: 46,
    chroot: 51,
    openat: 56,
    unshare: 97,
    kill: 129,
    tkill: 130,
    tgkill: 131,
    rt_sigqueueinfo: 138,
    setregid: 143,
    setgid: 144,
    setreuid: 145,
    setuid: 146,
    setresuid: 147,
    setresgid: 149,
    setfsuid: 151,
    setfsgid: 152,
    capset: 91,
    setgroups: 159,
    mq_open: 180,
    bind: 200,
    connect: 203,
    sendto: 206,
    sendmsg: 211,
    clone: 220,
    execve: 221,
    rt_tgsigqueueinfo: 240,
    open_by_handle_at: 265,
    setns: 268,
    sendmmsg: 269,
    renameat2: 276,
    seccomp: 277,
    execveat: 281,
  },
};

/** The architectures that are known, by the names that people use. */
export const syscallTables = { 'x86-64': x86_64, aarch64 } as const;
