import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { reasonOf } from './read-paths';
import { fileProblems, type ReadProblem } from './read-problem';

/** Largest file that is read, in MB; text much above it does not fit into a JavaScript string. */
const megabyteLimit = 256;

type FileProblem = Omit<ReadProblem, 'file'>;

/** The text of a file, or why there is none. */
export function readText(path: string): string | FileProblem {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    if (size > megabyteLimit * 1e6) return fileProblems.tooLarge(Math.round(size / 1e6), megabyteLimit);
    return textOf(readFileSync(descriptor));
  } catch (error) {
    return fileProblems.unreadable(reasonOf(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Decodes UTF-8, and UTF-16 where a byte order mark says so, as Windows writes it. */
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
