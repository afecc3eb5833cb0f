import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, startApp, type RunningApp } from '../support/app.ts'

let app: RunningApp
beforeAll(async () => { app = await startApp() })
afterAll(() => app?.stop())

const ask = (params: Record<string, string>, headers: Record<string, string> = {}) =>
  new Client(app).get(`/terms?${new URLSearchParams({ organization: 'skes', channel: 'site_feedback', kind: 'complaint', ...params })}`, headers)
type Clock = { policy: string; dueOn: string; originalDueOn: string; binding: boolean; source: string; steps: { kind: string; date: string; count?: number; reason?: unknown }[] }
const clockOf = (clocks: Clock[], policy: string) => clocks.find((clock) => clock.policy === policy)!

describe('GET /terms (п. 11.6.16)', () => {
  it.each([
    ['2026-03-06', '2026-03-26', '2026-04-01', '2026-04-02'],
    ['2026-04-30', '2026-05-19', '2026-05-25', '2026-05-26'],
    ['2026-12-14', '2026-12-29', '2027-01-06', '2027-01-08'],
    ['2026-11-23', '2026-12-07', '2026-12-11', '2026-12-14'],
  ])('what is registered on %s is answered by %s, when extended by %s, and by the law by %s', async (at, dueOn, extended, general) => {
    const { status, body } = await ask({ at, extendedTo: '14' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ dueOn, binding: 'regulation-feedback', extendable: 14, extended: { dueOn: extended } })
    expect(clockOf(body.clocks, 'law-general').dueOn).toBe(general)
    expect(clockOf(body.extended.clocks, 'regulation-feedback').originalDueOn).toBe(dueOn)
  })

  it.each([['2026-11-23', '2026-12-03', '2026-12-07'], ['2026-04-30', '2026-05-12', '2026-05-19']])(
    'a claim of %s is bound by the law\'s ten calendar days, to %s, not by the regulation\'s %s', async (at, law, regulation) => {
      const { body } = await ask({ kind: 'claim', at })
      expect(body).toMatchObject({ binding: 'law-claim', dueOn: law })
      expect(clockOf(body.clocks, 'regulation-feedback').dueOn).toBe(regulation)
      expect(body.clocks.filter((clock: Clock) => clock.binding).map((clock: Clock) => clock.policy)).toEqual(['law-claim'])
      expect(body.extended.dueOn).toBe(law)
    })

  it('explains each date day by day: where it starts, which days are off and why, where it ends', async () => {
    const { body } = await ask({ at: '2026-03-06' })
    const { steps } = clockOf(body.clocks, 'regulation-feedback')
    expect([steps[0]!.kind, steps[0]!.date, steps.at(-1)!.kind, steps.at(-1)!.date]).toEqual(['start', '2026-03-06', 'due', '2026-03-26'])
    const counted = steps.filter((step) => step.kind === 'counted')
    expect(counted.at(-1)!.count).toBe(10)
    expect(steps.filter((step) => step.kind === 'day_off').every((step) => step.reason)).toBe(true)
    expect(steps.filter((step) => step.kind === 'day_off').map((step) => step.date)).toEqual(expect.arrayContaining(['2026-03-08', '2026-03-23']))
  })

  it('counts the law from receipt and the regulation from registration, in the days of North Kazakhstan', async () => {
    const { body } = await ask({ kind: 'claim', at: '2026-11-20T19:00', registeredAt: '2026-11-23T09:00' })
    expect(clockOf(body.clocks, 'law-claim').dueOn).toBe('2026-11-30')
    expect(clockOf(body.clocks, 'regulation-feedback').dueOn).toBe('2026-12-07')
    const lateUtc = await ask({ at: '2026-11-22T19:30:00Z' })
    expect(lateUtc.body.dueOn, 'it is already the 23rd there').toBe('2026-12-07')
  })

  it('is what the applicant is told at registration', async () => {
    const now = await ask({})
    expect(now.body.dueOn > new Date().toISOString().slice(0, 10)).toBe(true)
    expect(now.body.receivedAt).toBe(now.body.registeredAt)
  })

  it('answers an extension that is asked beyond fourteen days, or shorter than the term, with why not', async () => {
    expect((await ask({ at: '2026-03-06', extendedTo: '15' })).body.errors).toMatchObject([{ field: 'extendedTo', code: 'extension_beyond_limit' }])
    expect((await ask({ at: '2026-03-06', extendedTo: '9' })).body.errors).toMatchObject([{ field: 'extendedTo', code: 'extension_shortens' }])
    expect((await ask({ channel: 'paper_chancellery', organization: 'skrec', at: '2026-03-06', extendedTo: '14' })).status).toBe(422)
    expect((await ask({ channel: 'paper_chancellery', organization: 'skrec', at: '2026-03-06' })).body.extended).toBeUndefined()
  })

  it.each([
    [{ organization: 'nobody' }, 'organization', 'organization_unknown'], [{ kind: 'ticket' }, 'kind', 'field_invalid'], [{ channel: 'pigeon' }, 'channel', 'field_invalid'],
    [{ at: 'soon' }, 'at', 'field_invalid'], [{ at: '2026-02-30' }, 'at', 'field_invalid'], [{ at: '2026-03-06', registeredAt: '2026-03-05' }, 'registeredAt', 'field_invalid'],
    [{ extendedTo: '0' }, 'extendedTo', 'field_invalid'], [{ extendedTo: 'x' }, 'extendedTo', 'field_invalid'], [{ extendedTo: '61' }, 'extendedTo', 'field_too_long'],
  ] as const)('%j is refused at %s', async (params, field, code) => {
    const { status, body } = await ask(params)
    expect(status).toBe(422)
    expect(body.errors).toMatchObject([{ field, code }])
  })

  it.each(['-271821-04-20', '+275760-09-13', '9999-12-31', '0001-01-01', '1990-01-01'])('a day as far as %s is answered or refused, never a fault', async (at) => {
    const { status } = await ask({ at })
    expect([200, 422]).toContain(status)
  })
})
