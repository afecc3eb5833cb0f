import { replyWords } from '../../i18n/reply.ts'
import { ScanViewer } from '../scan/scan-viewer.tsx'
import { useSpeech } from '../session.tsx'

/** The letter as it would look now: the pages of the PDF itself, on any screen (п. 7.6). */
export function LetterPreview({ appealId, task, revision = 0 }: { readonly appealId: number; readonly task: number; readonly revision?: number }) {
  const { language } = useSpeech()
  const src = `/api/v1/appeals/${appealId}/tasks/${task}/letter-preview.pdf`
  return <ScanViewer key={revision} files={[{ id: `preview ${revision}`, name: replyWords[language].preview, mediaType: 'application/pdf', src, version: String(revision) }]} />
}
