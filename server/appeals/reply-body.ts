import { z } from 'zod'

/** The text of a reply: plain, or the JSON of the editor's document, which takes more signs for the same words. */
export const replyBody = z.string().max(80_000, 'field_too_long')
  .refine((text) => text.length <= 20_000 || text.startsWith('{"type":"doc"'), 'field_too_long')
  .describe('Plain text, or the JSON of the editor\'s document: paragraphs, headings, lists, tables')
