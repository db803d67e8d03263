import { Numbers } from './numbers.js';

/**
 * Texts, each under a number. They lie one after the other in a few long strings, as a million
 * strings of their own would take twice the memory.
 */
export class Texts {
  readonly #blocks: string[] = [];
  /** Where each text ends within its block. */
  readonly #ends = new Numbers();
  #last: string[] = [];
  #lastLength = 0;

  /** How many there are. */
  get length(): number {
    return this.#ends.length;
  }

  /** Puts a text behind the others. @returns its number. */
  push(text: string): number {
    this.#last.push(text);
    this.#lastLength += text.length;
    this.#ends.push(this.#lastLength);
    if (this.#last.length === blockSize) this.#close();
    return this.#ends.length - 1;
  }

  /** @throws RangeError where there is none. */
  at(number: number): string {
    if (number >= this.#ends.length) throw new RangeError(`there is no text ${number}`);
    const block = this.#blocks[Math.floor(number / blockSize)];
    const within = number % blockSize;
    if (block === undefined) return this.#last[within] ?? '';
    return block.slice(within === 0 ? 0 : this.#ends.at(number - 1), this.#ends.at(number));
  }

  #close(): void {
    this.#blocks.push(this.#last.join(''));
    this.#last = [];
    this.#lastLength = 0;
  }
}

/** Texts. A part of a long string keeps all of it. */
const blockSize = 4096;
