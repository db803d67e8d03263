/**
 * The smallest program that there can be: it exits with status 0. With an interpreter, the kernel
 * opens that as well, and starts it instead.
 */
export function tinyProgram(interpreter?: string): Buffer {
  const machine = machines[process.arch];
  if (machine === undefined) throw new Error(`no program is known for ${process.arch}`);
  const named = interpreter === undefined ? Buffer.alloc(0) : Buffer.from(`${interpreter}\0`);
  const headers = interpreter === undefined ? 1 : 2;
  const codeAt = headerSize + headers * segmentSize;
  const size = codeAt + machine.code.length + named.length;
  const elf = Buffer.alloc(codeAt);
  elf.write('\x7fELF\x02\x01\x01', 'latin1');
  elf.writeUInt16LE(ET_DYN, 16);
  elf.writeUInt16LE(machine.number, 18);
  elf.writeUInt32LE(1, 20);
  elf.writeBigUInt64LE(BigInt(codeAt), 24);
  elf.writeBigUInt64LE(BigInt(headerSize), 32);
  elf.writeUInt16LE(headerSize, 52);
  elf.writeUInt16LE(segmentSize, 54);
  elf.writeUInt16LE(headers, 56);
  if (interpreter !== undefined) {
    writeSegment(elf, headerSize, PT_INTERP, size - named.length, named.length);
  }
  writeSegment(elf, codeAt - segmentSize, PT_LOAD, 0, size);
  return Buffer.concat([elf, machine.code, named]);
}

const headerSize = 64;
const segmentSize = 56;
const ET_DYN = 3;
const PT_LOAD = 1;
const PT_INTERP = 3;

/** exit(0), in machine code. */
const machines: Readonly<Record<string, { readonly number: number; readonly code: Buffer }>> = {
  x64: { number: 62, code: Buffer.from('b83c00000031ff0f05', 'hex') },
  arm64: { number: 183, code: Buffer.from('a80b8052000080d2010000d4', 'hex') },
};

/**
 * A program header (Elf64_Phdr), readable and executable; and writable, since older kernels
 * clear the rest of an interpreter's last page, and kill where they cannot (measured on 5.15).
 */
function writeSegment(elf: Buffer, at: number, type: number, offset: number, size: number): void {
  elf.writeUInt32LE(type, at);
  elf.writeUInt32LE(7, at + 4);
  elf.writeBigUInt64LE(BigInt(offset), at + 8);
  elf.writeBigUInt64LE(BigInt(offset), at + 16);
  elf.writeBigUInt64LE(BigInt(offset), at + 24);
  elf.writeBigUInt64LE(BigInt(size), at + 32);
  elf.writeBigUInt64LE(BigInt(size), at + 40);
  elf.writeBigUInt64LE(4096n, at + 48);
}
