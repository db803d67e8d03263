/** What a call tells a seccomp filter: struct seccomp_data of include/uapi/linux/seccomp.h. */
export interface CallData {
  readonly number: number;
  readonly audit: number;
  readonly args: readonly number[];
}

export type Answer = 'allow' | 'notify' | 'pretend';

/** Runs a seccomp filter in classic BPF as net/core/filter.c does: those instructions that ours has. */
export function runFilter(program: Buffer, call: CallData): Answer {
  const data = dataOf(call);
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at++) {
    const code = program.readUInt16LE(at * 8);
    const k = program.readUInt32LE(at * 8 + 4);
    switch (code) {
      case LOAD_WORD:
        accumulator = data.readUInt32LE(k);
        break;
      case RETURN:
        return answerOf(k);
      case JUMP_IF_EQUAL:
        at += program.readUInt8(at * 8 + (accumulator === k ? 2 : 3));
        break;
      case JUMP_IF_ANY_BIT:
        at += program.readUInt8(at * 8 + ((accumulator & k) !== 0 ? 2 : 3));
        break;
      default:
        throw new RangeError(`instruction ${at} has the unknown code ${code}`);
    }
  }
  throw new RangeError('the program runs past its end');
}

const LOAD_WORD = 0x20;
const RETURN = 0x06;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_ANY_BIT = 0x45;

function answerOf(action: number): Answer {
  switch (action) {
    case 0x7fff0000:
      return 'allow';
    case 0x7fc00000:
      return 'notify';
    case 0x00050000:
      return 'pretend';
    default:
      throw new RangeError(`the program returns ${action}`);
  }
}

function dataOf({ number, audit, args }: CallData): Buffer {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(audit, 4);
  args.forEach((argument, index) => {
    data.writeBigUInt64LE(BigInt(argument), 16 + index * 8);
  });
  return data;
}
