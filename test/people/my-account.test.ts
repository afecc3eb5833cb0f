import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { totp } from '../../server/people/totp.ts'
import { openStage, refusalOf, rightPassword, visitor, type Stage, type Visitor } from './stage.ts'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(() => stage?.close())

// Set to the middle of an authenticator's thirty seconds, so that none ends while a test runs.
const offset = { milliseconds: 15_000 - (Date.now() % 30_000) }
const step = () => Math.floor((Date.now() + offset.milliseconds) / 30_000)
const newVisitor = () => visitor(stage).later(offset)

async function signedIn(login: string): Promise<{ me: Visitor; email: string }> {
  const email = await stage.addStaff(login)
  const me = newVisitor()
  await me.signIn({ email, password: rightPassword })
  return { me, email }
}

describe('the second factor', () => {
  it('is asked for from its first confirmed code until it is switched off', async () => {
    const { me, email } = await signedIn('careful')
    const { secret, uri, qr } = await me.enableSecondFactor({ password: rightPassword })
    expect(uri).toBe(`otpauth://totp/Jauap:careful%40example.kz?secret=${secret}&issuer=Jauap`)
    expect(qr).toContain('<svg')

    // Begun, not confirmed: nobody is locked out by closing the window.
    await newVisitor().signIn({ email, password: rightPassword })
    expect(await refusalOf(me.confirmSecondFactor({ secret, code: totp(secret, step() - 9), password: rightPassword }))).toBe('code: wrong_code')
    await me.confirmSecondFactor({ secret, code: totp(secret, step() - 1), password: rightPassword })
    expect((await me.currentPerson()).secondFactor).toBe(true)

    expect(await refusalOf(newVisitor().signIn({ email, password: rightPassword }))).toBe('second_factor_needed')
    expect(await refusalOf(newVisitor().signIn({ email, password: 'wrong', code: totp(secret, step()) }))).toBe('wrong_credentials')
    expect(await refusalOf(newVisitor().signIn({ email, password: rightPassword, code: totp(secret, step() + 9) }))).toBe('code: wrong_code')
    const code = totp(secret, step())
    await newVisitor().signIn({ email, password: rightPassword, code: `${code.slice(0, 3)} ${code.slice(3)}` })

    expect(await refusalOf(me.disableSecondFactor({ password: 'wrong' }))).toBe('password: wrong_password')
    await me.disableSecondFactor({ password: rightPassword })
    await newVisitor().signIn({ email, password: rightPassword })
  })

  it('takes a code once, even when it comes several times at a time', async () => {
    const { me, email } = await signedIn('watched')
    const { secret } = await me.enableSecondFactor({ password: rightPassword })
    await me.confirmSecondFactor({ secret, code: totp(secret, step() - 1), password: rightPassword })
    const code = totp(secret, step())
    const answers = await Promise.all([1, 2, 3, 4].map(() => newVisitor().signIn({ email, password: rightPassword, code }).then(() => 'in', () => 'refused')))
    expect(answers.toSorted()).toEqual(['in', 'refused', 'refused', 'refused'])
    expect(await refusalOf(newVisitor().signIn({ email, password: rightPassword, code }))).toBe('code: wrong_code')
  })

  it('is not for consumers and not for whoever is not signed in', async () => {
    expect(await refusalOf(visitor(stage).enableSecondFactor({ password: 'any' }))).toBe('not_signed_in')
  })
})

describe('the password', () => {
  it('changes with the present one; the other sessions end, this one goes on', async () => {
    const { me, email } = await signedIn('changer')
    const other = visitor(stage)
    await other.signIn({ email, password: rightPassword })
    expect(await refusalOf(me.changePassword({ present: 'wrong', next: 'a new long password' }))).toBe('present: wrong_password')
    expect(await refusalOf(me.changePassword({ present: rightPassword, next: 'short' }))).toBe('next: password_too_short')
    await me.changePassword({ present: rightPassword, next: 'a new long password' })

    expect((await me.currentPerson()).kind).toBe('staff')
    expect((await other.currentPerson()).kind).toBe('nobody')
    expect(await refusalOf(visitor(stage).signIn({ email, password: rightPassword }))).toBe('wrong_credentials')
    await visitor(stage).signIn({ email, password: 'a new long password' })
  })

  it('cannot be guessed from a stolen session either', async () => {
    const { me } = await signedIn('stolen')
    for (let n = 0; n < 10; n++) await refusalOf(me.disableSecondFactor({ password: `guess ${n}` }))
    expect(await refusalOf(me.disableSecondFactor({ password: rightPassword }))).toBe('too_many_attempts')
  })
})

describe('sessions', () => {
  it('are listed, the present one marked, and each can be ended', async () => {
    const { me, email } = await signedIn('traveller')
    const lost = visitor(stage, { address: '203.0.113.7' }).later(offset)
    await lost.signIn({ email, password: rightPassword })
    const listed = await me.listSessions()
    expect(listed.map(({ address, present }) => [address === '203.0.113.7', present])).toEqual([[true, false], [false, true]])

    await me.revokeSession({ id: listed[0]!.id })
    expect((await lost.currentPerson()).kind).toBe('nobody')
    expect(await me.listSessions()).toHaveLength(1)
    expect(await refusalOf(me.revokeSession({ id: listed[0]!.id }))).toBe('not_found')
  })

  it('of others are neither seen nor ended', async () => {
    const [mine, theirs] = [await signedIn('mine'), await signedIn('theirs')]
    const [session] = await theirs.me.listSessions()
    expect(await refusalOf(mine.me.revokeSession({ id: session!.id }))).toBe('not_found')
    expect((await theirs.me.currentPerson()).kind).toBe('staff')
  })
})

describe('colleagues', () => {
  it('are found by role and place, those with a role today only', async () => {
    await stage.addStaff('writer', 'executor', 'pts', 'pts-heat')
    const gone = await stage.addStaff('gone', 'executor', 'pts', 'pts-heat')
    await stage.moveRoles(gone, '2025-01-01', '2026-01-01')
    const { me } = await signedIn('seeker')
    const found = await me.findPeople({ role: 'executor', organization: 'pts', unit: 'pts-heat' })
    expect(found.map(({ name, unit }) => [name, unit])).toEqual([['writer', 'pts-heat']])
  })
})
