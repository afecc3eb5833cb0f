import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appealStates, foldCase, foldFact, taskStatus, versionStatus, type AppealCase } from '../../regulation/appeal-case.ts'
import type { Action, Fact, FactData } from '../../regulation/appeal-facts.ts'
import { holder, holdersOf, person } from '../../regulation/holders.ts'
import { actionsFor, lifecycle, waitsFor, type Available } from '../../regulation/lifecycle.ts'
import { executiveOf } from '../../regulation/route-profiles.ts'

const start = Temporal.Instant.from('2026-11-23T06:00:00Z')
const head = holder('contact_centre_head', 'skes')
const billingHead = holder('unit_head', 'skes', 'billing')

/** Everybody of the demo group, each with the holders of their roles. */
const people = {
  head: holdersOf('head', [{ role: 'contact_centre_head', organization: 'skes' }]),
  director: holdersOf('director', [{ role: 'executive', organization: 'skes' }]),
  ptsDirector: holdersOf('ptsDirector', [{ role: 'executive', organization: 'pts' }]),
  billing: holdersOf('billing', [{ role: 'unit_head', organization: 'skes', unit: 'billing' }]),
  ptsUnit: holdersOf('ptsUnit', [{ role: 'unit_head', organization: 'pts', unit: 'pts-consumers' }]),
  executor: holdersOf('executor', [{ role: 'executor', organization: 'skes', unit: 'billing' }]),
  colleague: holdersOf('colleague', [{ role: 'executor', organization: 'skes', unit: 'billing' }]),
  specialist: holdersOf('specialist', [{ role: 'executor', organization: 'pts', unit: 'pts-consumers' }]),
  lawyer: holdersOf('lawyer', [{ role: 'lawyer', organization: 'ske' }]),
  quality: holdersOf('quality', [{ role: 'quality_lead', organization: 'skes' }]),
  applicant: new Set(['applicant']),
  system: new Set(['system']),
}
type Who = keyof typeof people

const born: Fact<'register'> = {
  seq: 1, at: start, as: 'applicant', action: 'register',
  data: {
    organization: 'skes', channel: 'site_feedback', kind: 'complaint', language: 'ru', answerWay: 'email', receivedAt: start.toString(),
    number: { organization: 'skes', journal: 'feedback', number: '2026-000001' }, handlers: [head], sheets: 2, readers: [holder('contact_centre_agent', 'skes')],
  },
}

/** A plausible thing to say for any action a person may take now. */
function say(appeal: AppealCase, available: Available, chance: number): FactData[Action] {
  const task = available.task ?? 0
  const version = appeal.tasks.find((t) => t.id === task)?.versions.length ?? 0
  const lead = appeal.tasks.find((t) => t.id === task)?.executors[0]
  const pending = appeal.tasks.find((t) => t.id === task)?.versions.at(-1)
  const status = pending && versionStatus(pending)
  const step = status?.status === 'pending' ? status.open[0]!.kind : 'unit_head'
  const inquiry = appeal.tasks.find((t) => t.id === task)?.kind === 'inquiry'
  const said: { [A in Action]: FactData[A] } = {
    register: born.data,
    send_for_resolution: { organization: appeal.organization, executive: executiveOf(appeal.organization) },
    return_for_triage: { reason: 'r' },
    redirect: Math.floor(chance / 7) % 2 ? { reason: 'r', to: { outside: 'akimat' } } : { reason: 'r', to: { organization: 'pts', executive: executiveOf('pts') } },
    join: { main: 7, mainNumber: '2026-000007' },
    dismiss: { reason: 'spam' },
    restore: {},
    withdraw: {},
    impose_resolution: { text: 't', executors: [{ unit: 'billing' }], dueOn: '2026-12-01', taskSetters: [head], informed: [holder('quality_lead', 'skrec')] },
    assign_task: {
      organization: 'skes', text: 't', executors: [{ unit: 'billing' }], dueOn: '2026-12-01',
      observers: [holder('quality_lead', 'skes')], executive: executiveOf('skes'),
    },
    send_inquiry: { organization: 'pts', unit: 'pts-consumers', specialist: 'specialist', question: 'q', dueOn: '2026-12-01', observers: [], executive: executiveOf('pts') },
    name_executor: { task, unit: 'billing', executor: 'executor' },
    delegate: { task, unit: lead?.unit ?? '', executor: lead?.unit === 'billing' ? 'colleague' : 'specialist', reason: 'r' },
    return_task: { task, reason: 'r' },
    contribute: { task, unit: 'billing', text: 't' },
    submit_version: {
      task, version: version + 1, digest: 'd',
      steps: [
        { kind: 'unit_head', holders: [inquiry ? holder('unit_head', 'pts', 'pts-consumers') : billingHead] },
        ...(Math.floor(chance / 7) % 2 ? [{ kind: 'lawyer' as const, holders: [holder('lawyer', 'ske')] }] : []),
        { kind: 'executive', holders: [executiveOf(inquiry ? 'pts' : 'skes')] },
      ],
    },
    endorse: { task, version, step },
    return_version: { task, version, step, comment: 'c' },
    accept_explanation: { task, asReply: Math.floor(chance / 7) % 2 === 0 },
    return_explanation: { task, comment: 'c' },
    return_reply: { comment: 'c' },
    request_extension: { task, reason: 'r', workingDays: 14 },
    refuse_extension: { reason: 'r' },
    extend_term: { reason: 'r', workingDays: 14, acknowledged: [] },
    issue_letter: {
      task: appeal.reply?.task ?? 0, version: 1, organization: appeal.organization, number: { organization: appeal.organization, journal: 'outgoing', number: `ИСХ-${chance}` },
      file: 'f', digest: 'd', signatory: 'director', executive: executiveOf(appeal.organization),
    },
    sign_letter: { signature: { way: 'development', digest: 'd' } },
    report_bounce: { reason: 'вернулось' },
    reopen: { reason: 'рано' },
    dispatch_reply: Math.floor(chance / 7) % 2
      ? { way: 'phone', closeAfter: true, evidence: { way: 'phone', calledAt: start.toString(), said: 's' } }
      : { way: 'email', closeAfter: false },
    confirm_dispatch: { evidence: { way: 'email', messageId: 'm', response: '250' } },
    fail_dispatch: { reason: '550' },
    close: {},
    rate: { score: 5 },
    add_note: { text: 'n' },
    annul: { reason: 'r' },
    acknowledge_receipt: { by: 'slip' },
    take_note: {},
    keep_original: { unit: 'chancellery', shelf: 's' },
    hand_over_original: { to: 'executor', unit: 'billing', purpose: 'p', returnOn: '2026-12-01' },
    accept_original: {},
    refuse_original: { reason: 'r' },
    file_original: { caseFile: 1, index: '01-05' },
    destroy_original: { act: '1', actId: 1 },
  }
  return said[available.action]
}

/** Walks a random but lawful way: at each step somebody who may act does something they may do. */
function walk(choices: readonly number[]): { history: Fact[]; steps: { before: AppealCase; fact: Fact; after: AppealCase }[] } {
  let appeal = foldCase([born])
  const history: Fact[] = [born]
  const steps = []
  for (const choice of choices) {
    const possible = (Object.keys(people) as Who[]).flatMap((who) => actionsFor(people[who], appeal).map((available) => ({ who, available })))
    if (possible.length === 0) break
    // Four times of five the appeal goes on by a step somebody is waited for: else few ways would come to an answer.
    const onward = possible.filter((p) => lifecycle[p.available.action].waits || p.who === 'system')
    const among = choice % 5 !== 0 && onward.length > 0 ? onward : possible
    const { who, available } = among[Math.floor(choice / 5) % among.length]!
    const isPerson = who !== 'applicant' && who !== 'system'
    const fact = {
      seq: appeal.lastSeq + 1, at: start.add({ minutes: appeal.lastSeq }), ...(isPerson && { by: who }), as: isPerson ? person(who) : who,
      action: available.action, data: say(appeal, available, choice),
    } as unknown as Fact
    const after = foldFact(appeal, fact)
    steps.push({ before: appeal, fact, after })
    history.push(fact)
    appeal = after
  }
  return { history, steps }
}

const ways = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 40 })

describe('the lifecycle', () => {
  it('leads every lawful way only to the states its table names', () => {
    fc.assert(fc.property(ways, (choices) => {
      for (const { before, fact, after } of walk(choices).steps) {
        const row = lifecycle[fact.action]
        expect(row.from).toContain(before.state)
        const stays = after.state === before.state && !['register'].includes(fact.action)
        expect(stays || row.to.includes(after.state), `${before.state} —${fact.action}→ ${after.state}`).toBe(true)
      }
    }), { numRuns: 400 })
  })

  it('always waits for somebody until the answer is closed or the way has ended', () => {
    const ended = new Set(['closed', 'redirected', 'joined', 'dismissed', 'withdrawn', 'annulled'])
    fc.assert(fc.property(ways, (choices) => {
      const { history } = walk(choices)
      const appeal = foldCase(history)
      const sending = appeal.dispatch?.status === 'sending'
      const closing = appeal.dispatch?.status === 'delivered' && appeal.dispatch.closeAfter
      // The paper, and a reader, may still be waited for; the answer is not.
      const onward = waitsFor(appeal).filter(({ queue }) => !['original', 'information'].includes(queue))
      if (ended.has(appeal.state)) expect(onward).toEqual([])
      else if (!sending && !closing) expect(onward, `${appeal.state} waits for nobody`).not.toEqual([])
    }), { numRuns: 400 })
  })

  it('lets whoever is waited for do what is waited for, and read the appeal', () => {
    fc.assert(fc.property(ways, (choices) => {
      const appeal = foldCase(walk(choices).history)
      for (const waiting of waitsFor(appeal)) {
        expect(appeal.readers.has(waiting.holder), `${waiting.holder} cannot read`).toBe(true)
        const actions = actionsFor(new Set([waiting.holder]), appeal).map((a) => lifecycle[a.action].waits)
        expect(actions).toContain(waiting.queue)
      }
    }), { numRuns: 400 })
  })

  it('folds a history step by step to the same case as all at once', () => {
    fc.assert(fc.property(ways, (choices) => {
      const { history, steps } = walk(choices)
      expect(foldCase(history)).toEqual(steps.at(-1)?.after ?? foldCase([born]))
    }), { numRuns: 200 })
  })

  it('keeps every reader it ever named', () => {
    fc.assert(fc.property(ways, (choices) => {
      for (const { before, after } of walk(choices).steps) {
        for (const reader of before.readers) expect(after.readers.has(reader)).toBe(true)
      }
    }), { numRuns: 200 })
  })

  it('answers only with a version that every step endorsed', () => {
    fc.assert(fc.property(ways, (choices) => {
      const appeal = foldCase(walk(choices).history)
      if (!['reply_approved', 'dispatched', 'closed'].includes(appeal.state)) return
      const task = appeal.tasks.find((t) => t.id === appeal.reply!.task)!
      const version = task.versions.find((v) => v.number === appeal.reply!.version)!
      expect(versionStatus(version).status).toBe('approved')
      expect(['done']).toContain(taskStatus(task))
    }), { numRuns: 400 })
  })

  it('gives observers nothing to do', () => {
    fc.assert(fc.property(ways, (choices) => {
      for (const { after } of walk(choices).steps) expect(actionsFor(people.quality, after)).toEqual([])
    }), { numRuns: 200 })
  })

  it('names a way out of every state that is not an end', () => {
    const ends = new Set(['redirected', 'withdrawn'])
    for (const state of appealStates) {
      const out = Object.values(lifecycle).some((step) => step.from.includes(state))
      expect(out || ends.has(state), state).toBe(true)
    }
  })
})

describe('the random ways of these tests', () => {
  it('reach every state, so that what they promise is really tried', () => {
    const reached = new Set<string>()
    for (const choices of fc.sample(ways, { numRuns: 3_000, seed: 11 })) for (const { after } of walk(choices).steps) reached.add(after.state)
    expect([...reached, 'registered'].sort()).toEqual(expect.arrayContaining([...appealStates].sort()))
  })
})
