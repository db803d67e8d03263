import { writeToml } from '../write-toml.js';
import type { Exporter } from './exporter.js';
import { carriedBy } from './landlockconfig.js';

/**
 * A profile's folder for island: put into ~/.config/island/profiles under the name of the profile.
 * Source: landlock-lsm/island, README.md and src/config.rs.
 */
export const island: Exporter = {
  format: 'island',
  summary: 'a folder for island (~/.config/island/profiles/NAME)',
  write: (request) => {
    const { carried, losses } = carriedBy(request, newestKnown);
    return {
      output: {
        kind: 'folder',
        files: [
          { path: 'profile.toml', text: profileFile },
          { path: 'landlock/ll-learn.toml', text: writeToml(carried, { extras: false }) },
        ],
      },
      losses,
      notes: [
        'island unites all files in landlock/: one beside ll-learn.toml, such as island-default-base.toml, grants what this profile does not',
        `to run it: island run -p ${request.name} -- COMMAND`,
      ],
    };
  },
};

/** It restricts its workspaces by the rights of this version. */
const newestKnown = 6;

/** A workspace would give the program other XDG directories than those that it was learned with. */
const profileFile = `workspace = false

# To have the profile come to bear by itself in a directory, with the shell's hook:
# [[context]]
# when_beneath = "/home/alice/project"
`;
