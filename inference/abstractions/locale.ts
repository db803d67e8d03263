import type { Abstraction } from './abstraction.js';

export const locale: Abstraction = {
  name: 'locale',
  what: 'locales and character sets',
  reason: 'whoever calls setlocale(3), gettext(3) or iconv(3)',
  source: 'locale(7), iconv(1); packages libc-bin, locales, libc6',
  parts: [
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        '/usr/lib/locale',
        '/usr/share/locale',
        '/usr/share/locale-langpack',
        '/usr/share/i18n',
        '/usr/lib/${ARCH}/gconv',
      ],
      foreseen: 'another person has another language, and another text another character set',
    },
    {
      access: ['read_file'],
      files: [
        '/etc/locale.alias',
        '/etc/default/locale',
        '/etc/locale.conf',
        // Which modules there are: setlocale(3) looks, and mostly needs none.
        '/usr/lib/${ARCH}/gconv/gconv-modules',
        '/usr/lib/${ARCH}/gconv/gconv-modules.cache',
      ],
    },
  ],
};
