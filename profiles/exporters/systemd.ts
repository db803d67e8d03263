import { pathToBytes } from '../../kernel/path-bytes.js';
import { type Exporter, exportedText } from './exporter.js';

/**
 * A unit, or a drop-in for one, that runs the command under the profile by `ll-learn run`: systemd
 * knows nothing of Landlock itself. Source: systemd.service(5), "Command lines"; systemd.syntax(7).
 */
export const systemd: Exporter = {
  format: 'systemd',
  summary: 'a drop-in for a systemd service (NAME.service.d/landlock.conf)',
  refersToFile: true,
  write: ({ name, file, command, profile }) => {
    const ambient = profile.variables.filter((variable) => variable.ambient !== undefined);
    const words = ['/usr/bin/env', 'll-learn', 'run', file, '--', ...command];
    const what = command.length > 0 ? '' : ' COMMAND';
    const text = `[Unit]
Description=${name.replaceAll('%', '%%').replace(/\p{Cc}/gu, ' ')}, restricted by Landlock

[Service]
# A drop-in replaces what was to be run before.
ExecStart=
ExecStart=${words.map(unitWord).join(' ')}${what}
NoNewPrivileges=yes
`;
    return exportedText(
      text,
      [],
      [
        'systemd does not speak Landlock: the unit runs ll-learn, which has to be found by env(1) there',
        'put PrivateTmp= and the like only where the profile was learned with them: rules lie on what is there when the unit starts',
        ...(ambient.length === 0
          ? []
          : [
              `${ambient.map((variable) => `\${${variable.name}}`).join(', ')} are what they are for the service: by User=, WorkingDirectory= and Environment=`,
            ]),
        ...(command.length > 0
          ? []
          : ['no command is known: write one for COMMAND, or give it after -- to the export']),
      ],
    );
  },
};

/** Quoted, so that no byte means anything: `%` and `$` are doubled, all else that may is escaped. */
function unitWord(word: string): string {
  if (/^[A-Za-z0-9_@+=:,./-]+$/.test(word)) return word;
  const bytes = pathToBytes(word);
  const text = [...bytes].map(unitByte).join('');
  return `"${text}"`;
}

function unitByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '%' || character === '$') return character + character;
  return byte < 0x20 || byte > 0x7e || character === '"' || character === '\\'
    ? `\\x${byte.toString(16).padStart(2, '0')}`
    : character;
}
