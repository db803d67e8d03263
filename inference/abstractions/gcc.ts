import type { Abstraction } from './abstraction.js';

export const gcc: Abstraction = {
  name: 'gcc',
  what: 'the C compiler and its tools',
  reason: 'whoever compiles or links',
  source: 'gcc(1), ld(1); packages gcc-*, cpp-*, binutils, libc6-dev, linux-libc-dev',
  parts: [
    {
      access: ['execute', 'read_file'],
      files: [
        '/usr/bin/${ARCH}-gcc-*',
        '/usr/bin/${ARCH}-g++-*',
        '/usr/bin/${ARCH}-cpp-*',
        '/usr/bin/${ARCH}-as',
        '/usr/bin/${ARCH}-ld.*',
        '/usr/bin/${ARCH}-ar',
        '/usr/bin/${ARCH}-ranlib',
        '/usr/bin/${ARCH}-nm',
        '/usr/bin/${ARCH}-strip',
        '/usr/bin/${ARCH}-objcopy',
        '/usr/bin/${ARCH}-objdump',
      ],
    },
    {
      access: ['execute', 'read_file', 'read_dir'],
      hierarchies: ['/usr/lib/gcc/${ARCH}', '/usr/libexec/gcc/${ARCH}'],
    },
    {
      access: ['read_file', 'read_dir'],
      hierarchies: [
        '/usr/include',
        '/usr/lib/gcc',
        '/usr/lib/${ARCH}/bfd-plugins',
        '/usr/lib/bfd-plugins',
        '/usr/lib/${ARCH}/ldscripts',
      ],
      foreseen: 'another source includes other headers and is linked with other parts',
    },
    { access: ['read_file'], files: ['/usr/lib/${ARCH}/*.o', '/usr/lib/${ARCH}/lib*.a'] },
  ],
};
