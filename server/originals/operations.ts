import { closeCaseFile, fileOriginals, listCaseFiles, openCaseFile, readCaseFile, reopenCaseFile } from './case-files.ts'
import { approveAct, cancelAct, carryOutAct, drawAct, listActs, readAct } from './destruction-acts.ts'
import { acceptOriginals, handOverOriginals, placeOriginals } from './move-original.ts'
import { findOriginal, listOriginals } from './read-originals.ts'
import { closeStockTake, listStockTakes, readStockTake, scanOriginal, startStockTake, unscanOriginal } from './stock-takes.ts'

/** The papers themselves, п. 4.7–4.8 and 7.8. */
export const originals = {
  listOriginals, findOriginal, placeOriginals, handOverOriginals, acceptOriginals, fileOriginals,
  listStockTakes, startStockTake, readStockTake, scanOriginal, unscanOriginal, closeStockTake,
  listCaseFiles, openCaseFile, readCaseFile, closeCaseFile, reopenCaseFile,
  listActs, readAct, drawAct, approveAct, cancelAct, carryOutAct,
}
