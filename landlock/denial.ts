/** A refused access, or one that a permissive domain would refuse: what an audit record says. */
export interface Denial {
  /** The domain's id, in the kernel's hexadecimal digits. */
  readonly domain: string;
  /** What was missing, as the kernel's audit records spell it: `fs.read_file`, `scope.signal`. */
  readonly blockers: readonly string[];
  readonly object: DeniedObject;
  /** What the same call will ask of the same object once the blockers are granted. */
  readonly next?: readonly string[];
  readonly asker: Asker;
  /** Where a move from one directory to another was refused: both, of which `object` is one. */
  readonly move?: { readonly from: string; readonly to: string };
}

export type DeniedObject =
  | {
      readonly kind: 'path';
      /** What makes or removes is refused at the directory that holds it. */
      readonly path: string;
      /** The device's name, or its numbers. */
      readonly device: string | undefined;
      readonly inode: string | undefined;
    }
  /** 0: whichever port is free. */
  | { readonly kind: 'port'; readonly port: number }
  /** Without the zero byte that it begins with. */
  | { readonly kind: 'abstract-socket'; readonly name: string }
  | { readonly kind: 'process'; readonly id: number; readonly name: string };

/** Who asked, as far as that is known. */
export interface Asker {
  readonly process: number | undefined;
  readonly executable: string | undefined;
  /** The system call's name. */
  readonly call: string | undefined;
  /** How it failed. */
  readonly result: string | undefined;
}
