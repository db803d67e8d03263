import { readdirSync, readFileSync } from 'node:fs';

/** Everything that a test starts has a mark in its environment by which it is found again. */
const markName = 'LL_LEARN_TEST_MARK';

/** A mark that no other test has. */
export class Mark {
  readonly #value = `${process.pid}-${marks++}`;

  /** What to add to the environment of what is to bear it. */
  get environment(): Readonly<Record<string, string>> {
    return { [markName]: this.#value };
  }

  /** The processes that bear it and still run: their ids. */
  bearers(): readonly number[] {
    const wanted = `${markName}=${this.#value}\0`;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && fileOf(name, 'environ').includes(wanted))
      .map(Number);
  }

  /** The same, as their command lines. */
  left(): readonly string[] {
    return this.bearers().map((id) => `${id} ${fileOf(id, 'cmdline').replaceAll('\0', ' ')}`);
  }
}

let marks = 0;

/** A file of a process in /proc; empty when that has ended, or is another user's. */
export function fileOf(id: string | number, name: string): string {
  try {
    return readFileSync(`/proc/${id}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
