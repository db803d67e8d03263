import type { Abstraction } from './abstraction.js';

export const terminfo: Abstraction = {
  name: 'terminfo',
  what: 'what terminals can do, and key bindings',
  reason: 'whoever moves a cursor: ncurses and readline',
  source: 'terminfo(5), readline(3); packages ncurses-base, libtinfo6, readline-common',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/etc/terminfo', '/usr/lib/terminfo', '/usr/share/terminfo'],
      foreseen: 'the next terminal may be another',
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['${HOME}/.terminfo'] },
    { access: ['read_file'], files: ['/etc/inputrc', '${HOME}/.inputrc'] },
  ],
};
