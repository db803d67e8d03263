/** Things in order, of which it is known how many they are. They may be made as they are asked for. */
export interface Sequence<Item> extends Iterable<Item> {
  readonly length: number;
}
