import type { WrittenGlob } from '../inference/path-glob.js';
import type { OptionTable } from './options.js';

/** The options by which a person says in globs what is granted. */
export const wishNames = ['never-fold', 'exclude', 'include', 'missing'] as const;
/** Those that a configuration file may say as well: none of them grants anything. */
export const tighteningNames: readonly WishName[] = ['never-fold', 'exclude', 'include'];
export type WishName = (typeof wishNames)[number];

export const wishOptions: OptionTable = Object.fromEntries(
  wishNames.map((name) => [name, { type: 'string', multiple: true } as const]),
);

/** Globs by the option that they are for, as they were written. */
export type WrittenWishes = Readonly<Record<WishName, readonly WrittenGlob[]>>;

/** Whether nothing is wished. */
export function wishesNothing(wishes: WrittenWishes): boolean {
  return wishNames.every((name) => wishes[name].length === 0);
}

/** Wishes of one kind for every name. */
export function wishesBy<Wish>(wishes: (name: WishName) => Wish): Readonly<Record<WishName, Wish>> {
  return {
    'never-fold': wishes('never-fold'),
    exclude: wishes('exclude'),
    include: wishes('include'),
    missing: wishes('missing'),
  };
}
