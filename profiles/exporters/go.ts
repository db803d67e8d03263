import { accessNames, fileAccess } from '../../landlock/access-set.js';
import type { ResolvedProfile } from '../resolve.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { fit } from './fit.js';
import { goProgram } from './go-program.js';
import { knownOf } from './known.js';
import { commentText, hexEscape, literal } from './source-text.js';
import { alwaysWritable } from './unwritable.js';

/**
 * A launcher in Go by go-landlock. Source: landlock-lsm/go-landlock 0.9.0, landlock/config.go,
 * path_opt.go and net_opt.go.
 */
export const go: Exporter = {
  format: 'go',
  summary: 'a launcher in Go, by go-landlock',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known: knownOf(9),
      limit: 'go-landlock 0.9.0 knows rights up to ABI 9',
      whyUnwritable: alwaysWritable,
      creates: true,
    });
    return exportedText([head(request), tables(resolved), goProgram].join('\n'), losses, [
      'go-landlock 0.9.0 or later is needed for ABI 9, 0.6.0 for scopes',
      'where the kernel has ABI 1 and a rule grants refer, go-landlock restricts nothing of files',
    ]);
  },
};

function head({ name, profile }: ExportRequest): string {
  const learned = profile.learned?.commands.map((words) => words.join(' ')).join(' | ');
  const comment = learned === undefined ? '' : `// Learned from: ${commentText(learned)}\n`;
  return `// ${commentText(name)}: runs a command restricted by Landlock.
// Usage: LAUNCHER COMMAND [ARGUMENT...]
${comment}package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
)
`;
}

function tables({ ruleset, paths, creations }: ResolvedProfile): string {
  return `// What the profile restricts: ${names(ruleset)}.
const (
	handledFS  landlock.AccessFSSet  = 0x${ruleset.handledFs.toString(16)}
	handledNet landlock.AccessNetSet = 0x${ruleset.handledNet.toString(16)}
	scoped     landlock.ScopedSet    = 0x${ruleset.scoped.toString(16)}
	// What a rule may carry on what is no directory.
	fileAccess landlock.AccessFSSet = 0x${(fileAccess & knownOf(9).fs).toString(16)}
	bindTCP                         = 0x1
	connectTCP                      = 0x2
)

type creation struct {
	path      string
	directory bool
	mode      uint32
}

// What is made first, where it is missing, so that a rule can lie on it.
var creations = []creation{${rows(
    creations.map(
      ({ path, kind, mode }) =>
        `{"${literal(path, hexEscape)}", ${kind === 'directory'}, 0o${mode.toString(8)}},`,
    ),
  )}}

type pathRule struct {
	path   string
	access landlock.AccessFSSet
}

var paths = []pathRule{${rows(
    paths.flatMap(({ path, access, rule }) => [
      ...rule.reasons.map((line) => `// ${commentText(line)}`),
      `// ${accessNames('fs', access).join(', ')}`,
      `{"${literal(path, hexEscape)}", 0x${access.toString(16)}},`,
    ]),
  )}}

type portRule struct {
	port   uint16
	access uint64
}

var ports = []portRule{${rows(
    ruleset.ports.map(({ port, access }) => `{${port}, 0x${access.toString(16)}},`),
  )}}
`;
}

function rows(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${lines.map((line) => `\t${line}\n`).join('')}`;
}

function names({ handledFs, handledNet, scoped }: ResolvedProfile['ruleset']): string {
  return [
    ...accessNames('fs', handledFs),
    ...accessNames('net', handledNet),
    ...accessNames('scope', scoped),
  ].join(', ');
}
