import type { Abstraction } from './abstraction.js';

export const shell: Abstraction = {
  name: 'shell',
  what: 'shells and how they start',
  reason: 'scripts, and whoever calls system(3)',
  source: 'dash(1), bash(1); packages dash, bash, base-files',
  parts: [
    {
      access: ['execute', 'read_file'],
      files: ['/usr/bin/dash', '/usr/bin/bash', '/usr/bin/sh'],
      brings: {
        files: ['/dev/null'],
        reason: 'a script that leaves it alone this time goes another way the next',
      },
    },
    { access: ['execute', 'read_file'], files: ['/usr/bin/env'] },
    {
      access: ['read_file'],
      files: [
        '/etc/profile',
        '/etc/bash.bashrc',
        '/etc/bash_completion',
        '/etc/environment',
        '/etc/shells',
        '${HOME}/.profile',
        '${HOME}/.bashrc',
        '${HOME}/.bash_profile',
        '${HOME}/.bash_aliases',
      ],
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/etc/profile.d', '/etc/bash_completion.d', '/usr/share/bash-completion'],
    },
  ],
};
