import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the desk into dist/desk; the portal needs no build. */
export default defineConfig({
  root: 'web/desk',
  base: '/desk/',
  plugins: [react()],
  build: { outDir: '../../dist/desk', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 900 },
})
