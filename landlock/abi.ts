/**
 * What each version of the Landlock ABI knows, as data. Source: include/uapi/linux/landlock.h and
 * Documentation/userspace-api/landlock.rst. A right of a later version is one more row here.
 *
 * `bit` is the right's position in the kernel's mask. `onFiles` marks the rights that a rule may
 * carry on something other than a directory (ACCESS_FILE in security/landlock/fs.c).
 */
export const accessRights = [
  { class: 'fs', name: 'execute', bit: 0, since: 1, onFiles: true },
  { class: 'fs', name: 'write_file', bit: 1, since: 1, onFiles: true },
  { class: 'fs', name: 'read_file', bit: 2, since: 1, onFiles: true },
  { class: 'fs', name: 'read_dir', bit: 3, since: 1, onFiles: false },
  { class: 'fs', name: 'remove_dir', bit: 4, since: 1, onFiles: false },
  { class: 'fs', name: 'remove_file', bit: 5, since: 1, onFiles: false },
  { class: 'fs', name: 'make_char', bit: 6, since: 1, onFiles: false },
  { class: 'fs', name: 'make_dir', bit: 7, since: 1, onFiles: false },
  { class: 'fs', name: 'make_reg', bit: 8, since: 1, onFiles: false },
  { class: 'fs', name: 'make_sock', bit: 9, since: 1, onFiles: false },
  { class: 'fs', name: 'make_fifo', bit: 10, since: 1, onFiles: false },
  { class: 'fs', name: 'make_block', bit: 11, since: 1, onFiles: false },
  { class: 'fs', name: 'make_sym', bit: 12, since: 1, onFiles: false },
  { class: 'fs', name: 'refer', bit: 13, since: 2, onFiles: false },
  { class: 'fs', name: 'truncate', bit: 14, since: 3, onFiles: true },
  { class: 'fs', name: 'ioctl_dev', bit: 15, since: 5, onFiles: true },
  { class: 'fs', name: 'resolve_unix', bit: 16, since: 9, onFiles: true },
  { class: 'net', name: 'bind_tcp', bit: 0, since: 4 },
  { class: 'net', name: 'connect_tcp', bit: 1, since: 4 },
  { class: 'net', name: 'bind_udp', bit: 2, since: 10 },
  { class: 'net', name: 'connect_send_udp', bit: 3, since: 10 },
  { class: 'scope', name: 'abstract_unix_socket', bit: 0, since: 6 },
  { class: 'scope', name: 'signal', bit: 1, since: 6 },
] as const satisfies readonly AccessRightRow[];

/** The kernel release that brought each version of the ABI, and what else came with it. */
export const abiVersions = [
  { abi: 1, linux: '5.13', adds: 'rights on file hierarchies' },
  { abi: 2, linux: '5.19', adds: 'renaming and linking across directories' },
  { abi: 3, linux: '6.2', adds: 'truncation' },
  { abi: 4, linux: '6.7', adds: 'TCP ports' },
  { abi: 5, linux: '6.10', adds: 'ioctl on devices' },
  { abi: 6, linux: '6.12', adds: 'scopes' },
  { abi: 7, linux: '6.15', adds: 'audit records' },
  { abi: 8, linux: '7.0', adds: 'restricting all threads at once' },
  { abi: 9, linux: '7.1', adds: 'pathname UNIX sockets' },
  { abi: 10, linux: '7.2', adds: 'UDP ports, quiet rules' },
  { abi: 11, linux: '7.3', adds: 'setting no_new_privs while restricting' },
] as const;

export type AccessClass = (typeof accessRights)[number]['class'];
export type FsRight = Extract<(typeof accessRights)[number], { class: 'fs' }>['name'];
export type NetRight = Extract<(typeof accessRights)[number], { class: 'net' }>['name'];
export type Scope = Extract<(typeof accessRights)[number], { class: 'scope' }>['name'];

/** The newest version that this table knows. */
export const newestAbi = 11;

/** The kernel release that first had a version of the ABI, for messages. */
export function linuxOfAbi(abi: number): string {
  return abiVersions.find((version) => version.abi === abi)?.linux ?? 'a later release';
}

interface AccessRightRow {
  readonly class: 'fs' | 'net' | 'scope';
  readonly name: string;
  readonly bit: number;
  readonly since: number;
  readonly onFiles?: boolean;
}
