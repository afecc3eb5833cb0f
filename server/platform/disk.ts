import { createHash } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file that was not there, safely on the disk when it returns. */
export async function writeNew(path: string, fill: (sink: (bytes: Buffer) => Promise<void>) => Promise<void>): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx', 0o600)
  try {
    await fill(async (bytes) => {
      hash.update(bytes)
      size += bytes.length
      await file.writeFile(bytes)
    })
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** Puts a written file in its place; after this a loss of power no longer loses it. */
export async function keep(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
  // Windows opens no folders; it writes its journal by itself.
  if (process.platform === 'win32') return
  const folder = await open(dirname(to))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
