import { PDFiumLibrary } from '@hyzyla/pdfium'

/** The words of every page of a PDF, each with single plain spaces. */
export async function pageTexts(pdf: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf)
  try {
    return Array.from({ length: document.getPageCount() }, (_, i) => document.getPage(i).getText().replace(/\s+/g, ' '))
  } finally {
    document.destroy()
    library.destroy()
  }
}
