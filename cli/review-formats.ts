import { statSync } from 'node:fs';
import { exporters } from '../profiles/exporters/index.js';
import { lossText } from '../profiles/exporters/loss-text.js';
import { exportRequest } from '../profiles/exporters/request.js';
import { loadAlone } from '../profiles/load.js';
import type { Profile } from '../profiles/profile.js';
import { ProfileError } from '../profiles/profile-error.js';
import { resolveProfile } from '../profiles/resolve.js';
import type { Format } from '../tui/subject.js';

/** Every format that there is an exporter for, with what it loses in front. */
export function formatsFor(file: string): readonly Format[] {
  return exporters.map((exporter) => ({
    name: exporter.format,
    write: (profile) => {
      const { request, losses } = exportRequest(profile, file, { command: [] });
      const { output, losses: lost, notes } = exporter.write(request);
      const told = [...losses, ...lost].map((loss) => `# ! ${lossText(loss)}\n`);
      const noted = notes.map((note) => `# ${note}\n`);
      const head = [...told, ...noted].join('');
      if (output.kind === 'text') return head + output.text;
      return head + output.files.map(({ path, text }) => `# ${path}\n${text}`).join('\n');
    },
  }));
}

/** The profile that is to be replaced; undefined where none can be read there. */
export function profileOnDisk(file: string): Profile | undefined {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  try {
    const profile = loadAlone(file);
    resolveProfile(profile, file);
    return profile;
  } catch (error) {
    if (error instanceof ProfileError) return undefined;
    throw error;
  }
}
