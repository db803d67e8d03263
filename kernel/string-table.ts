import { addressOf } from './libc.js';

/** An array of C strings that ends with a null pointer; it keeps alive what it points to. */
export class StringTable {
  readonly table: Buffer;
  readonly #strings: readonly Buffer[];

  constructor(strings: readonly Buffer[]) {
    this.#strings = strings.map((bytes) => Buffer.concat([bytes, Buffer.alloc(1)]));
    this.table = Buffer.alloc((strings.length + 1) * 8);
    this.#strings.forEach((bytes, index) => {
      this.table.writeBigUInt64LE(addressOf(bytes), index * 8);
    });
  }
}
