import { readFileSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import type { AppEnv } from './operation.ts'

/** The staff workspace, as built: hashed files kept for a year, its page never. */
export function serveDesk(app: Hono<AppEnv>): void {
  app.use('/desk/assets/*', serveStatic({
    root: './dist', precompressed: true,
    onFound: (_, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
  }))
  let page: string | undefined
  app.get('/desk/*', (c) => c.html((page ??= readFileSync('dist/desk/index.html', 'utf8')), 200, { 'cache-control': 'no-cache' }))
  app.get('/desk', (c) => c.redirect('/desk/'))
}
