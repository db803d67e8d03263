import { Writable } from 'node:stream';

/**
 * Where Ink draws: it believes that this is the terminal, and every frame comes out whole. What Ink
 * itself would write to a terminal does not do for a full screen: it clears the scrollback when a
 * frame is as high as the terminal, and loses its place when that shrinks.
 */
export function canvas(
  columns: () => number,
  onFrame: (frame: string) => void,
): NodeJS.WriteStream {
  const stream = new Writable({
    decodeStrings: false,
    write(frame: string | Buffer, _encoding, done) {
      onFrame(String(frame));
      done();
    },
  });
  Object.defineProperty(stream, 'columns', { get: columns });
  // Ink asks of its stream no more than this: to be written to, and its width.
  return stream as Writable as NodeJS.WriteStream;
}
