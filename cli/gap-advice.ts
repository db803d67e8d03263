import type { Gap, GapKind } from '../tracer/trace.js';

/** What people can do about the gaps of a run that was to be learned, where they can do something. */
export function gapAdvice(gaps: readonly Gap[]): readonly string[] {
  const kinds = new Set(gaps.map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => advice[kind] ?? []);
}

const advice: Readonly<Partial<Record<GapKind, string>>> = {
  outlived:
    'what runs on may need more later: let the command end it, as sh -c "gpg …; gpgconf --kill gpg-agent" does; or start it beforehand, so that the command finds it running; or give it longer with --wait',
};
