import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../server/platform/migrate.ts'
import { freshDatabase } from '../support/database.ts'
import { query } from '../support/query.ts'

let folder: string
let database: Awaited<ReturnType<typeof freshDatabase>>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jauap-migrations-'))
  database = await freshDatabase()
})
afterEach(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const words = async () => (await query<{ word: string }>(database.url, 'select word from said order by 1')).rows.map((row) => row.word)

describe('migrations', () => {
  it('are applied once each, in the order of their numbers, and other files are left alone', async () => {
    write('9002_second.sql', `insert into said values ('second')`)
    write('9001_first.sql', `create table said (word text); insert into said values ('first')`)
    write('notes.md', 'not a migration')
    expect(await migrate(database.url, folder)).toEqual(['9001_first.sql', '9002_second.sql'])
    expect(await migrate(database.url, folder)).toEqual([])
    write('9003_third.sql', `insert into said values ('third')`)
    expect(await migrate(database.url, folder)).toEqual(['9003_third.sql'])
    expect(await words()).toEqual(['first', 'second', 'third'])
  })

  it('are refused when one was changed after it had been applied', async () => {
    write('9001_first.sql', 'create table said (word text)')
    await migrate(database.url, folder)
    write('9001_first.sql', 'create table said (word text, loudly boolean)')
    await expect(migrate(database.url, folder)).rejects.toThrow('9001_first.sql was changed after it had been applied')
  })

  it('leave nothing of one that failed, name it, and go on from there once it is mended', async () => {
    write('9001_first.sql', 'create table said (word text)')
    write('9002_second.sql', `insert into said values ('half'); select wrong`)
    await expect(migrate(database.url, folder)).rejects.toThrow(/^9002_second\.sql: .*wrong/)
    expect(await words()).toEqual([])
    write('9002_second.sql', `insert into said values ('whole')`)
    expect(await migrate(database.url, folder)).toEqual(['9002_second.sql'])
    expect(await words()).toEqual(['whole'])
  })

  it('may be started by several processes at once: one applies, the others wait and find nothing to do', async () => {
    write('9001_first.sql', `create table said (word text); select pg_sleep(0.1); insert into said values ('once')`)
    const done = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, folder)))
    expect(done.flat()).toEqual(['9001_first.sql'])
    expect(await words()).toEqual(['once'])
  })
})
