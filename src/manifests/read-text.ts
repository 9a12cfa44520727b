import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { reasonOf } from './read-paths';
import { fileProblems, type ReadProblem } from './read-problem';

/** Maximum size of a file; much larger texts exceed the maximum length of a JavaScript string. */
const byteLimit = 256e6;

type FileProblem = Omit<ReadProblem, 'file'>;

/** The text of a file, or the problem. */
export function readText(path: string): string | FileProblem {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const bytes = readBytes(descriptor);
    return bytes === undefined ? fileProblems.tooLarge(byteLimit / 1e6) : textOf(bytes);
  } catch (error) {
    return fileProblems.unreadable(reasonOf(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** All bytes of a file, pipe or device; undefined if there are more than the limit. */
function readBytes(descriptor: number): Uint8Array | undefined {
  const stats = fstatSync(descriptor);
  if (stats.isFile() && stats.size > 0) return stats.size > byteLimit ? undefined : readFileSync(descriptor);
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 20);
    const read = readSync(descriptor, chunk);
    if (read === 0) return Buffer.concat(chunks);
    total += read;
    if (total > byteLimit) return undefined;
    chunks.push(chunk.subarray(0, read));
  }
}

/** Decodes UTF-8, and UTF-16 with a byte order mark, as written on Windows. */
export function textOf(bytes: string | Uint8Array): string | FileProblem {
  if (typeof bytes === 'string') return bytes;
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.includes(0)) return fileProblems.binary();
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return fileProblems.binary();
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}
