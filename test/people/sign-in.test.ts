import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purgeSessions } from '../../server/people/sessions.ts'
import { openStage, refusalOf, rightPassword, visitor, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(() => stage?.close())

describe('staff', () => {
  it('sign in with the right password, whatever the letters\' case of the address, and are known with their roles', async () => {
    const email = await stage.addStaff('right', 'unit_head', 'skes', 'skes-billing')
    const me = visitor(stage)
    await me.signIn({ email: ` ${email.toUpperCase()}`, password: rightPassword })
    expect(await me.currentPerson()).toMatchObject({
      kind: 'staff', email, secondFactor: false, assignments: [{ role: 'unit_head', organization: 'skes', unit: 'skes-billing' }],
    })
    await me.signOut()
    expect(await me.currentPerson()).toEqual({ kind: 'nobody' })
  })

  it('get a cookie scripts cannot read, which the database does not hold', async () => {
    const email = await stage.addStaff('cookie')
    const me = visitor(stage)
    await me.signIn({ email, password: rightPassword })
    expect(me.cookies[0]).toMatch(/^jauap_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/)
    const token = /=([\w-]+)/.exec(me.cookies[0]!)![1]!
    const kept = await stage.db.selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
    expect(kept.some((row) => row.token_hash.equals(Buffer.from(token, 'base64url')))).toBe(false)
  })

  it('get a secure cookie where the site is reached by https', async () => {
    const email = await stage.addStaff('secure')
    const services = { ...stage.services, config: { ...stage.services.config, publicUrl: 'https://jauap.example.kz' } }
    const me = visitor({ ...stage, services })
    await me.signIn({ email, password: rightPassword })
    expect(me.cookies[0]).toMatch(/; Secure$/)
  })

  it('are told the same of a wrong password and of an unknown address', async () => {
    const email = await stage.addStaff('wrong')
    expect(await refusalOf(visitor(stage).signIn({ email, password: 'wrong' }))).toBe('wrong_credentials')
    expect(await refusalOf(visitor(stage).signIn({ email: 'nobody@example.kz', password: 'wrong' }))).toBe('wrong_credentials')
  })

  it('lose the password with the last role, and a session ends to be one of staff', async () => {
    const email = await stage.addStaff('leaver')
    const me = visitor(stage)
    await me.signIn({ email, password: rightPassword })
    await stage.moveRoles(email, '2025-01-01', '2026-01-01')
    expect((await me.currentPerson()).kind).toBe('consumer')
    expect(await refusalOf(me.findPeople({}))).toBe('not_permitted')
    expect(await refusalOf(visitor(stage).signIn({ email, password: rightPassword }))).toBe('wrong_credentials')
  })

  it('are nobody once the session has expired, and the clock clears it away', async () => {
    const email = await stage.addStaff('expired')
    const long = visitor(stage).later({ hours: -13 })
    await long.signIn({ email, password: rightPassword })
    expect(await long.currentPerson()).toEqual({ kind: 'nobody' })
    const before = await stage.db.selectFrom('sessions').select('id').execute()
    await purgeSessions(stage)
    const after = await stage.db.selectFrom('sessions').select('id').execute()
    expect(before.length - after.length).toBe(1)
  })
})

describe('guessing a password', () => {
  it('is stopped after ten attempts within ten minutes, even at the right one, wherever they come from', async () => {
    const email = await stage.addStaff('guessed')
    for (let n = 0; n < 10; n++) expect(await refusalOf(visitor(stage).signIn({ email, password: `guess ${n}` }))).toBe('wrong_credentials')
    const refused = await visitor(stage).signIn({ email, password: rightPassword }).catch((error: { data: unknown }) => error.data)
    expect(refused).toMatchObject({ code: 'too_many_attempts', details: { seconds: expect.any(Number) } })
    const { seconds } = (refused as { details: { seconds: number } }).details
    expect(seconds).toBeGreaterThan(500)
    expect(seconds).toBeLessThanOrEqual(600)
    await visitor(stage).later({ seconds: seconds + 1 }).signIn({ email, password: rightPassword })
  })

  it('is stopped just so when the guesses come side by side', async () => {
    const email = await stage.addStaff('parallel')
    const answers = await Promise.all(Array.from({ length: 25 }, () => refusalOf(visitor(stage).signIn({ email, password: 'guess' }))))
    expect(answers.filter((answer) => answer === 'wrong_credentials')).toHaveLength(10)
    expect(answers.filter((answer) => answer === 'too_many_attempts')).toHaveLength(15)
  })

  it('tells nobody which accounts exist: an unknown one is stopped too', async () => {
    for (let n = 0; n < 10; n++) await refusalOf(visitor(stage).signIn({ email: 'ghost@example.kz', password: 'guess' }))
    expect(await refusalOf(visitor(stage).signIn({ email: 'ghost@example.kz', password: 'guess' }))).toBe('too_many_attempts')
  })

  it('is forgiven by a right answer', async () => {
    const email = await stage.addStaff('forgetful')
    for (let n = 0; n < 9; n++) await refusalOf(visitor(stage).signIn({ email, password: 'guess' }))
    await visitor(stage).signIn({ email, password: rightPassword })
    expect(await refusalOf(visitor(stage).signIn({ email, password: 'guess' }))).toBe('wrong_credentials')
  })

  it('is stopped by address over many accounts', async () => {
    const { db } = stage
    const address = '10.9.9.9'
    await db.insertInto('sign_in_attempts').values(Array.from({ length: 120 }, () => ({ key: `address:${address}`, at: Temporal.Now.instant().round('millisecond') }))).execute()
    expect(await refusalOf(visitor(stage, { address }).signIn({ email: 'any@example.kz', password: 'guess' }))).toBe('too_many_attempts')
  })
})
