import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkDatabase, openDatabase } from '../../server/platform/database.ts'
import { freshDatabase } from '../support/database.ts'
import { query } from '../support/query.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let opened: ReturnType<typeof openDatabase<never>>

beforeAll(async () => {
  database = await freshDatabase()
  opened = openDatabase<never>(database.url, { pool: 2, name: 'jauap test' })
})
afterAll(async () => {
  await opened.db.destroy()
  await database.drop()
})

const one = async (expression: ReturnType<typeof sql>) => (await sql<{ value: unknown }>`select ${expression} as value`.execute(opened.db)).rows[0]!.value

describe('values between the program and the database', () => {
  it('are moments and days of Temporal, to the microsecond, whatever the zone they were written in', async () => {
    const moment = await one(sql`'2026-11-23 10:15:30.123456+05'::timestamptz`)
    expect(moment).toBeInstanceOf(Temporal.Instant)
    expect(String(moment)).toBe('2026-11-23T05:15:30.123456Z')
    const day = await one(sql`'2024-02-29'::date`)
    expect(day).toBeInstanceOf(Temporal.PlainDate)
    expect(String(day)).toBe('2024-02-29')
  })

  it('are given as Temporal too, also where the text itself is kept', async () => {
    const moment = Temporal.Instant.from('2026-11-23T05:15:30.123Z')
    expect(String(await one(sql`${moment}::timestamptz`))).toBe('2026-11-23T05:15:30.123Z')
    expect(await one(sql`${moment}::text`)).toBe('2026-11-23T05:15:30.123Z')
    expect(await one(sql`${Temporal.PlainDate.from('2026-11-23')}::text`)).toBe('2026-11-23')
    expect(await one(sql`(${[moment]}::text[])[1]`)).toBe('2026-11-23T05:15:30.123Z')
    expect(String(await one(sql`(array[${Temporal.PlainDate.from('2026-11-23')}]::date[])[1]`))).toBe('2026-11-23')
  })

  it('are plain numbers when whole, and refused beyond what a number holds exactly', async () => {
    expect(await one(sql`9007199254740991::bigint`)).toBe(9_007_199_254_740_991)
    await expect(one(sql`9007199254740993::bigint`)).rejects.toThrow('9007199254740993')
  })
})

describe('a connection', () => {
  it('is named, plans without the JIT and lets no statement or forgotten transaction stay for ever', async () => {
    const { rows } = await sql<Record<string, string>>`select current_setting('application_name') as name, current_setting('jit') as jit,
      current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle, current_setting('TimeZone') as zone`.execute(opened.db)
    expect(rows).toEqual([{ name: 'jauap test', jit: 'off', statement: '30s', idle: '1min', zone: 'UTC' }])
  })

  it('prepares a statement with parameters once, whoever asks it again', async () => {
    const ask = (n: number) => opened.db.connection().execute(async (db) => {
      await sql`select ${n}::int as asked_often`.execute(db)
      await sql`select ${n + 1}::int as asked_often`.execute(db)
      return (await sql<{ times: number }>`select generic_plans + custom_plans as times from pg_prepared_statements where statement like '%asked_often%' and statement not like '%pg_prepared%'`.execute(db)).rows
    })
    expect(await ask(1)).toEqual([{ times: 2 }])
  })

  it('that breaks is replaced, and the program lives on', async () => {
    await query(database.url, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jauap test'`)
    await new Promise((done) => setTimeout(done, 100))
    expect(await one(sql`1`)).toBe(1)
  })
})

describe('a database the program cannot rely on', () => {
  it('is none of ours', async () => {
    expect(await checkDatabase(opened.db)).toEqual([])
  })

  it.each([
    ['blind to Cyrillic letters', `encoding 'UTF8' locale 'C'`, /does not know Cyrillic letters .* create it with LOCALE/],
    ['in another encoding', `encoding 'SQL_ASCII' locale 'C'`, /encoding is SQL_ASCII: create it with ENCODING 'UTF8'/],
  ])('is named with its remedy: %s', async (_, options, told) => {
    const name = `bad_${process.pid}_${Math.trunc(performance.now())}`
    const server = inject('databaseServer')
    await query(server, `create database ${name} template template0 ${options}`)
    const url = server.replace(/jauap$/, name)
    const bad = openDatabase<never>(url, { pool: 1 })
    try {
      await query(url, 'create extension pg_trgm')
      expect((await checkDatabase(bad.db)).join('\n')).toMatch(told)
    } finally {
      await bad.db.destroy()
      await query(server, `drop database ${name} with (force)`)
    }
  })
})
