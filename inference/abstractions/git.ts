import type { Abstraction } from './abstraction.js';

export const git: Abstraction = {
  name: 'git',
  what: 'git and its settings',
  reason: 'whoever works in a repository',
  source: 'git(1), git-config(1); package git',
  parts: [
    { access: ['execute', 'read_file'], files: ['/usr/bin/git'] },
    { access: ['execute', 'read_file', 'read_dir'], hierarchies: ['/usr/lib/git-core'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/share/git-core'],
      foreseen: 'a new repository is made of all the templates',
    },
    { access: ['read_file', 'read_dir'], hierarchies: ['${XDG_CONFIG_HOME}/git'] },
    {
      access: ['read_file'],
      files: ['/etc/gitconfig', '/etc/gitattributes', '${HOME}/.gitconfig'],
    },
  ],
};
