import type { Position } from './locate.js';

/** A profile that cannot be used, with the place in its file. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';

  /** @param what - what is wrong, what was expected, as a sentence. */
  constructor(file: string, position: Position | undefined, what: string) {
    super(
      position === undefined
        ? `${file}: ${what}`
        : `${file}:${position.line}:${position.column}: ${what}`,
    );
  }
}
