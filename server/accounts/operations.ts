import { endAccountAccess, listLinkRequests, readAccountSecret, renewAccountSecret, settleLinkRequest } from './access.ts'
import { changePlan, changeSeals, changeTerms, replaceMeter, verifyMeter } from './change-account.ts'
import { correctAccount, previewRecalculation, recalculateCharge } from './correct-account.ts'
import { officeWork, readAccount, searchAccountsVerb } from './find-accounts.ts'
import { listReadingImports, readReadingImport } from './import-readings.ts'
import { enterReading, listWaitingReadings, settleReading } from './readings.ts'

/** What the office does with consumers' accounts, п. 11.3.1. */
export const accounts = {
  searchAccounts: searchAccountsVerb, readAccount, officeWork,
  changeTerms, changePlan, replaceMeter, verifyMeter, changeSeals,
  enterReading, listWaitingReadings, settleReading, listReadingImports, readReadingImport,
  listLinkRequests, settleLinkRequest, endAccountAccess, readAccountSecret, renewAccountSecret,
  correctAccount, previewRecalculation, recalculateCharge,
}
