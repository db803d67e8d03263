/** Whole numbers from 0 to 2^32 - 1 in a row: a million of them take four megabytes. */
export class Numbers {
  #room: Uint32Array;
  #length = 0;

  /** @param room - for so many to begin with. */
  constructor(room = 256) {
    this.#room = new Uint32Array(room);
  }

  get length(): number {
    return this.#length;
  }

  /** The number at a place; 0 where none was put. */
  at(place: number): number {
    return this.#room[place] ?? 0;
  }

  put(place: number, number: number): void {
    if (place >= this.#room.length) this.#grow(place + 1);
    this.#room[place] = number;
    if (place >= this.#length) this.#length = place + 1;
  }

  push(number: number): void {
    this.put(this.#length, number);
  }

  #grow(least: number): void {
    const larger = new Uint32Array(Math.max(least, this.#room.length * 2));
    larger.set(this.#room);
    this.#room = larger;
  }
}
