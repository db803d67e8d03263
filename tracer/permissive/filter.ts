import type { Architecture, SyscallName } from '../../kernel/syscall-numbers.js';
import type { HiddenMemory } from './hidden-memory.js';

/**
 * The seccomp filter of the permissive domain, in classic BPF (8 bytes an instruction): calls that
 * Landlock hooks are notified, all others go their way. What BPF can see to need no right is not
 * notified either; it sees numbers, and not what pointers point to.
 *
 * Calls of another architecture are notified where they would be of interest, to be stamped.
 *
 * @param hidden - whether we see what programs hide of themselves. Where we do not, they are told
 * that they have hidden it, and nothing is done: else nobody could tell what they ask for.
 */
export function filterFor({ audit, numbers, prctl }: Architecture, hidden: HiddenMemory): Buffer {
  const program = new Program();
  program.load(offsetOfArch);
  program.unlessEqual(audit, (foreign) => {
    foreign.load(offsetOfNumber);
    for (const number of audit === AUDIT_ARCH_X86_64 ? i386Calls : armCalls)
      foreign.ifEqual(number, (block) => block.end(NOTIFY));
    foreign.end(ALLOW);
  });
  program.load(offsetOfNumber);
  // x32, a second ABI of the same architecture, is told by this bit alone.
  program.ifAnyBit(x32Bit, (block) => block.end(NOTIFY));
  if (hidden === 'unseen') program.ifEqual(prctl, pretendToHide);
  for (const [name, number] of Object.entries(numbers)) {
    program.ifEqual(number, (block) => {
      conditions[name as SyscallName]?.(block);
      block.end(NOTIFY);
    });
  }
  program.end(ALLOW);
  return program.bytes();
}

const ALLOW = 0x7fff0000;
const NOTIFY = 0x7fc00000;
/** SECCOMP_RET_ERRNO without an error: the call returns 0, and was not made. */
const PRETEND = 0x00050000;

/** struct seccomp_data */
const offsetOfNumber = 0;
const offsetOfArch = 4;
const offsetOfArgument = (index: number) => 16 + index * 8;

const x32Bit = 0x40000000;

const AUDIT_ARCH_X86_64 = 0xc000003e;

/** Calls that have one number in i386, in arm, and where they came late in both worlds. */
const foreignCalls = [
  ...[5, 8, 9, 10, 11, 14], // open, creat, link, unlink, execve, mknod
  ...[21, 37, 38, 39, 40, 52, 54, 61], // mount, kill, rename, mkdir, rmdir, umount2, ioctl, chroot
  ...[83, 92, 93, 193, 194], // symlink, truncate, ftruncate and those of 64 bits
  ...[120, 178, 238], // clone, rt_sigqueueinfo, tkill
  ...[424, 425, 429, 435, 437, 446], // pidfd_send_signal, io_uring_setup, move_mount, clone3 …
];

/** arch/x86/entry/syscalls/syscall_32.tbl */
const i386Calls = [
  ...foreignCalls,
  ...[102, 217, 270, 277], // socketcall, pivot_root, tgkill, mq_open
  ...[295, 296, 297, 301, 302, 303, 304, 310], // openat, mkdirat … symlinkat, unshare
  ...[335, 342, 345, 346, 353, 354], // rt_tgsigqueueinfo, open_by_handle_at, sendmmsg, setns, renameat2, seccomp
  ...[358, 361, 362, 369, 370], // execveat, bind, connect, sendto, sendmsg
];

/** arch/arm/tools/syscall.tbl */
const armCalls = [
  ...foreignCalls,
  ...[218, 268, 274], // pivot_root, tgkill, mq_open
  ...[282, 283, 290, 296], // bind, connect, sendto, sendmsg
  ...[322, 323, 324, 328, 329, 330, 331, 337], // openat, mkdirat … symlinkat, unshare
  ...[363, 371, 374, 375, 382, 383, 387], // rt_tgsigqueueinfo, open_by_handle_at, sendmmsg, setns, renameat2, seccomp, execveat
];

const O_PATH = 0o10000000;

const CLONE_NEWNS = 0x00020000;
const CLONE_NEWUSER = 0x10000000;
const CLONE_NEWPID = 0x20000000;
/** Namespaces that change what paths and process ids mean: flags of clone(2) and unshare(2). */
export const namespacesOfNames = CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID;

/** Requests that Landlock lets pass on any device: is_masked_device_ioctl, security/landlock/fs.c. */
const exemptRequests = [
  0x5451, // FIOCLEX
  0x5450, // FIONCLEX
  0x5421, // FIONBIO
  0x5452, // FIOASYNC
  0x5460, // FIOQSIZE
  0xc0045877, // FIFREEZE
  0xc0045878, // FITHAW
  0xc020660b, // FS_IOC_FIEMAP
  0x00000002, // FIGETBSZ
  0x40049409, // FICLONE
  0x4020940d, // FICLONERANGE
  0xc0189436, // FIDEDUPERANGE
  0x80111500, // FS_IOC_GETFSUUID
  0x80811501, // FS_IOC_GETFSSYSFSPATH
];

/** What of a call's numbers makes it need no right. */
const conditions: Readonly<Partial<Record<SyscallName, (block: Program) => void>>> = {
  open: (block) => allowOnPath(block, 1),
  openat: (block) => allowOnPath(block, 2),
  ioctl: (block) => {
    block.load(offsetOfArgument(1));
    for (const request of exemptRequests) block.ifEqual(request, (exempt) => exempt.end(ALLOW));
  },
  // Without an address a message goes where the socket is connected to.
  sendto: (block) => {
    block.load(offsetOfArgument(4));
    block.ifEqual(0, (low) => {
      low.load(offsetOfArgument(4) + 4);
      low.ifEqual(0, (high) => high.end(ALLOW));
    });
  },
  // clone3 has its flags in memory, which BPF cannot read.
  clone: allowSameNames,
  unshare: allowSameNames,
};

const PR_SET_DUMPABLE = 4;
const SUID_DUMP_DISABLE = 0;

/** Both arguments in whole: a value that the kernel refuses is refused. */
function pretendToHide(block: Program): void {
  block.load(offsetOfArgument(0));
  block.ifEqual(PR_SET_DUMPABLE, (setting) => {
    setting.load(offsetOfArgument(1));
    setting.ifEqual(SUID_DUMP_DISABLE, (low) => {
      low.load(offsetOfArgument(1) + 4);
      low.ifEqual(0, (high) => high.end(PRETEND));
    });
  });
  block.end(ALLOW);
}

function allowSameNames(block: Program): void {
  block.load(offsetOfArgument(0));
  block.unlessAnyBit(namespacesOfNames, (harmless) => harmless.end(ALLOW));
}

function allowOnPath(block: Program, flags: number): void {
  block.load(offsetOfArgument(flags));
  block.ifAnyBit(O_PATH, (onPath) => onPath.end(ALLOW));
}

/** Instructions of include/uapi/linux/bpf_common.h. */
const LOAD_WORD = 0x20;
const RETURN = 0x06;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_ANY_BIT = 0x45;

/** A program that is put together from blocks, each jumped over where its condition does not hold. */
class Program {
  readonly #instructions: (readonly [code: number, onTrue: number, onFalse: number, k: number])[] =
    [];

  load(offset: number): void {
    this.#instructions.push([LOAD_WORD, 0, 0, offset]);
  }

  end(action: number): void {
    this.#instructions.push([RETURN, 0, 0, action]);
  }

  ifEqual(value: number, fill: (block: Program) => void): void {
    const block = filled(fill);
    this.#instructions.push([JUMP_IF_EQUAL, 0, block.#instructions.length, value]);
    this.#append(block);
  }

  unlessEqual(value: number, fill: (block: Program) => void): void {
    const block = filled(fill);
    this.#instructions.push([JUMP_IF_EQUAL, block.#instructions.length, 0, value]);
    this.#append(block);
  }

  ifAnyBit(mask: number, fill: (block: Program) => void): void {
    const block = filled(fill);
    this.#instructions.push([JUMP_IF_ANY_BIT, 0, block.#instructions.length, mask]);
    this.#append(block);
  }

  unlessAnyBit(mask: number, fill: (block: Program) => void): void {
    const block = filled(fill);
    this.#instructions.push([JUMP_IF_ANY_BIT, block.#instructions.length, 0, mask]);
    this.#append(block);
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(this.#instructions.length * 8);
    this.#instructions.forEach(([code, onTrue, onFalse, k], index) => {
      bytes.writeUInt16LE(code, index * 8);
      bytes.writeUInt8(onTrue, index * 8 + 2);
      bytes.writeUInt8(onFalse, index * 8 + 3);
      bytes.writeUInt32LE(k >>> 0, index * 8 + 4);
    });
    return bytes;
  }

  /** A loaded word does not survive a block that loads another: every block loads its own. */
  #append(block: Program): void {
    this.#instructions.push(...block.#instructions);
  }
}

function filled(fill: (block: Program) => void): Program {
  const block = new Program();
  fill(block);
  return block;
}
