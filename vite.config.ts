import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const outDir = join(import.meta.dirname, 'dist', 'desk')

/** Builds the desk into dist/desk; the portal needs no build. */
export default defineConfig({
  root: 'web/desk',
  base: '/desk/',
  plugins: [react(), precompress()],
  build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 900 },
})

/** Lays a .br and a .gz beside every text, so that the server sends a fifth of it and compresses nothing itself. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    closeBundle() {
      for (const file of readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|svg)$/.test(name))) {
        const text = readFileSync(join(outDir, file))
        writeFileSync(join(outDir, `${file}.br`), brotliCompressSync(text))
        writeFileSync(join(outDir, `${file}.gz`), gzipSync(text, { level: 9 }))
      }
    },
  }
}
