import { remindConsumers } from './accounts/remind.ts'
import { printParts, purgeBillPrints } from './bills/bill-prints.ts'
import { applyRows, checkImport, purgeExchangeRows } from './exchange/imports.ts'
import type { Services } from './operation.ts'
import { bookLines } from './payments/batches.ts'
import { now } from './platform/clock.ts'
import { purgeSessions } from './people/sessions.ts'
import { purgeUnattachedFiles } from './intake/receive-upload.ts'
import { recoverMessages, sendMessage } from './platform/outbox.ts'
import { countSettlement } from './settlement/count-settlement.ts'
import { removeSettlementDraft } from './settlement/settle-month.ts'
import { react, settleMessage } from './reactions.ts'

/** Every job by name: what follows from facts, and what the clock drives. Each is safe to run twice. */
export const jobs = (services: Services): Record<string, (payload: never) => Promise<unknown>> => ({
  react: (payload: { appeal: number; seq: number }) => react(services, payload),
  send_message: (payload: { id: number }) => sendMessage(services, payload.id),
  message_settled: (payload: { id: number }) => settleMessage(services, payload),
  book_batch: (payload: { batch: number }) => bookLines({ db: services.db, now: now() }, payload),
  count_settlement: (payload: { run: number }) => countSettlement(services, payload),
  remove_settlement_draft: (payload: { run: number }) => removeSettlementDraft(services, payload),
  check_import: (payload: { import: number }) => checkImport(services, payload),
  apply_import: (payload: { import: number }) => applyRows(services, payload),
  purge_exchange_rows: () => purgeExchangeRows(services),
  remind_consumers: () => remindConsumers(services),
  print_bills: (payload: { print: number }) => printParts(services, payload),
  purge_bill_prints: () => purgeBillPrints(services),
  recover_messages: () => recoverMessages(services),
  purge_sessions: () => purgeSessions(services),
  purge_unattached_files: () => purgeUnattachedFiles(services),
})

/** When the clock drives them, in UTC. */
export const crontab = `
* * * * * recover_messages
7 * * * * purge_sessions
17 * * * * purge_unattached_files
27 20 * * * purge_bill_prints
37 20 * * * purge_exchange_rows
0 4 * * * remind_consumers ?fill=8h
`
