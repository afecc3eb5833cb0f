import { closeBook, listBooks, openBook } from './books.ts'
import { readBook, recordBookEntry, sendBookEntry, writeBack } from './entries.ts'

/** Review books, п. 5.1 and 6.1. */
export const reviewBooks = { listBooks, openBook, closeBook, readBook, recordBookEntry, sendBookEntry, writeBack }
