import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

/** What a program logs that says these things, read from its standard output. */
function logged(says: string): Record<string, unknown>[] {
  const program = `import { openLog } from './server/platform/log.ts'; const log = openLog('info'); ${says}`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
}

it('no personal data reaches the log, however it is handed over', () => {
  const lines = logged(`
    log.info({ email: 'secret-1', applicant: { phone: 'secret-2', name: 'secret-3' }, appeal: 7 }, 'registered')
    log.info({ input: { applicant: { address: 'secret-4', identifier: 'secret-5' } } }, 'deeper')
    const refused = Object.assign(new Error('duplicate key value violates unique constraint "people_email_key"'), {
      code: '23505', detail: 'Key (email)=(secret-6) already exists.', where: 'secret-7', parameters: ['secret-8'] })
    log.error({ err: refused, request: 'r-1' }, 'an operation failed')
    log.warn({ err: new Error('550 <secret.nine+ten@mail.example.kz> is unknown') }, 'a message was not taken')
    log.error({ err: new Error('outer', { cause: refused }) }, 'an operation failed')`)
  expect(JSON.stringify(lines)).not.toMatch(/secret/)
  expect(lines[0]).toMatchObject({ appeal: 7, msg: 'registered' })
  expect(lines[2]).toMatchObject({ err: { reason: '23505' } })
})

it('an error is logged with what mends it: its kind, code, words, place, and the request it befell', () => {
  const [line] = logged(`log.child({ request: 'r-1' }).error({ err: Object.assign(new TypeError('it broke'), { code: 'ECONNREFUSED' }) }, 'failed')`)
  expect(line).toMatchObject({ level: 50, request: 'r-1', msg: 'failed', err: { type: 'TypeError', message: 'it broke', reason: 'ECONNREFUSED', stack: expect.stringContaining('at ') } })
})
