import type { AppealTables } from './appeals/schema.ts'
import type { DispatchTables } from './dispatch/schema.ts'
import type { LedgerTables } from './ledger/schema.ts'
import type { OriginalTables } from './originals/schema.ts'
import type { OutageTables } from './outages/schema.ts'
import type { PeopleTables } from './people/schema.ts'
import type { PlatformTables } from './platform/schema.ts'
import type { ReplyTables } from './replies/schema.ts'
import type { ReviewBookTables } from './review-books/schema.ts'

/** Every table, by the room that owns it. */
export type DB = AppealTables & DispatchTables & LedgerTables & OriginalTables & OutageTables & PeopleTables & PlatformTables & ReplyTables & ReviewBookTables
