import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describeSchema } from '../../scripts/describe-schema.ts'
import { freshDatabase } from '../support/database.ts'

it('db/schema.sql is what the migrations make', async () => {
  const database = await freshDatabase()
  try {
    expect(await describeSchema(database.url)).toBe(readFileSync('db/schema.sql', 'utf8'))
  } finally {
    await database.drop()
  }
})
