import type { Abstraction } from './abstraction.js';

export const ruby: Abstraction = {
  name: 'ruby',
  what: 'Ruby and its library',
  reason: 'programs in Ruby',
  source: 'ruby(1); packages ruby*, libruby*, ruby-*',
  parts: [
    { access: ['execute', 'read_file'], files: ['/usr/bin/ruby', '/usr/bin/ruby*'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/lib/ruby', '/usr/lib/${ARCH}/ruby', '/usr/share/rubygems-integration'],
      foreseen: 'other work needs other modules',
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/var/lib/gems', '/usr/local/lib/site_ruby'],
    },
    { access: ['read_file'], files: ['/usr/lib/${ARCH}/libruby-*.so.*'] },
  ],
};
