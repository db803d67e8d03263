import type { Abstraction } from './abstraction.js';

export const vim: Abstraction = {
  name: 'vim',
  what: 'what vim comes with',
  reason: 'vim(1): syntax, plugins and help',
  source: 'vim(1); packages vim-runtime, vim-common, vim-tiny',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/vim'],
      foreseen: 'a file of another kind has another syntax, and other plugins',
    },
    { access: ['read_file'], files: ['/etc/vim/vimrc', '/etc/vim/vimrc.local'] },
  ],
};
