import { type AccessClass, abiVersions, accessRights } from '../../landlock/abi.js';
import { type AccessSet, accessNames, allAccess, fileAccess } from '../../landlock/access-set.js';
import type { NetPort } from '../../landlock/ruleset.js';
import type { ProfileCreation } from '../profile.js';
import type { ResolvedPath } from '../resolve.js';
import { enforcing } from './c-enforcing.js';
import { finding } from './c-finding.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { fit } from './fit.js';
import { knownOf } from './known.js';
import { commentText, literal, octalEscape } from './source-text.js';
import { alwaysWritable } from './unwritable.js';

/**
 * A launcher in one file of C, which does as `ll-learn run` does and depends on nothing but the C
 * library. Structures and numbers are those of include/uapi/linux/landlock.h, and stand in it, so
 * that it can be compiled where the headers are older than the kernel.
 */
export const c: Exporter = {
  format: 'c',
  summary: 'a launcher in one file of C',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known: knownOf(request.profile.abi),
      limit: '',
      whyUnwritable: alwaysWritable,
      creates: true,
    });
    const { ruleset } = resolved;
    const parts = [
      head(request),
      `#define PROFILE_ABI ${request.profile.abi}\n`,
      `#define HANDLED_FS ${mask('fs', ruleset.handledFs)}\n`,
      `#define HANDLED_NET ${mask('net', ruleset.handledNet)}\n`,
      `#define SCOPED ${mask('scope', ruleset.scoped)}\n`,
      `/* What a rule may carry on what is no directory. */\n#define FILE_ACCESS ${mask('fs', fileAccess)}\n`,
      versions(),
      creations(resolved.creations),
      paths(resolved.paths),
      ports(ruleset.ports),
      finding,
      enforcing,
    ];
    return exportedText(parts.join('\n'), losses, [
      'cc -O2 -Wall -o LAUNCHER FILE.c, also with -static; then LAUNCHER COMMAND [ARGUMENT...]',
    ]);
  },
};

function head({ name, profile }: ExportRequest): string {
  const learned = profile.learned?.commands.map((words) => words.join(' ')).join(' | ');
  return `/*
 * ${commentText(name)}: runs a command restricted by Landlock.
 * usage: LAUNCHER COMMAND [ARGUMENT...]
${learned === undefined ? '' : ` * learned from: ${commentText(learned)}\n`} */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
`;
}

/** By the kernel's bits: names that are newer than the headers would not be known to these. */
function mask<Class extends AccessClass>(accessClass: Class, set: AccessSet<Class>): string {
  const names = accessNames(accessClass, set).join(', ');
  return `UINT64_C(0x${set.toString(16)})${names === '' ? '' : ` /* ${names} */`}`;
}

function versions(): string {
  const rows = abiVersions
    .filter(({ abi }) => accessRights.some(({ since }) => since === abi))
    .map(({ abi }) => {
      const known = [allAccess('fs', abi), allAccess('net', abi), allAccess('scope', abi)];
      return `\t{ ${abi}, ${known.map((set) => `UINT64_C(0x${set.toString(16)})`).join(', ')} },\n`;
    });
  return `/* What each version of the kernel's ABI knows. */
static const struct {
	int abi;
	uint64_t fs, net, scoped;
} versions[] = {
${rows.join('')}};
`;
}

function creations(all: readonly ProfileCreation[]): string {
  const rows = all.map(
    ({ path, kind, mode }) =>
      `\t{ "${literal(path, octalEscape)}", ${kind === 'directory' ? 1 : 0}, 0${mode.toString(8)} },\n`,
  );
  return `/* What is made first, where it is missing, so that a rule can lie on it. */
static const struct {
	const char *path;
	int is_directory;
	mode_t mode;
} creations[] = {
${rows.join('')}	{ NULL, 0, 0 },
};
`;
}

function paths(all: readonly ResolvedPath[]): string {
  const rows = all.map(({ path, access, rule }) => {
    const reasons = rule.reasons.map((line) => `\t/* ${commentText(line)} */\n`).join('');
    const names = accessNames('fs', access).join(', ');
    return `${reasons}\t{ "${literal(path, octalEscape)}", UINT64_C(0x${access.toString(16)}) /* ${names} */ },\n`;
  });
  return `static const struct {
	const char *path;
	uint64_t access;
} paths[] = {
${rows.join('')}	{ NULL, 0 },
};
`;
}

function ports(all: readonly NetPort[]): string {
  const rows = all.map(({ port, access }) => `\t{ ${port}, ${mask('net', access)} },\n`);
  return `static const struct {
	uint64_t port, access;
} ports[] = {
${rows.join('')}	{ 0, 0 },
};
`;
}
