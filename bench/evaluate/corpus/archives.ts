import { type Program, shell } from '../program.js';

const tree = { 'tree/one/leaf': '1\n', 'tree/two': '2\n', 'tree/three': '3\n' };
const other = { 'tree/oak': 'o\n', 'tree/elm/bark': 'b\n', 'tree/elm/leaf': 'l\n' };

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
        'tar -cf other.tar tree; mkdir -p far/away; tar -xf other.tar -C far/away; tar -xOf other.tar tree/oak',
      ),
    },
  },
  {
    name: 'gzip',
    needs: ['gzip'],
    training: { files: tree, command: shell('gzip tree/two tree/three; gzip -d tree/two.gz') },
    test: {
      files: other,
      command: shell('gzip -k tree/oak; gzip -9 tree/elm/leaf; gzip -d tree/elm/leaf.gz'),
    },
  },
  {
    name: 'xz',
    needs: ['xz'],
    training: { files: tree, command: shell('xz tree/two tree/three; xz -d tree/two.xz') },
    test: {
      files: other,
      command: shell('xz -T2 -k tree/oak; xz -9 tree/elm/leaf; xz -d tree/elm/leaf.xz'),
    },
  },
  {
    name: 'zip and unzip',
    needs: ['zip', 'unzip'],
    training: {
      files: tree,
      command: shell('zip -qr tree.zip tree; unzip -q tree.zip -d out; unzip -p tree.zip tree/two'),
    },
    test: {
      files: other,
      command: shell(
        'zip -q other.zip tree/oak tree/elm/leaf; zip -q other.zip tree/elm/bark; unzip -qo other.zip -d far; unzip -p other.zip tree/oak',
      ),
    },
  },
  {
    name: 'cp, mv and rm',
    needs: ['cp', 'mv', 'rm'],
    training: {
      files: tree,
      command: shell(
        'cp -a tree copy; mv copy/two tree/moved; mv tree/three copy/; rm -r copy/one; cp tree/two notes/',
      ),
    },
    test: {
      files: other,
      command: shell(
        'cp -r tree/elm second; mv second/leaf tree/; mv tree/oak second/; rm -r second; cp tree/leaf notes/oak',
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
    test: { files: other, command: shell('rsync -a --exclude bark tree/ second') },
  },
];
