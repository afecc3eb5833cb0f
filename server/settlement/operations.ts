import { cancelRun, decideExceptions, listExceptions, listRuns, postRun, readRun, startRun } from './settle-month.ts'

export const settlement = { listRuns, readRun, startRun, listExceptions, decideExceptions, postRun, cancelRun }
