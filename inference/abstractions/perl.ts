import type { Abstraction } from './abstraction.js';

export const perl: Abstraction = {
  name: 'perl',
  what: 'Perl and its library',
  reason: 'programs in Perl',
  source: 'perl(1), perlrun(1); packages perl-base, perl-modules-*, lib*-perl',
  parts: [
    { access: ['execute', 'read_file'], files: ['/usr/bin/perl', '/usr/bin/perl5.*'] },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        // What comes with Perl itself, in three packages (perl-base, perl-modules-*, libperl*).
        '/usr/lib/${ARCH}/perl-base',
        '/usr/lib/${ARCH}/perl',
        '/usr/share/perl',
      ],
      foreseen: 'other work needs other modules',
      together: true,
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/etc/perl', '/usr/share/perl5', '/usr/lib/${ARCH}/perl5'],
      foreseen: 'other work needs other modules',
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: ['/usr/local/share/perl', '/usr/local/lib/${ARCH}/perl'],
    },
    { access: ['read_file'], files: ['/usr/lib/${ARCH}/libperl.so.*'] },
  ],
};
