import type { ProcessMemory } from '../../kernel/process-memory.js';

/** The call waits no longer: its thread was killed, and what was read may be another's. */
export class CallGone extends Error {
  override readonly name = 'CallGone';
}

/** A call that waits for its answer: its numbers, and through them the caller's memory. */
export class AskedCall {
  readonly #notification: Buffer;
  readonly #memory: ProcessMemory;
  readonly #stillWaits: () => boolean;

  /**
   * @param notification - a struct seccomp_notif, read afresh at every access.
   * @param stillWaits - asked after every reading of memory: only then was it the caller's.
   */
  constructor(notification: Buffer, memory: ProcessMemory, stillWaits: () => boolean) {
    this.#notification = notification;
    this.#memory = memory;
    this.#stillWaits = stillWaits;
  }

  get thread(): number {
    return this.#notification.readUInt32LE(8);
  }

  get number(): number {
    return this.#notification.readInt32LE(16);
  }

  /** AUDIT_ARCH_*: which table the number is of. */
  get architecture(): number {
    return this.#notification.readUInt32LE(20);
  }

  /** An argument that is a C int. */
  int(index: number): number {
    return this.#notification.readInt32LE(32 + index * 8);
  }

  /** An argument that is an unsigned int: flags, a request. */
  unsigned(index: number): number {
    return this.#notification.readUInt32LE(32 + index * 8);
  }

  /** An argument that is an address or a size. */
  address(index: number): number {
    const low = this.#notification.readUInt32LE(32 + index * 8);
    return low + this.#notification.readUInt32LE(36 + index * 8) * 0x100000000;
  }

  /**
   * The path that an argument points to.
   *
   * @throws CallGone
   */
  path(index: number): string | null {
    return this.#checked(this.#memory.readPath(this.thread, this.address(index)));
  }

  /** The bytes that an argument points to. Valid until the next reading. */
  bytes(index: number, length: number): Buffer | null {
    return this.bytesAt(this.address(index), length);
  }

  /** Whether the memory may not be read, as was found since the last time that this was asked. */
  takeRefusal(): boolean {
    return this.#memory.takeRefusal();
  }

  bytesAt(address: number, length: number): Buffer | null {
    return address === 0 ? null : this.#checked(this.#memory.read(this.thread, address, length));
  }

  #checked<Read>(read: Read): Read {
    if (!this.#stillWaits()) throw new CallGone();
    return read;
  }
}
