import { type Program, shell } from '../program.js';

const tree = { 'tree/one/leaf': '1\n', 'tree/two': '2\n', 'tree/three': '3\n' };
const other = { 'grove/oak': 'o\n', 'grove/elm/bark': 'b\n', 'grove/elm/leaf': 'l\n' };

/** Programs that pack and unpack. */
export const archivePrograms: readonly Program[] = [
  {
    name: 'tar',
    needs: ['tar', 'gzip'],
    training: {
      files: tree,
      command: shell('tar -czf tree.tar.gz tree; mkdir out; tar -xzf tree.tar.gz -C out'),
    },
    test: {
      files: other,
      command: shell(
        'tar -cf grove.tar grove; mkdir -p far/away; tar -xf grove.tar -C far/away; tar -tf grove.tar; tar -xOf grove.tar grove/oak',
      ),
    },
  },
  {
    name: 'gzip',
    needs: ['gzip'],
    training: { files: tree, command: shell('gzip tree/two tree/three; gzip -d tree/two.gz') },
    test: {
      files: other,
      command: shell('gzip -k grove/oak; gzip -9 grove/elm/leaf; gzip -t grove/oak.gz'),
    },
  },
  {
    name: 'xz',
    needs: ['xz'],
    training: { files: tree, command: shell('xz -k tree/two tree/three; xz -dc tree/two.xz') },
    test: {
      files: other,
      command: shell('xz -T2 grove/oak; xz -l grove/oak.xz > /dev/null; xz -d grove/oak.xz'),
    },
  },
  {
    name: 'zip and unzip',
    needs: ['zip', 'unzip'],
    training: {
      files: tree,
      command: shell(
        'zip -qr tree.zip tree; unzip -q tree.zip -d out; unzip -l tree.zip > /dev/null',
      ),
    },
    test: {
      files: other,
      command: shell(
        'zip -q grove.zip grove/oak grove/elm/leaf; zip -q grove.zip README; unzip -qo grove.zip -d far',
      ),
    },
  },
  {
    name: 'cp, mv and rm',
    needs: ['cp', 'mv', 'rm'],
    training: {
      files: tree,
      command: shell(
        'cp -a tree copy; mv copy/two copy/moved; rm -r copy/one; cp tree/two tree/three notes/',
      ),
    },
    test: {
      files: other,
      command: shell(
        'cp -r grove/elm second; mv second/leaf grove/; rm -r second; cp grove/oak notes/oak',
      ),
    },
  },
  {
    name: 'rsync',
    needs: ['rsync'],
    training: {
      files: tree,
      command: shell('rsync -a tree/ copy; echo 4 > tree/three; rsync -a --delete tree/ copy'),
    },
    test: { files: other, command: shell('rsync -a --exclude bark grove/ second; cat second/oak') },
  },
];
