import type { Files } from './program.js';

/**
 * What people have in a project and a home, and which a program mostly leaves alone: on a disk that
 * holds nothing else, every folding would look harmless.
 */
export const furniture: { readonly work: Files; readonly home: Files } = {
  work: {
    README: 'read me\n',
    '.env': 'TOKEN=1\n',
    ...numbered('notes', ['one.txt', 'two.txt', 'three.txt', 'four.txt']),
    ...numbered('drafts', ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'f.txt']),
    ...numbered('letters/2019', ['bank.txt', 'tax.txt', 'rent.txt', 'will.txt']),
    ...numbered(
      'photos',
      Array.from({ length: 30 }, (_, at) => `picture-${at}.jpg`),
    ),
    'source/main.c': 'int main(void) { return 0; }\n',
    'source/tool.sh': '#!/bin/sh\n',
    'source/secret.key': 'k\n',
  },
  home: {
    '.bashrc': '# mine\n',
    '.profile': '# mine\n',
    '.ssh/id_ed25519': 'k\n',
    '.ssh/known_hosts': '\n',
    '.config/app/settings': 's\n',
    '.cache/app/blob': 'b\n',
    '.local/share/app/data': 'd\n',
    ...numbered('Documents', ['cv.txt', 'plan.txt', 'diary.txt']),
  },
};

function numbered(directory: string, names: readonly string[]): Files {
  return Object.fromEntries(
    names.map((name, at) => [`${directory}/${name}`, `line ${at}\nand another\nand a last\n`]),
  );
}
