import { addressOf, checked, libc, loadedLibc, SystemCallError, wordsOfMemory } from './libc.js';
import { isLinux } from './release.js';
import { syscallNumbers } from './syscall-numbers.js';

/** Words of 32 bits in a struct seccomp_notif. */
const notificationWords = 20;
/** The same of a struct seccomp_notif_resp, and where its flags stand. */
const responseWords = 6;
const responseFlags = 5;

const prctl = libc<[number, number, number, number, number], number>(
  'int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)',
);
const seccomp = libc<[number, number, number, Buffer], number>(
  'long syscall(long number, long operation, long flags, void *arguments)',
);
const pollNative = libc<[Buffer, number, number], number>(
  'int poll(void *fds, unsigned long count, int timeout)',
);

const PR_SET_NO_NEW_PRIVS = 38;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_GET_ACTION_AVAIL = 2;
const RET_USER_NOTIF = 0x7fc00000;
const FLAG_NEW_LISTENER = 1 << 3;
const FLAG_WAIT_KILLABLE_RECV = 1 << 5;
const USER_NOTIF_FLAG_CONTINUE = 1;
const FD_SYNC_WAKE_UP = 1;
const POLLIN = 1;
const POLLHUP = 16;

/** _IOC of asm-generic/ioctl.h, for the magic number '!' of seccomp. */
function request(direction: number, number: number, size: number): number {
  return ((direction << 30) >>> 0) + (size << 16) + (0x21 << 8) + number;
}

const NOTIF_RECV = request(3, 0, notificationWords * 4);
const NOTIF_SEND = request(3, 1, responseWords * 4);
const NOTIF_ID_VALID = request(1, 2, 8);
const NOTIF_SET_FLAGS = request(1, 4, 8);

/**
 * Filters the calling thread, and all that it forks from now on, for ever. The program is classic
 * BPF, 8 bytes an instruction, that returns SECCOMP_RET_USER_NOTIF for what is to be notified.
 *
 * WAIT_KILLABLE_RECV (Linux 5.19): once a notification has been received, only fatal signals
 * interrupt the call that waits for its answer. Older kernels do without.
 *
 * @returns the listener's descriptor, close-on-exec.
 * @throws SystemCallError EBUSY where a filter with a listener is in force already.
 */
export function listen(program: Buffer): number {
  checked('prctl', prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  try {
    return setFilter(program, FLAG_NEW_LISTENER | FLAG_WAIT_KILLABLE_RECV);
  } catch (error) {
    if (!(error instanceof SystemCallError) || error.code !== 'EINVAL') throw error;
    return setFilter(program, FLAG_NEW_LISTENER);
  }
}

/** Whether the kernel knows SECCOMP_RET_USER_NOTIF; nothing is installed. */
export function knowsUserNotification(): boolean {
  const action = Buffer.alloc(4);
  action.writeUInt32LE(RET_USER_NOTIF);
  return seccomp(syscallNumbers().seccomp, SECCOMP_GET_ACTION_AVAIL, 0, action) === 0;
}

/**
 * Whether a thread that waits for a notification learns that nobody is left to send one: before
 * Linux 6.11 it goes on waiting for ever, and only poll(2) is told.
 */
export function receivingEnds(kernelRelease?: string): boolean {
  return isLinux(6, 11, kernelRelease);
}

/**
 * A listener, with the memory that its every call needs. It is passed by its address, and made of
 * words: among programs that fill the processor's caches a call takes several times what it takes
 * alone, and every piece of code that it can do without counts.
 */
export class Listener {
  readonly descriptor: number;
  /** The last notification that was received: a struct seccomp_notif in words of 32 bits. */
  readonly notification = wordsOfMemory(notificationWords);
  readonly #nothing = wordsOfMemory(notificationWords);
  readonly #response = wordsOfMemory(responseWords);
  readonly #notificationAt = Number(addressOf(this.notification));
  readonly #responseAt = Number(addressOf(this.#response));
  readonly #poll = Buffer.alloc(8);
  readonly #ioctl = loadedLibc<[number, number, number]>(
    'int ioctl(int fd, unsigned long request, unsigned long argument)',
  );
  readonly #looksFirst: boolean;
  #synchronous = false;

  /** @param looksFirst - before it receives: at the price of one call more for each notification. */
  constructor(descriptor: number, looksFirst = !receivingEnds()) {
    this.descriptor = descriptor;
    this.#looksFirst = looksFirst;
    this.#response[responseFlags] = USER_NOTIF_FLAG_CONTINUE;
    this.#poll.writeInt32LE(descriptor, 0);
    this.#poll.writeInt16LE(POLLIN, 4);
  }

  /**
   * Has the waiting side woken up on the same processor, which makes an answer several times cheaper
   * (Linux 6.6; older kernels go on as they do).
   */
  wakeSynchronously(): void {
    this.#synchronous = this.#ioctl(this.descriptor, NOTIF_SET_FLAGS, FD_SYNC_WAKE_UP) === 0;
  }

  /**
   * Waits for the next notification.
   *
   * @returns `ended` when no filtered task is left, `again` when the task is gone or a signal came.
   */
  receive(): 'received' | 'again' | 'ended' {
    if (this.#looksFirst && !this.#comes(-1)) return this.#hungUp() ? 'ended' : 'again';
    this.notification.set(this.#nothing); // The kernel refuses what is not zero (EINVAL).
    if (this.#ioctl(this.descriptor, NOTIF_RECV, this.#notificationAt) === 0) return 'received';
    return this.#hungUp() ? 'ended' : 'again';
  }

  /** Waits for the next notification, but not for long. @returns whether `receive` has an answer. */
  comesWithin(milliseconds: number): boolean {
    return this.#comes(Math.ceil(milliseconds)) || this.#hungUp();
  }

  /** Whether the call that was notified still waits, so that what was read of it is its own. */
  stillWaits(): boolean {
    return this.#ioctl(this.descriptor, NOTIF_ID_VALID, this.#notificationAt) === 0; // Its id comes first.
  }

  /**
   * Lets the call go on, as if there were no filter.
   *
   * @returns whether it has waited until now: a task that is gone meanwhile is no error.
   */
  letGo(): boolean {
    this.#response[0] = this.notification[0] as number;
    this.#response[1] = this.notification[1] as number;
    return this.#ioctl(this.descriptor, NOTIF_SEND, this.#responseAt) === 0;
  }

  /** The same for one that was perhaps called on another processor, and is woken up there. */
  letGoWhereItWas(): boolean {
    if (!this.#synchronous) return this.letGo();
    this.#ioctl(this.descriptor, NOTIF_SET_FLAGS, 0);
    const waited = this.letGo();
    this.#ioctl(this.descriptor, NOTIF_SET_FLAGS, FD_SYNC_WAKE_UP);
    return waited;
  }

  /** @param milliseconds - −1 for as long as it takes. @returns whether there is a notification. */
  #comes(milliseconds: number): boolean {
    return (this.#events(milliseconds) & POLLIN) !== 0;
  }

  #hungUp(): boolean {
    return (this.#events(0) & POLLHUP) !== 0;
  }

  /** Those of poll(2). */
  #events(milliseconds: number): number {
    this.#poll.writeInt16LE(0, 6);
    pollNative(this.#poll, 1, milliseconds);
    return this.#poll.readInt16LE(6);
  }
}

/** The program and its struct sock_fprog have to outlive the call alone. */
function setFilter(program: Buffer, flags: number): number {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt16LE(program.length / 8, 0);
  descriptor.writeBigUInt64LE(addressOf(program), 8);
  const number = syscallNumbers().seccomp;
  return checked('seccomp', seccomp(number, SECCOMP_SET_MODE_FILTER, flags, descriptor));
}
