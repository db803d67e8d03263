/** What an architecture's files are called by. */
export interface ArchitectureNames {
  /** The directory of its libraries: Debian's multiarch tuple. */
  readonly MULTIARCH?: string;
  /** The file of the dynamic loader. */
  readonly LOADER?: string;
}

/**
 * The names of an architecture, called as Node calls it; none where they are not known.
 *
 * Sources: wiki.debian.org/Multiarch/Tuples; glibc, shlib-versions of sysdeps/unix/sysv/linux.
 */
export function architectureNames(architecture: string): ArchitectureNames {
  return names[architecture] ?? {};
}

const names: Readonly<Record<string, ArchitectureNames>> = {
  x64: { MULTIARCH: 'x86_64-linux-gnu', LOADER: 'ld-linux-x86-64.so.2' },
  arm64: { MULTIARCH: 'aarch64-linux-gnu', LOADER: 'ld-linux-aarch64.so.1' },
  riscv64: { MULTIARCH: 'riscv64-linux-gnu', LOADER: 'ld-linux-riscv64-lp64d.so.1' },
  s390x: { MULTIARCH: 's390x-linux-gnu', LOADER: 'ld64.so.1' },
};
