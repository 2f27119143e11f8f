import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { folderRefused } from './folder-refused';
import { syncFolder } from './sync-folder';

/** The first line is padded to this length, so that it can be written last. */
const HEAD_BYTES = 8192;

/** What an archive is made of. */
export interface Archive {
  readonly file: string;
  /** Lines without their end, as many as there are; nothing of the event loop is taken while the disk works. */
  readonly lines: AsyncIterable<string>;
  /** The first line, asked for when all others are written. */
  readonly head: () => string;
}

/**
 * Writes a text file of any size line by line: under a name of its own until it is whole and durable, mode 0600, its folder 0700.
 * @returns its size, bytes
 * @throws OuraError `folder_refused`; what `lines` throws, the signal's reason: then there is no file
 */
export async function writeArchive({ file, lines, head }: Archive, signal: AbortSignal): Promise<number> {
  const temporary = `${file}.${randomUUID()}.part`; // others may be writing the same archive
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const size = await writeLines(temporary, lines, head, signal);
    await rename(temporary, file);
    syncFolder(path.dirname(file));
    return size;
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw folderRefused(cause);
  }
}

async function writeLines(file: string, lines: AsyncIterable<string>, head: () => string, signal: AbortSignal): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  try {
    let size = await append(handle, `${' '.repeat(HEAD_BYTES - 1)}\n`, 0);
    for await (const line of lines) {
      signal.throwIfAborted();
      size += await append(handle, `${line}\n`, size);
    }
    await append(handle, head().padEnd(HEAD_BYTES - 1), 0);
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}

async function append(handle: FileHandle, text: string, position: number): Promise<number> {
  const bytes = Buffer.from(text);
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
  return written;
}
