import { checked, libc } from '../../../kernel/libc.js';

/** The system calls that are tried; each throws a SystemCallError where the kernel refuses. */

const native = {
  open: libc<[Buffer, number, number], number>('int open(void *path, int flags, int mode)'),
  openat: libc<[number, Buffer, number, number], number>(
    'int openat(int directory, void *path, int flags, int mode)',
  ),
  close: libc<[number], number>('int close(int fd)'),
  mkdir: libc<[Buffer, number], number>('int mkdir(void *path, int mode)'),
  rmdir: libc<[Buffer], number>('int rmdir(void *path)'),
  unlink: libc<[Buffer], number>('int unlink(void *path)'),
  symlink: libc<[Buffer, Buffer], number>('int symlink(void *target, void *path)'),
  mknod: libc<[Buffer, number, bigint], number>(
    'int mknod(void *path, unsigned int mode, uint64_t device)',
  ),
  renameat2: libc<[number, Buffer, number, Buffer, number], number>(
    'int renameat2(int from_fd, void *from, int to_fd, void *to, unsigned int flags)',
  ),
  linkat: libc<[number, Buffer, number, Buffer, number], number>(
    'int linkat(int from_fd, void *from, int to_fd, void *to, int flags)',
  ),
  name_to_handle_at: libc<[number, Buffer, Buffer, Buffer, number], number>(
    'int name_to_handle_at(int fd, void *path, void *handle, void *mount, int flags)',
  ),
  open_by_handle_at: libc<[number, Buffer, number], number>(
    'int open_by_handle_at(int mount_fd, void *handle, int flags)',
  ),
  truncate: libc<[Buffer, number], number>('int truncate(void *path, long length)'),
  ftruncate: libc<[number, number], number>('int ftruncate(int fd, long length)'),
  ioctl: libc<[number, bigint, Buffer], number>(
    'int ioctl(int fd, unsigned long request, void *value)',
  ),
  mount: libc<[Buffer | null, Buffer, Buffer | null, number, Buffer | null], number>(
    'int mount(void *source, void *target, void *type, unsigned long flags, void *data)',
  ),
  umount2: libc<[Buffer, number], number>('int umount2(void *target, int flags)'),
  unshare: libc<[number], number>('int unshare(int flags)'),
  memfd_create: libc<[Buffer, number], number>('int memfd_create(void *name, unsigned int flags)'),
  fexecve: libc<[number, Buffer, Buffer], number>('int fexecve(int fd, void *argv, void *env)'),
  execve: libc<[Buffer, Buffer, Buffer], number>('int execve(void *path, void *argv, void *env)'),
  madvise: libc<[number, number, number], number>(
    'int madvise(uintptr_t address, size_t size, int advice)',
  ),
  fork: libc<[], number>('int fork()'),
  waitpid: libc<[number, Buffer | null, number], number>(
    'int waitpid(int pid, void *status, int options)',
  ),
  _exit: libc<[number], number>('int _exit(int status)'),
  alarm: libc<[number], number>('unsigned int alarm(unsigned int seconds)'),
  usleep: libc<[number], number>('int usleep(unsigned int microseconds)'),
  getppid: libc<[], number>('int getppid()'),
  getpid: libc<[], number>('int getpid()'),
  kill: libc<[number, number], number>('int kill(int pid, int signal)'),
  setpgid: libc<[number, number], number>('int setpgid(int pid, int group)'),
  ptrace: libc<[number, number, null, null], number>(
    'long ptrace(int request, int pid, void *address, void *data)',
  ),
  socket: libc<[number, number, number], number>('int socket(int family, int type, int of)'),
  bind: libc<[number, Buffer, number], number>('int bind(int fd, void *at, unsigned int n)'),
  connect: libc<[number, Buffer, number], number>('int connect(int fd, void *at, unsigned int n)'),
  listen: libc<[number, number], number>('int listen(int fd, int backlog)'),
  sendto: libc<[number, Buffer, number, number, Buffer, number], number>(
    'long sendto(int fd, void *bytes, size_t size, int flags, void *at, unsigned int n)',
  ),
  chdir: libc<[Buffer], number>('int chdir(void *path)'),
  chroot: libc<[Buffer], number>('int chroot(void *path)'),
  setxattr: libc<[Buffer, Buffer, Buffer, number, number], number>(
    'int setxattr(void *path, void *name, void *value, size_t size, int flags)',
  ),
  inotify_init: libc<[], number>('int inotify_init()'),
  inotify_add_watch: libc<[number, Buffer, number], number>(
    'int inotify_add_watch(int fd, void *path, unsigned int mask)',
  ),
  process_vm_readv: libc<[number, Buffer, number, Buffer, number, number], number>(
    'long process_vm_readv(int pid, void *ours, unsigned long n, void *theirs, unsigned long m, unsigned long flags)',
  ),
  pivot_root: libc<[Buffer, Buffer], number>('int pivot_root(void *root, void *old)'),
  /** For calls that a C library may not have; all that are used here fit these types. */
  syscall: libc<[number, number, Buffer | null, number, Buffer | null, number], number>(
    'long syscall(long number, long a, void *b, long c, void *d, long e)',
  ),
} as const;

type Native = typeof native;

/** The same, that throw. */
export const system = Object.fromEntries(
  Object.entries(native).map(([name, call]) => [
    name,
    (...values: never[]) =>
      checked(name, (call as unknown as (...of: never[]) => number)(...values)),
  ]),
) as unknown as Native;

/** A path or name as the kernel takes it. */
export function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

/** What `act` makes of a descriptor, which is closed afterwards. */
export function withDescriptor(fd: number, act: (fd: number) => unknown): void {
  try {
    act(fd);
  } finally {
    system.close(fd);
  }
}

export const AT_FDCWD = -100;
