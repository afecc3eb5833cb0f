import { askForLink, endAccess, linkAccount, listAccess, myLinkRequests, shareAccount } from './link-account.ts'
import { listMessages, recomputeLine, writeMessage } from './messages.ts'
import { myAccounts, readAccount, unlinkAccount } from './my-accounts.ts'
import { listBills, listPayments, readBill, readCard, readConsumption } from './read-bills.ts'
import { estimateReading, listReadings, sendReading } from './send-reading.ts'

export const cabinet = {
  myAccounts, readAccount, linkAccount, askForLink, myLinkRequests, unlinkAccount, listAccess, shareAccount, endAccess,
  estimateReading, sendReading, listReadings, listBills, readBill, readCard, listPayments, readConsumption, recomputeLine, writeMessage, listMessages,
}
