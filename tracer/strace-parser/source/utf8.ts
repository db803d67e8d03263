/** The text that a string of bytes holds; what is not UTF-8 becomes U+FFFD. */
export function utf8(bytes: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const size = sequenceLength(bytes, at);
    text += size === 0 ? '\ufffd' : String.fromCodePoint(codePoint(bytes, at, size));
    at += size || 1;
  }
  return text;
}

/** Length of the well-formed sequence at `at`, or 0. */
function sequenceLength(bytes: string, at: number): number {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return 1;
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let i = 1; i < size; i++) if ((bytes.charCodeAt(at + i) & 0xc0) !== 0x80) return 0;
  const point = codePoint(bytes, at, size);
  const overlong = point < (size === 4 ? 0x10000 : size === 3 ? 0x800 : 0x80);
  const surrogate = point >= 0xd800 && point < 0xe000;
  return overlong || surrogate || point > 0x10ffff ? 0 : size;
}

function codePoint(bytes: string, at: number, size: number): number {
  const first = bytes.charCodeAt(at);
  let point = size === 1 ? first : first & (0x7f >> size);
  for (let i = 1; i < size; i++) point = point * 64 + (bytes.charCodeAt(at + i) & 0x3f);
  return point;
}
