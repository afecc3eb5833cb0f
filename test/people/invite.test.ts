import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, refusalOf, rightPassword, visitor, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(() => stage?.close())

type Said = { readonly out: string; readonly err: string; readonly code: number }

/** The command as an administrator runs it. */
async function invite(args: readonly string[], env: Record<string, string> = {}): Promise<Said> {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/people/invite.ts', ...args], {
    env: { ...process.env, DATABASE_URL: stage.url, DATA_DIR: stage.dataDir, SECRET: 'a secret of the tests, long enough to be taken', ...env },
  })
  return run.then(({ stdout, stderr }) => ({ out: stdout, err: stderr, code: 0 }), (error: { stdout: string; stderr: string; code: number }) =>
    ({ out: error.stdout, err: error.stderr, code: error.code }))
}
const asked = (email: string, role: string, organization: string, unit?: string) =>
  ['--email', email, '--name', 'Волков Дмитрий', '--role', role, '--organization', organization, ...(unit ? ['--unit', unit] : [])]
const passwordIn = ({ out }: Said) => /with: ([a-z2-9]{4}(?:-[a-z2-9]{4}){3})/.exec(out)?.[1]

describe('inviting staff to one\'s own database', () => {
  it('prints a password that signs in, with the role', async () => {
    const said = await invite(asked('Admin@Example.kz', 'it_admin', 'ske'))
    expect(said).toMatchObject({ code: 0, err: '' })
    const me = visitor(stage)
    await me.signIn({ email: 'admin@example.kz', password: passwordIn(said)! })
    expect(await me.currentPerson()).toMatchObject({ kind: 'staff', name: 'Волков Дмитрий', assignments: [{ role: 'it_admin', organization: 'ske' }] })
  })

  it('adds a role to whoever is staff, and leaves their password', async () => {
    const email = await stage.addStaff('two-roles', 'registrar', 'pts')
    const said = await invite(asked(email, 'executor', 'pts', 'pts-heat'))
    expect(said.out).toBe(`${email} has the role from today, with the password they have.\n`)
    const me = visitor(stage)
    await me.signIn({ email, password: rightPassword })
    expect((await me.currentPerson()).assignments).toHaveLength(2)
    expect((await invite(asked(email, 'executor', 'pts', 'pts-heat'))).out).toContain('nothing was changed')
  })

  it('makes a known consumer staff, and ends the sessions their codes opened', async () => {
    const email = 'newcomer@example.kz'
    const consumer = visitor(stage)
    await consumer.requestCode({ email })
    await consumer.signInWithCode({ email, code: (await stage.codeSentTo(email))! })
    const said = await invite(asked(email, 'front_desk', 'skes', 'skes-service'))
    expect((await consumer.currentPerson()).kind).toBe('nobody')
    expect(await refusalOf(visitor(stage).signInWithCode({ email, code: '123456' }))).toBe('code: wrong_code')
    const me = visitor(stage)
    await me.signIn({ email, password: passwordIn(said)! })
    expect((await me.currentPerson()).kind).toBe('staff')
  })

  it('says everything that does not fit, and does nothing', async () => {
    const said = await invite(['--email', 'nobody', '--role', 'consumer', '--organization', 'sbyt'])
    expect(said.code).toBe(1)
    expect(said.err.trim().split('\n').map((line) => line.split(' ')[0])).toEqual(['--email', '--name', '--role', '--organization'])
    expect((await invite(asked('unitless@example.kz', 'unit_head', 'pts'))).err).toBe('--unit is needed for unit_head\n')
    expect((await invite(asked('misplaced@example.kz', 'executor', 'pts', 'skes-billing'))).err).toContain('--unit is one of pts-management')
    const found = await stage.db.selectFrom('people').select('id').where('email', 'in', ['nobody', 'unitless@example.kz', 'misplaced@example.kz']).execute()
    expect(found).toEqual([])
  })

  it('asks for the database it is meant for', async () => {
    expect((await invite(asked('a@example.kz', 'it_admin', 'ske'), { DATABASE_URL: '' })).err).toContain('Give DATABASE_URL')
    expect((await invite(asked('a@example.kz', 'it_admin', 'ske'), { GROUP_FILE: 'none.yaml' })).err).toContain('cannot be read')
  })
})
