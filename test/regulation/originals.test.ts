import { describe, expect, it } from 'vitest'
import { foldCase } from '../../regulation/appeal-case.ts'
import type { Fact } from '../../regulation/appeal-facts.ts'
import { actionsFor } from '../../regulation/lifecycle.ts'
import { keptUntil } from '../../regulation/originals.ts'

const at = Temporal.Instant.from('2026-11-23T06:00:00Z')
const registered = {
  seq: 1, at, by: 'clerk', as: 'registrar@skes', action: 'register',
  data: {
    organization: 'skes', channel: 'paper_chancellery', kind: 'complaint', language: 'ru', answerWay: 'post', receivedAt: at.toString(), sheets: 2,
    number: { organization: 'skes', journal: 'incoming', number: 'ВХ-СЭС-00001' }, handlers: ['registrar@skes'], readers: [],
  },
} as const satisfies Fact<'register'>
const then = (...facts: readonly { by: string; action: string; data: unknown }[]) =>
  foldCase([registered, ...facts.map((fact, i) => ({ seq: i + 2, at: at.add({ hours: i + 1 }), as: `person:${fact.by}`, ...fact }) as unknown as Fact)])
const may = (who: string, appeal: ReturnType<typeof then>) => actionsFor(new Set([`person:${who}`]), appeal).map(({ action }) => action).filter((action) => action.endsWith('_original'))

const kept = { by: 'clerk', action: 'keep_original', data: { unit: 'skes-chancellery', shelf: 'А-3' } }
const offered = { by: 'clerk', action: 'hand_over_original', data: { to: 'executor', unit: 'skes-billing', purpose: 'к ответу', returnOn: '2026-12-01' } }
const accepted = { by: 'executor', action: 'accept_original', data: {} }

describe('the paper itself (п. 4.7–4.8)', () => {
  it('is with whoever registered it, until it lies in the chancellery', () => {
    expect(then().original).toMatchObject({ sheets: 2, person: 'clerk' })
    expect(then(kept).original).toMatchObject({ unit: 'skes-chancellery', shelf: 'А-3', person: undefined })
  })

  it('is still the giver\'s while nobody has signed for it, and only whom it was given may sign', () => {
    expect(then(kept, offered).original).toMatchObject({ unit: 'skes-chancellery', offered: { to: 'executor' } })
    expect(may('executor', then(kept, offered))).toEqual(['accept_original', 'refuse_original'])
    expect(may('somebody', then(kept, offered))).toEqual([])
  })

  it('is the executor\'s once they signed, with the day of its return', () => {
    const { original } = then(kept, offered, accepted)
    expect(original).toMatchObject({ person: 'executor', unit: 'skes-billing', offered: undefined })
    expect(original?.returnOn?.toString()).toBe('2026-12-01')
  })

  it('goes back to where it was when it was not taken', () => {
    expect(then(kept, offered, { by: 'executor', action: 'refuse_original', data: { reason: 'не мне' } }).original).toMatchObject({ unit: 'skes-chancellery', offered: undefined })
  })
})

describe('a paper in its case file (п. 7.8)', () => {
  it('is kept to the end of the last year of its term, and moves no more once it was destroyed', () => {
    expect(keptUntil(Temporal.PlainDate.from('2026-03-05'), 5).toString()).toBe('2031-12-31')
    const gone = then(kept, { by: 'clerk', action: 'file_original', data: { caseFile: 1, index: '01-05' } }, { by: 'clerk', action: 'destroy_original', data: { act: '7', actId: 7 } })
    expect(gone.original).toMatchObject({ caseFile: { index: '01-05' }, destroyedBy: '7' })
    expect(actionsFor(new Set(['registrar@skes']), gone).map(({ action }) => action).filter((action) => action.endsWith('_original'))).toEqual([])
  })
})
