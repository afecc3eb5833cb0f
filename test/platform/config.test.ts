import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'jauap-config-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

describe('settings', () => {
  it('are all told together when wrong, each with its remedy, and secrets are not repeated', () => {
    const read = readConfig({ PORT: 'ten', DATABASE_URL: 'mysql://me:hunter2@host', PUBLIC_URL: 'jauap.kz', UPLOAD_MAX_MB: '-1', DATA_DIR: dataDir })
    expect(read.ok).toBe(false)
    if (read.ok) return
    expect(read.faults.map((fault) => fault.name).sort()).toEqual(['DATABASE_URL', 'PORT', 'PUBLIC_URL', 'SECRET', 'UPLOAD_MAX_MB'])
    expect(read.faults.every((fault) => fault.remedy.startsWith('Give '))).toBe(true)
    expect(JSON.stringify(read.faults)).not.toContain('hunter2')
  })

  it('have defaults for a first try, and a secret that is kept', () => {
    const first = readConfig({ DATA_DIR: dataDir })
    const second = readConfig({ DATA_DIR: dataDir, PORT: '' })
    expect(first).toMatchObject({ ok: true, config: { port: 8080, publicUrl: 'http://localhost:8080', demo: true, process: 'all' } })
    expect(second).toEqual(first)
  })

  it('are refused with a secret that was cut short, and the kept one is nobody else\'s to read', () => {
    const folder = join(dataDir, 'cut')
    expect(readConfig({ DATA_DIR: folder }).ok).toBe(true)
    expect(statSync(join(folder, 'secret')).mode & 0o077).toBe(0)
    writeFileSync(join(folder, 'secret'), '')
    const read = readConfig({ DATA_DIR: folder })
    expect(read).toMatchObject({ ok: false, faults: [{ name: 'DATA_DIR', remedy: expect.stringContaining('cut short') }] })
  })

  it('fill in no demo group beside one\'s own database unless asked to', () => {
    const own = { DATA_DIR: dataDir, DATABASE_URL: 'postgres://me@host/db', SECRET: 'x'.repeat(32) }
    expect(readConfig(own)).toMatchObject({ ok: true, config: { demo: false } })
    expect(readConfig({ ...own, DEMO: 'true' })).toMatchObject({ ok: true, config: { demo: true } })
  })
})
