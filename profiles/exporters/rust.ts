import type { AccessClass } from '../../landlock/abi.js';
import { type AccessSet, accessNames } from '../../landlock/access-set.js';
import type { ResolvedProfile } from '../resolve.js';
import { type Exporter, type ExportRequest, exportedText } from './exporter.js';
import { fit } from './fit.js';
import { knownOf } from './known.js';
import { rustProgram } from './rust-program.js';
import { commentText, hexEscape, literal } from './source-text.js';
import { alwaysWritable } from './unwritable.js';

/**
 * A launcher in Rust by the crate landlock. Source: landlock-lsm/rust-landlock 0.4.7, src/fs.rs,
 * src/net.rs, src/scope.rs and src/ruleset.rs.
 */
export const rust: Exporter = {
  format: 'rust',
  summary: 'a launcher in Rust, by the crate landlock',
  write: (request) => {
    const { resolved, losses } = fit(request, {
      known: knownOf(9),
      limit: 'the crate landlock 0.4.7 knows rights up to ABI 9',
      whyUnwritable: alwaysWritable,
      creates: true,
    });
    const parts = [head(request), tables(resolved), restricting(resolved), rustProgram];
    return exportedText(parts.join('\n'), losses, [
      'the crate landlock is needed, 0.4.7 or later for ABI 9, 0.4.2 for scopes',
    ]);
  },
};

function head({ name, profile }: ExportRequest): string {
  const learned = profile.learned?.commands.map((words) => words.join(' ')).join(' | ');
  const comment = learned === undefined ? '' : `//! Learned from: ${commentText(learned)}\n`;
  return `//! ${commentText(name)}: runs a command restricted by Landlock.
//! Usage: LAUNCHER COMMAND [ARGUMENT...]
${comment}
use landlock::{
    make_bitflags, AccessFs, AccessNet, BitFlags, NetPort, PathBeneath, PathFd, Ruleset,
    RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
};
use std::error::Error;
use std::ffi::OsStr;
use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{exit, Command};
`;
}

function tables({ ruleset, paths, creations }: ResolvedProfile): string {
  return `/// What is made first, where it is missing, so that a rule can lie on it: the path, whether it is
/// a directory, the mode.
const CREATIONS: &[(&[u8], bool, u32)] = &[${rows(
    creations.map(
      ({ path, kind, mode }) =>
        `(b"${literal(path, hexEscape)}", ${kind === 'directory'}, 0o${mode.toString(8)}),`,
    ),
  )}];

fn path_rules() -> Vec<(&'static [u8], BitFlags<AccessFs>)> {
    vec![${rows(
      paths.flatMap(({ path, access, rule }) => [
        ...rule.reasons.map((line) => `// ${commentText(line)}`),
        `(b"${literal(path, hexEscape)}", ${flags('AccessFs', 'fs', access)}),`,
      ]),
      2,
    )}${paths.length === 0 ? '' : '    '}]
}

fn port_rules() -> Vec<(u16, BitFlags<AccessNet>)> {
    vec![${rows(
      ruleset.ports.map(({ port, access }) => `(${port}, ${flags('AccessNet', 'net', access)}),`),
      2,
    )}${ruleset.ports.length === 0 ? '' : '    '}]
}
`;
}

/** The sets that are handled; the crate takes no empty ones. */
function restricting({ ruleset }: ResolvedProfile): string {
  const { handledFs, handledNet, scoped } = ruleset;
  return `fn ruleset() -> Result<Ruleset, landlock::RulesetError> {
    Ok(Ruleset::default()${[
      ...(handledFs === 0 ? [] : [`.handle_access(${flags('AccessFs', 'fs', handledFs)})?`]),
      ...(handledNet === 0 ? [] : [`.handle_access(${flags('AccessNet', 'net', handledNet)})?`]),
      ...(scoped === 0 ? [] : [`.scope(${flags('Scope', 'scope', scoped)})?`]),
    ]
      .map((call) => `\n        ${call}`)
      .join('')})
}
`;
}

function rows(lines: readonly string[], depth = 1): string {
  return lines.length === 0
    ? ''
    : `\n${lines.map((line) => `${'    '.repeat(depth)}${line}\n`).join('')}`;
}

function flags<Class extends AccessClass>(
  type: string,
  accessClass: Class,
  set: AccessSet<Class>,
): string {
  const names = accessNames(accessClass, set).map(camelCase).join(' | ');
  return names === '' ? `BitFlags::<${type}>::EMPTY` : `make_bitflags!(${type}::{${names}})`;
}

function camelCase(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
