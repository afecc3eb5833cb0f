import { bookBatch, cancelBatch, listBatches, readBatch } from './batches.ts'
import { listPayments, resolvePayment, returnPayment } from './payments.ts'

export const payments = { listBatches, readBatch, bookBatch, cancelBatch, listPayments, resolvePayment, returnPayment }
