import type { Random } from '../../support/random.js';
import { type Node, plantedIn, Tree } from '../laboratory/tree.js';

/** A tree of one to five directories, spelled, with things of every kind in them. */
export function randomTree(random: Random): string {
  const directories = ['a', 'b'];
  while (random.chance(0.6) && directories.length < 6) {
    const holder = random.pick([...directories, '']);
    const name = random.pick(['c', 'd', 'e']);
    const path = holder === '' ? name : `${holder}/${name}`;
    if (!directories.includes(path) && path.split('/').length < 4) directories.push(path);
  }
  const words = directories.map((path) => `${path}/`);
  const things: string[] = [];
  for (let left = 2 + random.below(6); left > 0; left--) {
    const directory = random.pick([...directories, '']);
    const path = `${directory === '' ? '' : `${directory}/`}${random.pick(['f', 'g', 'h', 'i'])}`;
    if (things.includes(path)) continue;
    words.push(path + markOf(random, directories, things));
    things.push(path);
  }
  return words.join(' ');
}

/** Every name in a tree, the root among them. */
export function namesIn(tree: string): readonly string[] {
  return ['.', ...plantedIn(tree).map(({ path }) => path)];
}

/** The names in a tree that lead to a thing of some kind, through symlinks or not. */
export function namesOf(
  spelled: string,
  follow: boolean,
  wanted: (there: Node) => boolean,
): readonly string[] {
  const tree = new Tree(spelled);
  return namesIn(spelled).filter((path) => {
    const found = tree.find(path, follow);
    return typeof found !== 'string' && found.node !== undefined && wanted(found.node);
  });
}

function markOf(random: Random, directories: readonly string[], things: readonly string[]): string {
  const kind = random.below(20);
  switch (kind) {
    case 0:
    case 1:
      return `@/${random.pick([...directories, ...things, 'nowhere'])}`;
    case 2:
      return '|';
    case 3:
      return '=';
    case 4:
    case 5:
      return '%';
    case 6:
      return '^';
    case 7:
    case 8:
    case 9:
      return things.length === 0 ? '' : `>${random.pick(things)}`;
    case 10:
    case 11:
      return '*';
    case 12:
      return things.length === 0 ? '*' : `*${random.pick(things)}`;
    case 13:
    case 14:
      return things.length === 0 ? '*' : `!${random.pick(things)}`;
    default:
      return '';
  }
}
