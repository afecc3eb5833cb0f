import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, refusalOf, visitor, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(() => stage?.close())

async function requested(email: string): Promise<string> {
  expect(await visitor(stage).requestCode({ email })).toEqual({ done: true })
  return (await stage.codeSentTo(email))!
}
const anotherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('a consumer', () => {
  it('signs in with the code that was sent, spaces and all, and is the same person the next time', async () => {
    const email = 'asem@example.kz'
    const code = await requested(email)
    const me = visitor(stage)
    await me.signInWithCode({ email: 'Asem@Example.kz', code: `${code.slice(0, 3)} ${code.slice(3)}` })
    const first = await me.currentPerson()
    expect(first).toMatchObject({ kind: 'consumer', email })
    expect(await refusalOf(me.findPeople({}))).toBe('not_permitted')

    const again = visitor(stage)
    await again.signInWithCode({ email, code: await requested(email) })
    expect((await again.currentPerson()).id).toBe(first.id)
  })

  it('can use a code once only', async () => {
    const email = 'once@example.kz'
    const code = await requested(email)
    const answers = await Promise.all([1, 2, 3, 4].map(() => visitor(stage).signInWithCode({ email, code }).then(() => 'in', () => 'refused')))
    expect(answers.toSorted()).toEqual(['in', 'refused', 'refused', 'refused'])
    expect(await refusalOf(visitor(stage).signInWithCode({ email, code }))).toBe('code: wrong_code')
  })

  it('can use it for ten minutes', async () => {
    const code = await requested('slow@example.kz')
    expect(await refusalOf(visitor(stage).later({ minutes: 10, seconds: 1 }).signInWithCode({ email: 'slow@example.kz', code }))).toBe('code: wrong_code')
    const me = visitor(stage).later({ minutes: 9, seconds: 50 })
    await me.signInWithCode({ email: 'slow@example.kz', code })
  })

  it('loses it after five wrong ones', async () => {
    const email = 'guessed@example.kz'
    const code = await requested(email)
    for (let n = 0; n < 5; n++) expect(await refusalOf(visitor(stage).signInWithCode({ email, code: anotherThan(code) }))).toBe('code: wrong_code')
    expect(await refusalOf(visitor(stage).signInWithCode({ email, code }))).toBe('code: wrong_code')
  })

  it('can use only the latest of two', async () => {
    const email = 'two@example.kz'
    const [first, second] = [await requested(email), await requested(email)]
    if (first !== second) expect(await refusalOf(visitor(stage).signInWithCode({ email, code: first }))).toBe('code: wrong_code')
    await visitor(stage).signInWithCode({ email, code: second })
  })

  it('cannot be flooded with letters', async () => {
    const email = 'flooded@example.kz'
    for (let n = 0; n < 6; n++) await requested(email)
    expect(await refusalOf(visitor(stage).requestCode({ email }))).toBe('too_many_attempts')
    const { n } = await stage.db.selectFrom('messages').select((is) => is.fn.countAll<number>().as('n')).where('recipient', '=', email).executeTakeFirstOrThrow()
    expect(Number(n)).toBe(6)
  })

  it('is told of an address that is none', async () => {
    expect(await refusalOf(visitor(stage).requestCode({ email: 'not an address' }))).toBe('email: bad_email')
  })
})

describe('staff', () => {
  it('get no code, and whoever asks cannot tell: their password and second factor are not gone round', async () => {
    const email = await stage.addStaff('chief')
    expect(await visitor(stage).requestCode({ email })).toEqual(await visitor(stage).requestCode({ email: 'unknown@example.kz' }))
    expect(await stage.codeSentTo(email)).toBeUndefined()
    expect(await refusalOf(visitor(stage).signInWithCode({ email, code: '000000' }))).toBe('code: wrong_code')
  })

  it('of tomorrow get none either, for a session would outlast the night', async () => {
    const email = await stage.addStaff('tomorrow')
    await stage.moveRoles(email, Temporal.Now.plainDateISO('Asia/Almaty').add({ days: 1 }).toString())
    await visitor(stage).requestCode({ email })
    expect(await stage.codeSentTo(email)).toBeUndefined()
  })

  it('of yesterday sign in as every consumer does', async () => {
    const email = await stage.addStaff('yesterday')
    await stage.moveRoles(email, '2025-01-01', '2026-01-01')
    const me = visitor(stage)
    await me.signInWithCode({ email, code: await requested(email) })
    expect((await me.currentPerson()).kind).toBe('consumer')
  })
})
