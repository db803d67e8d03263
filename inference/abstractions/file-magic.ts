import type { Abstraction } from './abstraction.js';

export const fileMagic: Abstraction = {
  name: 'file-magic',
  what: 'marks by which kinds of files are told',
  reason: 'file(1) and whoever uses libmagic',
  source: 'file(1), magic(5); packages libmagic1, libmagic-mgc',
  parts: [
    { access: ['read_file'], files: ['/etc/magic', '/etc/magic.mime', '/usr/lib/file/magic.mgc'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/file', '/usr/share/misc/magic'],
      foreseen: 'they are marks of one table, in a file each or in one for all',
    },
  ],
};
