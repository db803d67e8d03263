import type { PathArgument } from '../../kernel/path-argument.js';
import type { ProcessMemory } from '../../kernel/process-memory.js';

/** The call waits no longer: its thread was killed, and what was read may be another's. */
export class CallGone extends Error {
  override readonly name = 'CallGone';
}

/** A call that waits for its answer: its numbers, and through them the caller's memory. */
export class AskedCall {
  readonly #words: Uint32Array;
  readonly #memory: ProcessMemory;
  readonly #stillWaits: () => boolean;
  /** The argument that was read last as a path, and what it was; −1 for none of this call's. */
  #pathIndex = -1;
  #path: string | null = null;

  /**
   * @param notification - a struct seccomp_notif in words of 32 bits, read afresh at every access.
   * @param stillWaits - asked after every reading of memory: only then was it the caller's.
   */
  constructor(notification: Uint32Array, memory: ProcessMemory, stillWaits: () => boolean) {
    this.#words = notification;
    this.#memory = memory;
    this.#stillWaits = stillWaits;
  }

  /** Another call has come. */
  begin(): void {
    this.#pathIndex = -1;
  }

  get thread(): number {
    return this.#words[2] as number;
  }

  get number(): number {
    return (this.#words[4] as number) | 0;
  }

  /** AUDIT_ARCH_*: which table the number is of. */
  get architecture(): number {
    return this.#words[5] as number;
  }

  /** An argument that is a C int. */
  int(index: number): number {
    return (this.#words[firstArgument + index * 2] as number) | 0;
  }

  /** An argument that is an unsigned int: flags, a request. */
  unsigned(index: number): number {
    return this.#words[firstArgument + index * 2] as number;
  }

  /** An argument that is an address or a size. */
  address(index: number): number {
    const at = firstArgument + index * 2;
    return (this.#words[at] as number) + (this.#words[at + 1] as number) * 0x100000000;
  }

  /**
   * The path that an argument points to.
   *
   * @throws CallGone
   */
  path(index: number): string | null {
    return this.#checked(this.unsurePath(index));
  }

  /** The same, which is the caller's only if the call turns out to wait still. */
  unsurePath(index: number): string | null {
    if (index !== this.#pathIndex) {
      this.#path = this.#memory.readPath(this.thread, this.address(index));
      this.#pathIndex = index;
    }
    return this.#path;
  }

  /** The path that was read last, as its bytes are; valid until the next reading. */
  get held(): PathArgument {
    return this.#memory.path;
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

/** The word at which the arguments begin, two words each: struct seccomp_data in struct seccomp_notif. */
const firstArgument = 8;
