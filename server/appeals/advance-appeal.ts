import { sql } from 'kysely'
import type { Action, Fact, FactData, GivenNumber } from '../../regulation/appeal-facts.ts'
import { foldFact, type AppealCase } from '../../regulation/appeal-case.ts'
import { applicant, meets, system, type Holder } from '../../regulation/holders.ts'
import { actionsFor, clauseOf, lifecycle } from '../../regulation/lifecycle.ts'
import { Refusal } from '../../regulation/refusals.ts'
import type { AppealId, OrganizationId, PersonId } from '../../regulation/vocabulary.ts'
import type { Ctx } from '../operation.ts'
import { addJobs } from '../platform/jobs.ts'
import { dateOf } from '../platform/clock.ts'
import { bindingTerm } from './appeal-terms.ts'
import { eventHash } from './chain.ts'
import { loadCase } from './load-case.ts'
import { annulEntries, giveNumber } from './journal.ts'
import { announce } from './live.ts'
import { storeOriginal } from './original-index.ts'
import { itemRows, sameStep } from './work-items.ts'

/** Who takes the step: a signed-in member of staff, the applicant by the tracking secret, or the system itself. */
export type Stepper = { readonly person?: PersonId; readonly holders: ReadonlySet<Holder> }
export const asApplicant: Stepper = { holders: new Set([applicant]) }
export const asSystem: Stepper = { holders: new Set([system]) }

export type AdvanceContext = Pick<Ctx, 'tx' | 'group' | 'now'>

export type Advance<A extends Action> = {
  readonly appeal: AppealId
  readonly action: A
  readonly by: Stepper
  /** The task, for a step on one. */
  readonly task?: number | undefined
  /** The last event its author had seen; anything newer than a step aside (a note, a hand-over) refuses the step. */
  readonly seen?: number | undefined
  /** Says what happened, once the step is allowed: may refuse, may give numbers. */
  readonly decide: (appeal: AppealCase, tools: Tools) => FactData[A] | Promise<FactData[A]>
}

/** What a decision may write besides its fact; all of it in the same transaction. */
export type Tools = {
  /** The next number in an organization's journal of incoming papers, unless the appeal has one there. */
  readonly incomingNumber: (organization: OrganizationId) => Promise<GivenNumber | undefined>
  /** The next number in an organization's journal of outgoing papers, п. 7.6. */
  readonly outgoingNumber: (organization: OrganizationId) => Promise<GivenNumber>
  /** Marks one number that the appeal was given as annulled. */
  readonly annulNumber: (given: GivenNumber, reason: string) => Promise<void>
  /** Marks every number the appeal has as annulled, with the reason. */
  readonly annulNumbers: (reason: string) => Promise<void>
  /** Keeps a text beside the log and gives its digest. */
  readonly keepText: (text: string) => Promise<string>
}

/**
 * The only way an appeal changes after its birth: locks it, asks the lifecycle, writes the fact and the indexes
 * folded from it, and leaves word for the reactions, in the caller's transaction.
 */
export async function advanceAppeal<A extends Action>(ctx: AdvanceContext, step: Advance<A>): Promise<AppealCase> {
  const { row, history, appeal: before } = await loadCase(ctx.tx, step.appeal, { lock: true })
  const as = allow(before, history, step)

  const data = await step.decide(before, tools(ctx, step, before))
  const seq = before.lastSeq + 1
  const fact = { seq, at: ctx.now, by: step.by.person, as, action: step.action, data } as unknown as Fact
  const after = foldFact(before, fact)

  await write(ctx, step.appeal, fact, before, after, row.last_hash)
  return after
}

/** Refuses what the lifecycle does not allow this person now; gives the holder they act as. */
function allow<A extends Action>(appeal: AppealCase, history: readonly Fact[], step: Advance<A>): Holder {
  const { by, action, task } = step
  const outsider = by.person !== undefined && !meets(by.holders, [...appeal.readers])
  if (outsider) throw new Refusal('appeal_not_found')

  const rule = lifecycle[action]
  const newer = history.filter((fact) => step.seen !== undefined && fact.seq > step.seen && !lifecycle[fact.action].aside)
  const clause = clauseOf(action, appeal)
  if (newer.length > 0 && !rule.aside) throw new Refusal('changed_meanwhile', { clause })

  const mine = actionsFor(by.holders, appeal).some((a) => a.action === action && a.task === task)
  if (!mine) {
    const anyone = new Set([...appeal.readers, applicant, system])
    const possible = actionsFor(anyone, appeal).some((a) => a.action === action && a.task === task)
    const late = action.endsWith('_original') ? 'paper_moved' : 'out_of_turn'
    throw new Refusal(possible ? 'not_your_step' : late, { details: { state: appeal.state }, clause })
  }
  const holders = rule.on === 'appeal' ? rule.by(appeal) : rule.by(appeal, appeal.tasks.find((t) => t.id === task)!)
  return holders.find((h) => by.holders.has(h))!
}

function tools(ctx: AdvanceContext, step: Advance<Action>, appeal: AppealCase): Tools {
  return {
    incomingNumber: async (id) => {
      const known = appeal.numbers.some((n) => n.organization === id && n.journal === 'incoming')
      const organization = ctx.group.organizations.get(id)
      if (known || !organization) return undefined
      return giveNumber(
        ctx.tx,
        { organization: id, journal: 'incoming', format: organization.numbers.incoming, unit: organization.code },
        { appeal: step.appeal, at: ctx.now, registrar: step.by.person ?? null },
      )
    },
    outgoingNumber: (id) => {
      const organization = ctx.group.organizations.get(id)!
      return giveNumber(
        ctx.tx, { organization: id, journal: 'outgoing', format: organization.numbers.outgoing, unit: organization.code },
        { appeal: step.appeal, at: ctx.now, registrar: step.by.person ?? null },
      )
    },
    annulNumber: (given, reason) => annulEntries(ctx.tx, step.appeal, { reason, by: step.by.person!, at: ctx.now }, given),
    annulNumbers: (reason) => annulEntries(ctx.tx, step.appeal, { reason, by: step.by.person!, at: ctx.now }),
    keepText: async (text) => {
      const { rows } = await sql<{ digest: string }>`
        insert into appeal_texts (appeal_id, digest, body)
        values (${step.appeal}, encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), ${text})
        on conflict (appeal_id, digest) do update set body = excluded.body
        returning digest`.execute(ctx.tx)
      return rows[0]!.digest
    },
  }
}

async function write(
  ctx: AdvanceContext, id: AppealId, fact: Fact, before: AppealCase, after: AppealCase, previous: Buffer,
): Promise<void> {
  const hash = eventHash(previous, {
    appeal: id, seq: fact.seq, at: fact.at.toString(), by: fact.by ?? null, as: fact.as, action: fact.action, data: fact.data,
  })
  const term = bindingTerm(ctx.group, after)
  const answeredOn = after.dispatch?.status === 'delivered' ? dateOf(after.dispatch.at) : null
  const wasDue = bindingTerm(ctx.group, before).dueOn
  const old = itemRows(before, id, wasDue)
  const now = itemRows(after, id, term.dueOn)
  const gone = old.filter((o) => !now.some((n) => sameStep(o, n)))
  const come = now.filter((n) => !old.some((o) => sameStep(o, n) && o.due_on === n.due_on))
  const newReaders = [...after.readers].filter((reader) => !before.readers.has(reader))

  await sql`
    with event as (
      insert into appeal_events (appeal_id, seq, at, by_person, as_holder, action, data, prev_hash, hash)
      values (${id}, ${fact.seq}, ${fact.at}, ${fact.by ?? null}, ${fact.as}, ${fact.action},
        ${JSON.stringify(fact.data)}::jsonb, ${previous}, ${hash})
    ), gone as (
      delete from work_items w using jsonb_to_recordset(${JSON.stringify(gone)}::jsonb)
        as g(holder text, queue text, task int)
      where w.appeal_id = ${id} and w.holder = g.holder and w.queue = g.queue and w.task = g.task
    ), come as (
      insert into work_items (holder, queue, appeal_id, task, due_on, since)
      select c.holder, c.queue, ${id}, c.task, c.due_on, ${fact.at}
      from jsonb_to_recordset(${JSON.stringify(come)}::jsonb) as c(holder text, queue text, task int, due_on date)
      on conflict (appeal_id, queue, task, holder) do update set due_on = excluded.due_on
    ), readers as (
      insert into appeal_readers (holder, appeal_id)
      select holder, ${id} from unnest(${newReaders}::text[]) as holder
      on conflict do nothing
    )
    update appeals set state = ${after.state}, organization_id = ${after.organization}, due_on = ${term.dueOn},
      answered_on = ${answeredOn}, joined_to = ${after.joinedTo?.main ?? null}, last_seq = ${fact.seq}, last_hash = ${hash}
    where id = ${id}`.execute(ctx.tx)

  if (after.original && after.original !== before.original) await storeOriginal(ctx, id, after.original)
  await addJobs(ctx.tx, [{ name: 'react', payload: { appeal: id, seq: fact.seq } }])
  await announce(ctx.tx, { appeals: [id], holders: [...after.readers] })
}
