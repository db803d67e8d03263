import type { Observed } from '../../inference/observe.js';
import type { FsRight } from '../../landlock/abi.js';
import { accessNames } from '../../landlock/access-set.js';
import type { Operation } from '../../landlock/operation.js';
import type { Extents } from '../../tracer/extent.js';

/** What families say that the next run may ask, an operation for each right. */
export function foreseenOperations({ foreseen }: Observed, extents: Extents): readonly Operation[] {
  const { needs, ifThere } = foreseen;
  return [...needs, ...ifThere.filter(({ node }) => extents.of.has(node.path))].flatMap(
    ({ node: { path }, directory, access }) =>
      accessNames('fs', access).map((right) => asking(right, path, directory)),
  );
}

function asking(right: FsRight, path: string, directory: boolean): Operation {
  const how = { truncate: false, create: 'no' } as const;
  switch (right) {
    case 'read_file':
      return directory
        ? { kind: 'open', path: `${path}/other`, type: 'regular', read: true, write: false, ...how }
        : { kind: 'open', path, type: 'char-device', read: true, write: false, ...how };
    case 'read_dir':
      return { kind: 'open', path, type: 'directory', read: true, write: false, ...how };
    case 'write_file':
      return { kind: 'open', path, type: 'char-device', read: false, write: true, ...how };
    case 'ioctl_dev':
      return { kind: 'device-ioctl', path, type: 'char-device' };
    default:
      throw new Error(`${right} on ${path} is nothing that a family foresees`);
  }
}
