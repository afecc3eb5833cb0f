import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalStatus, approvalSteps, withLawyers, type ApprovalStep, type Vote } from '../../regulation/approvals.ts'
import { taskSetters, type Route, type RouteProfile } from '../../regulation/route-profiles.ts'

const at = Temporal.Instant.from('2026-11-23T06:00:00Z')
const ask = { unitHead: 'unit_head@skes/billing', lawyers: 'lawyer@ske', executive: 'executive@skes', endorsement: 'serial' } as const
const vote = (step: ApprovalStep['kind'], verdict: Vote['verdict']): Vote => ({ step, verdict, by: 'somebody', at })

describe('endorsement (п. 7.1, 7.4–7.5)', () => {
  it('goes to the unit head, then to the lawyers where the law must be checked, then to the management', () => {
    expect(approvalSteps({ ...ask, authorHeadsUnit: false, lawyerNeeded: true }).map((s) => s.kind)).toEqual(['unit_head', 'lawyer', 'executive'])
    expect(approvalSteps({ ...ask, authorHeadsUnit: false, lawyerNeeded: false }).map((s) => s.kind)).toEqual(['unit_head', 'executive'])
  })

  it('does not ask a unit head to endorse what they wrote themselves', () => {
    expect(approvalSteps({ ...ask, authorHeadsUnit: true, lawyerNeeded: false }).map((s) => s.kind)).toEqual(['executive'])
  })

  it('is derived from the votes alone: approved only when every step approved, returned by one return, else pending at the first without a vote', () => {
    const steps = approvalSteps({ ...ask, authorHeadsUnit: false, lawyerNeeded: true })
    const votes = fc.array(fc.record({ step: fc.constantFrom(...steps.map((s) => s.kind)), verdict: fc.constantFrom('approve' as const, 'return' as const) }), { maxLength: 6 })
    fc.assert(fc.property(votes, (cast) => {
      const status = approvalStatus(steps, cast.map(({ step, verdict }) => vote(step, verdict)))
      const returned = cast.some((v) => v.verdict === 'return')
      const missing = steps.find((s) => !cast.some((v) => v.step === s.kind))
      expect(status.status).toBe(returned ? 'returned' : missing ? 'pending' : 'approved')
      if (status.status === 'pending') expect(status.open).toEqual([missing])
    }))
  })

  it('may be side by side, as the profile says: head and lawyer in any order, the management after both', () => {
    const steps = approvalSteps({ ...ask, authorHeadsUnit: false, lawyerNeeded: true, endorsement: 'parallel' })
    const order = fc.shuffledSubarray(['unit_head', 'lawyer'] as const, { minLength: 0 })
    fc.assert(fc.property(order, fc.option(fc.nat({ max: 1 })), (approved, returns) => {
      const votes = approved.map((step, i) => vote(step, i === returns ? 'return' : 'approve'))
      const status = approvalStatus(steps, votes)
      if (votes.some(({ verdict }) => verdict === 'return')) return void expect(status.status).toBe('returned')
      const left = (['unit_head', 'lawyer'] as const).filter((kind) => !approved.includes(kind))
      expect(status).toMatchObject({ status: 'pending', open: (left.length > 0 ? left : ['executive']).map((kind) => ({ kind })) })
      expect(approvalStatus(steps, [...votes, ...left.map((kind) => vote(kind, 'approve')), vote('executive', 'approve')]).status).toBe('approved')
    }))
  })

  it('takes the lawyers in when the unit head asks for them: after the head, before the management, and once', () => {
    for (const endorsement of ['serial', 'parallel'] as const) {
      const steps = withLawyers(approvalSteps({ ...ask, authorHeadsUnit: false, lawyerNeeded: false, endorsement }), 'lawyer@ske')
      const open = (...voted: ApprovalStep['kind'][]) => approvalStatus(steps, voted.map((kind) => vote(kind, 'approve')))
      expect(open()).toMatchObject({ open: [{ kind: 'unit_head' }] })
      expect(open('unit_head')).toMatchObject({ open: [{ kind: 'lawyer' }] })
      expect(open('unit_head', 'lawyer')).toMatchObject({ open: [{ kind: 'executive' }] })
      expect(withLawyers(steps, 'lawyer@ske')).toBe(steps)
    }
  })

  it('of any steps in any stages, under any votes, waits for those of the first stage that is not done, and for nobody else', () => {
    const kinds = ['unit_head', 'lawyer', 'executive'] as const
    fc.assert(fc.property(fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }), fc.array(fc.record({ step: fc.constantFrom(...kinds), verdict: fc.constantFrom('approve' as const, 'return' as const) }), { maxLength: 8 }), (stages, cast) => {
      const steps = kinds.map((kind, i) => ({ kind, holders: [], stage: stages[i]! }))
      const status = approvalStatus(steps, cast.map(({ step, verdict }) => vote(step, verdict)))
      const missing = steps.filter(({ kind }) => !cast.some(({ step }) => step === kind))
      if (cast.some(({ verdict }) => verdict === 'return')) return void expect(status.status).toBe('returned')
      if (missing.length === 0) return void expect(status.status).toBe('approved')
      expect(status).toEqual({ status: 'pending', open: missing.filter(({ stage }) => stage === Math.min(...missing.map((one) => one.stage))) })
    }))
  })
})

describe('who sets the task', () => {
  const profile = (setsTasks: Route['setsTasks']): RouteProfile => ({
    organization: 'skrec', lawyers: 'lawyer@ske', endorsement: 'serial', lawyerFor: [],
    routes: [{
      registers: 'registrar', setsTasks, controller: 'optional', letter: 'optional', copies: [], observers: [], informed: [],
      clauses: { register: '4.3', resolution: '4.5', task: '4.6' },
    }],
  })

  it('is the leading unit\'s head where the profile says so (п. 6.3)', () => {
    expect(taskSetters(profile({ role: 'unit_head', within: 'unit' }), 'review_book', 'skrec-consumers')).toEqual(['unit_head@skrec/skrec-consumers'])
  })

  it('is the registrar of the organization elsewhere (п. 4.6)', () => {
    expect(taskSetters(profile({ role: 'registrar', within: 'organization' }), 'paper_chancellery', 'skrec-consumers')).toEqual(['registrar@skrec'])
  })
})
