/**
 * Whether a file's name tells of its contents, or of chance: a hash or a UUID. Tomorrow's contents
 * have another.
 */
export function isMadeUp(name: string): boolean {
  // Most names are short, and there may be a million of them.
  return name.length >= 16 && madeUp.test(name);
}

/** A directory over which made-up names are spread by their first digits: git's `objects/3f`. */
export function isSpread(name: string): boolean {
  return name.length <= 3 && /^[0-9a-f]+$/.test(name);
}

/** Whether two names in a directory are one name to who chose them: `page-17` and `page-204`. */
export function areAlike(one: string, other: string): boolean {
  if (shapeOf(one) === shapeOf(other)) return true;
  const common = commonStart(one, other) + commonEnd(one, other);
  return common * 2 >= Math.max(one.length, other.length);
}

const madeUp =
  /(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{16,})(?![0-9a-z])/i;

/** With everything that is a number, or long and hexadecimal, left out. */
function shapeOf(name: string): string {
  return name.replace(/[0-9a-f]{8,}|\d+/gi, '#');
}

function commonStart(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  return at;
}

/** Without what the start has in common already. */
function commonEnd(one: string, other: string): number {
  const length = Math.min(one.length, other.length) - commonStart(one, other);
  let at = 0;
  while (at < length && one.at(-1 - at) === other.at(-1 - at)) at += 1;
  return at;
}
