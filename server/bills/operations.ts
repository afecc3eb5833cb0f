import { cancelBillPrint, findBuildings, listBillPrints, printBills, readBillPrint, resumeBillPrint } from './bill-prints.ts'

export const bills = { listBillPrints, readBillPrint, findBuildings, printBills, cancelBillPrint, resumeBillPrint }
