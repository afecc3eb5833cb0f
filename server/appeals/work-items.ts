import type { AppealCase } from '../../regulation/appeal-case.ts'
import { waitsFor } from '../../regulation/lifecycle.ts'
import type { AppealId } from '../../regulation/vocabulary.ts'

/** A row of `work_items`, dates as text so that a batch of them travels as JSON. */
export type ItemRow = {
  readonly holder: string
  readonly queue: string
  readonly appeal_id: AppealId
  readonly task: number
  readonly due_on: string
}

/** Whom the case waits for, each at most once a queue and task. A step with no date of its own is due with the answer. */
export function itemRows(appeal: AppealCase, id: AppealId, due: Temporal.PlainDate): ItemRow[] {
  const rows = waitsFor(appeal).map((waiting) => ({
    holder: waiting.holder, queue: waiting.queue, appeal_id: id, task: waiting.task ?? 0,
    due_on: (waiting.dueOn ?? due).toString(),
  }))
  return rows.filter((row, i) => rows.findIndex((other) => sameStep(other, row)) === i)
}

/** The same step waiting for the same holder, whatever its date. */
export const sameStep = (a: ItemRow, b: ItemRow): boolean => a.holder === b.holder && a.queue === b.queue && a.task === b.task
